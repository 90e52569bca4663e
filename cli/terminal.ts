import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Terminal } from './command.ts';

/** The process's own. */
export const processTerminal: Terminal = {
  print: (result) =>
    new Promise((resolve, reject) => process.stdout.write(result, (error) => (error ? reject(error) : resolve()))),

  tell: (line) => void process.stderr.write(line),

  async ask(question) {
    if (!process.stdin.isTTY) return undefined;
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },

  async readSecret(question) {
    if (!process.stdin.isTTY) return (await text(process.stdin)).trim();
    process.stderr.write(question);
    // Whatever is typed is shown by readline, and by nobody else.
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
    try {
      return (await lines.question('')).trim();
    } finally {
      lines.close();
      process.stderr.write('\n');
    }
  },
};
