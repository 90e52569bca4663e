import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generate, SCHEMA } from '../../client/generate.ts';

it('the types are those that the generator makes: npm run client', async () => {
  expect(await readFile(SCHEMA, 'utf8')).toBe(await generate());
});
