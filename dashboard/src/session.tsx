import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { roleHolds } from '../../lambdas/contract/roles.ts';
import { allRoutes, type Operation, type Route } from '../../lambdas/contract/routes.ts';
import { call, takePaths } from './api.ts';
import type { Config, Me } from './types.ts';

/** Who is signed in, and to what kind of deployment. */
export interface SignedIn {
  readonly me: Me;
  readonly config: Config;
  /** Looks again who is signed in, and as what. */
  readonly reload: () => Promise<void>;
}

export interface Session extends SignedIn {
  /** Whether one's role may call an operation. The API decides; this is so that nobody is shown what it will refuse. */
  readonly may: (operation: Operation) => boolean;
  /** The scopes of an operation that one's role does not hold. */
  readonly missing: (operation: Operation) => readonly string[];
}

const SessionContext = createContext<Session | undefined>(undefined);

export async function loadSession(): Promise<Pick<SignedIn, 'me' | 'config'>> {
  const config = await call('getConfig');
  takePaths(config.paths);
  return { config, me: await call('getMe') };
}

export function SessionProvider({ me, config, reload, children }: SignedIn & { readonly children: ReactNode }) {
  const session = useMemo((): Session => {
    const { role } = me;
    const missing = (operation: Operation) => {
      const { auth }: Route = allRoutes[operation];
      if (auth === 'public' || role === undefined) return [];
      return auth.scopes.filter((scope) => !roleHolds(role, scope));
    };
    return { me, config, reload, missing, may: (operation) => missing(operation).length === 0 };
  }, [me, config, reload]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('No session around this view');
  return session;
}
