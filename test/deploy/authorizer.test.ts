import { describeAuthorizer } from '../acceptance/authorizer.ts';
import { openLatchkey } from './deployed.ts';

// Beside the rest of the suite, since it waits for minutes to begin.
describeAuthorizer(openLatchkey);
