import { defineConfig } from 'vitest/config';

// Tests share no organization, and much of one is waiting.
export default defineConfig({
  test: { include: ['test/deploy/*.test.ts'], testTimeout: 120_000, hookTimeout: 90_000, maxWorkers: 3 },
});
