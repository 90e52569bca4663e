import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from './emulator.ts';

/**
 * In the place of an emulator: notes the port that it is given, and answers there as one does. With `takenTimes`, so often as
 * another does that was there before, until it is noticed that the port is not its own.
 */
const script = (notes: string, takenTimes: number) => `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { GATEWAY_PORT: port, MINISTACK_EDITION: edition } = process.env;
appendFileSync('${notes}', port + '\\n');
const taken = readFileSync('${notes}', 'utf8').trim().split('\\n').length <= ${takenTimes};
const health = JSON.stringify({ edition: taken ? "another's" : edition });
createServer((request, response) => response.end(health)).listen(port, '127.0.0.1');
if (taken) setTimeout(() => {
  console.error('ERROR: 127.0.0.1:' + port + ' is already in use.');
  process.exit(1);
}, 700);
`;

describe('the emulator of the deployment test', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-no-emulator-'));
  const notes = join(folder, 'ports');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function newCommand(takenTimes: number): string {
    const command = join(folder, 'emulator');
    writeFileSync(notes, '');
    writeFileSync(command, script(notes, takenTimes));
    chmodSync(command, 0o700);
    return command;
  }
  const ports = () => readFileSync(notes, 'utf8').trim().split('\n');

  it('is started on another port, where somebody else was quicker, and is never somebody else', async () => {
    const { endpoint, stop } = await startEmulator(newCommand(2));
    await stop();
    expect(ports()).toHaveLength(3);
    expect(endpoint).toBe(`http://127.0.0.1:${ports()[2]}`);
  });

  it('is not looked for without end', async () => {
    await expect(startEmulator(newCommand(99))).rejects.toThrow('Each of 5 ports');
    expect(ports()).toHaveLength(5);
  });
});
