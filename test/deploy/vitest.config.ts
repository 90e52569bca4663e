import { defineConfig } from 'vitest/config';

// Stacks share nothing, and much of a test is waiting: two at once take little more than half the time.
export default defineConfig({
  test: { include: ['test/deploy/*.test.ts'], testTimeout: 120_000, hookTimeout: 90_000, maxWorkers: 2 },
});
