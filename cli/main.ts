import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

// Who reads the output may stop before its end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await run(process.argv.slice(2), { terminal: processTerminal, env: process.env, now: Date.now });
