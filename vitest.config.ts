/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';

/**
 * Two projects. `unit` is everything that needs no built site: modules, contracts, the tree's laws,
 * the gateway with real processes. `browser` is what needs the built site and a real Chromium.
 */
export default getViteConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', 'dist/**', '**/*.browser.test.ts'],
          setupFiles: ['test/patience.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: ['**/node_modules/**', 'dist/**'],
          globalSetup: ['test/site.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
