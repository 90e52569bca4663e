import { useCallback, useEffect, useRef, useState } from 'react';
import { type Problem, problemOf } from './problem.ts';

export interface Loaded<T> {
  /** Stays while it is loaded again. */
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** Loads again; ends when it has. */
  readonly reload: () => Promise<void>;
}

interface LoadOptions {
  /** Loads again after so many milliseconds, while the page can be seen. */
  readonly every?: number;
}

/**
 * What a view shows of the API.
 * @param key what is loaded: another key forgets the value before
 */
export function useLoad<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  { every }: LoadOptions = {},
): Loaded<T> {
  const [state, setState] = useState<{ key: string; value?: T; problem?: Problem; loading: boolean }>({
    key,
    loading: true,
  });
  const latest = useRef(load);
  latest.current = load;
  const running = useRef<AbortController | undefined>(undefined);

  const start = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const keepValue = (before: { key: string; value?: T }) =>
      before.key === key && before.value !== undefined ? { value: before.value } : {};
    setState((before) => ({ key, ...keepValue(before), loading: true }));
    try {
      const value = await latest.current(controller.signal);
      if (!controller.signal.aborted) setState({ key, value, loading: false });
    } catch (error) {
      if (controller.signal.aborted) return;
      setState((before) => ({ key, ...keepValue(before), problem: problemOf(error), loading: false }));
    }
  }, [key]);

  useEffect(() => {
    void start();
    return () => running.current?.abort();
  }, [start]);

  useEffect(() => {
    if (every === undefined) return;
    const again = () => {
      if (document.visibilityState === 'visible') void start();
    };
    const timer = setInterval(again, every);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [every, start]);

  const current = state.key === key ? state : undefined;
  return {
    value: current?.value,
    problem: current?.problem,
    loading: current?.loading ?? true,
    reload: start,
  };
}
