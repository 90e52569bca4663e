export type { Method, PrincipalType } from '../lambdas/contract/routes.ts';
export { Latchkey, type LatchkeyProps, type ProtectProps } from './latchkey.ts';
export { LatchkeyStack, type LatchkeyStackProps } from './latchkey-stack.ts';
export { fabraix, fanfare, fluxrate, fractalpack, fxland, type Profile } from './profiles/index.ts';
export type { SiteDomain } from './site.ts';
