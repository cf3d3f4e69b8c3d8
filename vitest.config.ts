/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';

/** What no test is in, wherever it is looked for. */
const NOWHERE = ['**/node_modules/**', 'dist/**', '.faas/**'];

/** No test is failed by a busy machine: these only end what hangs. */
const PATIENCE = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
};

/**
 * Three projects, told by the file's name. `*.process.test.ts` starts a process or a thread, or
 * listens on a port; `*.browser.test.ts` needs the built site and a real Chromium; every other
 * `*.test.ts` is fast. `test/laws/names.test.ts` holds the names to what the files do.
 */
export default getViteConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['**/*.test.ts'],
          exclude: [...NOWHERE, '**/*.process.test.ts', '**/*.browser.test.ts'],
          setupFiles: ['test/fixtures/patience.ts'],
          ...PATIENCE,
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: ['**/*.process.test.ts'],
          exclude: NOWHERE,
          setupFiles: ['test/fixtures/patience.ts'],
          ...PATIENCE,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: NOWHERE,
          globalSetup: ['test/fixtures/site.ts'],
          setupFiles: ['test/fixtures/patience.ts'],
          ...PATIENCE,
          fileParallelism: false,
        },
      },
    ],
  },
});
