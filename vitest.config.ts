import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/fixtures/longest-first.ts';
import { TEST_MS, WAIT_MS } from './test/fixtures/patience.ts';
import { BROWSER_WORKERS } from './test/fixtures/site.ts';

/** What no test is in, wherever it is looked for. */
const NOWHERE = ['**/node_modules/**', 'dist/**', '.faas/**'];

/** No test is failed by a busy machine. */
const PATIENCE = {
  testTimeout: TEST_MS,
  hookTimeout: TEST_MS,
  expect: { poll: { timeout: WAIT_MS } },
};

/** Vitest would leave one core free: a loop that is waited for has all of them. */
const ALL_CORES = { maxWorkers: '100%', sequence: { groupOrder: 0 } };

/** What a test says in its own text when no other may share its globals or its modules. */
const APART = /^\/\/ @vitest-environment|^\s*vi\.(mock|doMock)\(/m;
const apart = globSync('{api,bench,faas,src,test,verify}/**/*.test.ts', {
  cwd: import.meta.dirname,
  exclude: (path) => /\.(process|browser)\.test\.ts$/.test(path),
})
  .filter((file) => APART.test(readFileSync(file, 'utf8')))
  .map((file) => file.replaceAll(sep, '/'));

/**
 * Projects are told by the file's name. `*.process.test.ts` starts a process or a thread, or
 * listens on a port; `*.browser.test.ts` needs the built site and a real Chromium. Every other
 * `*.test.ts` is fast: `fast` shares workers and the modules that they have loaded, `apart` gives a
 * world of its own to each file that asks for a document or puts something in a module's place.
 * `test/laws/names.test.ts` holds the names to what the files do.
 */
export default defineConfig({
  // Astro's own configuration takes a second to start, and no more than this of it is needed.
  resolve: {
    alias: {
      'astro:config/client': join(import.meta.dirname, 'test/fixtures/astro-config.ts'),
    },
  },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['**/*.test.ts'],
          exclude: [...NOWHERE, '**/*.process.test.ts', '**/*.browser.test.ts', ...apart],
          setupFiles: ['test/fixtures/patient-waits.ts', 'test/fixtures/shared-worker.ts'],
          ...PATIENCE,
          ...ALL_CORES,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: apart,
          exclude: NOWHERE,
          setupFiles: ['test/fixtures/patient-waits.ts'],
          ...PATIENCE,
          ...ALL_CORES,
          pool: 'vmThreads',
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: ['**/*.process.test.ts'],
          exclude: NOWHERE,
          setupFiles: ['test/fixtures/patient-waits.ts'],
          ...PATIENCE,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: NOWHERE,
          globalSetup: ['test/fixtures/site.ts'],
          setupFiles: ['test/fixtures/patient-waits.ts'],
          ...PATIENCE,
          maxWorkers: BROWSER_WORKERS,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
