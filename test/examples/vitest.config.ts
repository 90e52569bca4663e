import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A program waits for a new minute, and Go compiles its library first.
  test: { include: ['test/examples/*.test.ts'], testTimeout: 240_000, hookTimeout: 60_000 },
});
