import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // By default a core is left alone, which of two is half.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ['test/support/postgres-server.ts'],
          setupFiles: ['test/support/seed.ts'],
          // Real databases, killed processes and browsers on a busy machine: what is broken fails twice.
          retry: 1,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // As patient as what waits for a locator: on a busy machine a second is nothing.
          expect: { poll: { timeout: 20_000 } },
          // A real browser on a busy machine may miss a moment; what is broken fails three times.
          retry: 2,
        },
      },
    ],
  },
})
