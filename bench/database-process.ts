import { startDatabase } from '../local/database.ts';

/** DynamoDB of a benchmark, in a process of its own: its work is not done in the time of what is measured. */
const { endpoint } = await startDatabase();
process.send?.(endpoint);
process.once('disconnect', () => process.exit());
