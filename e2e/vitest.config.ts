import { defineConfig } from 'vitest/config'

/** Browser journeys: one after the other, because they share a server and measure what a person would feel. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['src/**/*.test.ts'],
    globalSetup: ['src/chromium-setup.ts', 'src/server-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    // Machines that run tests are often busy with others.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    allowOnly: false,
  },
})
