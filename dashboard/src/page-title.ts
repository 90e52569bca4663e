import { useEffect } from 'react';

/** What the tab is called; screen readers say it when a page opens. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Latchkey`;
  }, [title]);
}
