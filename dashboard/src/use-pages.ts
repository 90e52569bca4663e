import { useCallback, useEffect, useRef, useState } from 'react';
import { type Problem, problemOf } from './problem.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string | undefined;
}

export interface Pages<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  /** Adds the page after those that there are. */
  readonly loadMore: () => Promise<void>;
  /** Forgets them all, and begins again. */
  readonly reload: () => Promise<void>;
}

interface State<T> {
  readonly key: string;
  readonly items: readonly T[];
  readonly cursor: string | undefined;
  readonly loading: boolean;
  readonly problem?: Problem;
}

/** The API may answer an empty page though more follow; so many are passed over at once. */
const EMPTY_PAGES = 20;

/**
 * A list that comes in pages.
 * @param key what is listed: another key begins again
 */
export function usePages<T>(
  key: string,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const [state, setState] = useState<State<T>>({ key, items: [], cursor: undefined, loading: true });
  const latest = useRef(load);
  latest.current = load;
  const running = useRef<AbortController | undefined>(undefined);

  const fetchPage = useCallback(
    async (before: readonly T[], cursor: string | undefined) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      setState((now) => ({ key, items: now.key === key ? now.items : [], cursor, loading: true }));
      try {
        let page = await latest.current(cursor, signal);
        for (let more = EMPTY_PAGES; page.items.length === 0 && page.nextCursor !== undefined && more > 0; more--) {
          page = await latest.current(page.nextCursor, signal);
        }
        if (signal.aborted) return;
        setState({ key, items: [...before, ...page.items], cursor: page.nextCursor, loading: false });
      } catch (error) {
        if (signal.aborted) return;
        setState({ key, items: before, cursor, loading: false, problem: problemOf(error) });
      }
    },
    [key],
  );

  useEffect(() => {
    void fetchPage([], undefined);
    return () => running.current?.abort();
  }, [fetchPage]);

  const current: State<T> = state.key === key ? state : { key, items: [], cursor: undefined, loading: true };
  const { items, cursor, loading, problem } = current;
  return {
    items,
    hasMore: cursor !== undefined,
    loading,
    problem,
    loadMore: () => fetchPage(items, cursor),
    reload: () => fetchPage([], undefined),
  };
}
