import { useSyncExternalStore } from 'react';

/** Cloudscape's own width for a phone. */
const narrow = window.matchMedia('(max-width: 688px)');

const subscribe = (changed: () => void) => {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
};

/** Whether the page is as narrow as a phone. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
