import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useEffect, useRef } from 'react';
import type { Problem } from './problem.ts';

interface ProblemAlertProps {
  readonly problem: Problem | undefined;
  readonly onRetry?: (() => unknown) | undefined;
  /** Fields whose errors stand next to them. */
  readonly shown?: readonly string[];
}

const HEADERS: Readonly<Record<number, string>> = {
  0: 'No answer',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  422: 'Not valid',
  429: 'Too many requests',
  503: 'Unavailable',
};

/** What went wrong, with the request id by which the deployment's logs know it. */
export function ProblemAlert({ problem, onRetry, shown = [] }: ProblemAlertProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) box.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (!problem) return null;
  const rest = problem.fields.filter(({ field }) => !shown.includes(field.split('.')[0] ?? ''));
  return (
    <div ref={box} role="alert">
      <Alert
        type="error"
        header={HEADERS[problem.status] ?? (problem.status >= 500 ? 'Server error' : 'The API refused this')}
        {...(onRetry && { action: <Button onClick={() => void onRetry()}>Try again</Button> })}
      >
        {problem.message}
        {problem.retryAfter !== undefined && ` Try again in ${problem.retryAfter} s.`}
        {rest.map(({ field, message }) => (
          <div key={field + message}>{field === '' ? message : `${field}: ${message}`}</div>
        ))}
        {problem.requestId !== undefined && (
          <Box variant="small" color="inherit" display="block">
            Request id: <code>{problem.requestId}</code>
          </Box>
        )}
      </Alert>
    </div>
  );
}

/** The message for one field of a form. */
export const errorOf = (problem: Problem | undefined, field: string): string =>
  problem?.fields
    .filter((error) => error.field === field || error.field.startsWith(`${field}.`))
    .map(({ message }) => message)
    .join('. ') ?? '';
