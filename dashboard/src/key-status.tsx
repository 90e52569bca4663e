import Badge from '@cloudscape-design/components/badge';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Key } from './types.ts';

export const SPENT_WARNING = 0.8;

export type KeyState = 'active' | 'replaced' | 'expired' | 'revoked';

export function stateOf({ isActive, revokedAt, replacedBy }: Key): KeyState {
  if (isActive) return replacedBy === undefined ? 'active' : 'replaced';
  return revokedAt !== undefined ? 'revoked' : 'expired';
}

export function KeyStatus({ of }: { readonly of: Key }) {
  switch (stateOf(of)) {
    case 'active':
      return <StatusIndicator type="success">Active</StatusIndicator>;
    case 'replaced':
      return <StatusIndicator type="warning">Active, replaced</StatusIndicator>;
    case 'expired':
      return <StatusIndicator type="stopped">Expired</StatusIndicator>;
    case 'revoked':
      return <StatusIndicator type="error">Revoked</StatusIndicator>;
  }
}

export const ModeBadge = ({ mode }: { readonly mode: 'live' | 'test' }) => (
  <Badge color={mode === 'live' ? 'green' : 'grey'}>{mode}</Badge>
);

export const share = (spent: number, limit: number): number => Math.min(100, Math.round((spent / limit) * 100));

/** `12 of 600` */
export function Spent({ spent, limit }: { readonly spent: number; readonly limit: number }) {
  const text = `${spent.toLocaleString()} of ${limit.toLocaleString()}`;
  if (spent >= limit) return <StatusIndicator type="error">{text}</StatusIndicator>;
  if (spent >= limit * SPENT_WARNING) return <StatusIndicator type="warning">{text}</StatusIndicator>;
  return text;
}
