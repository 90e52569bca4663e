import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import type { Problem } from './problem.ts';

interface FullPageProps {
  readonly problem?: Problem | undefined;
  readonly onRetry?: () => unknown;
  readonly children?: ReactNode;
}

/** What stands alone on the page: before anybody is known, and where nothing can be shown. */
export function FullPage({ children, ...loading }: FullPageProps) {
  return <main className="latchkey-full-page">{children ?? <Loading {...loading} />}</main>;
}
