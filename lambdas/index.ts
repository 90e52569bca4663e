export type { Principal } from './core/principal.ts';
export { principalOf, withAuth } from './http/with-auth.ts';
