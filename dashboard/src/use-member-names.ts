import { callForAll } from './api.ts';
import { useSession } from './session.tsx';
import { useLoad } from './use-load.ts';

/** What members' ids stand for: their e-mail addresses, as far as one may know them. */
export function useMemberNames(): (id: string) => string {
  const { may } = useSession();
  const { value } = useLoad('member-names', (signal) =>
    may('listMembers')
      ? callForAll('listMembers', { signal }, ({ members }) => members, 10)
      : Promise.resolve(undefined),
  );
  const names = new Map(value?.items.map(({ id, email }) => [id, email]));
  return (id) => names.get(id) ?? id;
}
