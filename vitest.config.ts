import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/deploy/**', 'test/browser/**', 'test/examples/**'],
    // Some tests wait for a new minute.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // Much of a test is waiting, and the default on two cores is one.
    maxWorkers: 3,
  },
});
