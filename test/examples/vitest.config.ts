import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A program waits for a new minute.
  test: { include: ['test/examples/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 },
});
