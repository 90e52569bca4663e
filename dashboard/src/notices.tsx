import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

interface Notice {
  readonly id: string;
  readonly type: FlashbarProps.Type;
  readonly text: ReactNode;
}

interface Notices {
  readonly list: readonly Notice[];
  readonly drop: (id: string) => void;
  readonly tell: (text: ReactNode, type?: FlashbarProps.Type) => void;
}

const NoticesContext = createContext<Notices>({ list: [], drop: () => {}, tell: () => {} });

const MOST = 3;
let count = 0;

export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [list, setList] = useState<readonly Notice[]>([]);
  const drop = useCallback((id: string) => setList((before) => before.filter((notice) => notice.id !== id)), []);
  const tell = useCallback((text: ReactNode, type: FlashbarProps.Type = 'success') => {
    setList((before) => [{ id: `notice-${++count}`, type, text }, ...before].slice(0, MOST));
  }, []);
  const notices = useMemo(() => ({ list, drop, tell }), [list, drop, tell]);
  return <NoticesContext value={notices}>{children}</NoticesContext>;
}

/** Says at the top of the page what has been done. */
export const useTell = (): Notices['tell'] => useContext(NoticesContext).tell;

export function NoticeBar() {
  const { list, drop } = useContext(NoticesContext);
  return (
    <Flashbar
      items={list.map(({ id, type, text }) => ({
        id,
        type,
        content: text,
        dismissible: true,
        dismissLabel: 'Dismiss',
        onDismiss: () => drop(id),
        ariaRole: 'status',
      }))}
    />
  );
}
