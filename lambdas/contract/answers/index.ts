/** Bodies as the API answers them. */

export * from './consumers.ts';
export * from './keys.ts';
export * from './members.ts';
export * from './samples.ts';
export * from './service.ts';
export * from './usage.ts';
export { accepted } from './values.ts';
