import type { Operation } from '../routes.ts';
import { consumers } from './consumers.ts';
import type { OperationDescription } from './description.ts';
import { keys } from './keys.ts';
import { organization } from './organization.ts';
import { samples } from './samples.ts';
import { pages, service } from './service.ts';
import { signIn } from './sign-in.ts';
import { usage } from './usage.ts';

/** Every operation, described: a new route that is not does not compile. */
export const operations: Readonly<Record<Operation, OperationDescription>> = {
  ...keys,
  ...signIn,
  ...organization,
  ...consumers,
  ...usage,
  ...samples,
  ...service,
  ...pages,
};
