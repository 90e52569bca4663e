import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import type { Problem } from './problem.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface LoadingProps {
  readonly problem?: Problem | undefined;
  readonly onRetry?: () => unknown;
}

/** What stands where something is being loaded, or could not be. */
export function Loading({ problem, onRetry }: LoadingProps) {
  if (problem) return <ProblemAlert problem={problem} onRetry={onRetry} />;
  return (
    <Box textAlign="center" padding="xxl" color="text-body-secondary">
      <span role="status">
        <Spinner /> Loading
      </span>
    </Box>
  );
}
