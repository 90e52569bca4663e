import { useCallback, useState } from 'react';
import { type Problem, problemOf } from './problem.ts';

export interface Action<A extends readonly unknown[]> {
  readonly run: (...input: A) => Promise<void>;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly forgetProblem: () => void;
}

/** Something that a person does: once at a time, with what went wrong. */
export function useAction<A extends readonly unknown[]>(perform: (...input: A) => Promise<unknown>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (...input: A) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await perform(...input);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem, forgetProblem: useCallback(() => setProblem(undefined), []) };
}
