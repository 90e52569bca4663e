import { describeAuthorizer } from '../acceptance/authorizer.ts';
import { ACCEPTANCE } from '../acceptance/suite.ts';
import { openLatchkey } from './deployed.ts';

for (const describePart of ACCEPTANCE) {
  // In a file of its own.
  if (describePart !== describeAuthorizer) describePart(openLatchkey);
}
