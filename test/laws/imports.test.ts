import { describe, expect, it } from 'vitest';
import { files, importsOf, target } from './tree.ts';

/** Room → rooms it may import. `_tests` and `*.test.ts` may import anything. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'faas/core/': ['faas/core/'],
  'faas/drivers/': ['faas/core/', 'faas/drivers/'],
  'faas/gateway/': ['faas/core/', 'faas/drivers/', 'faas/gateway/'],
  'api/': ['api/_lib/'],
  'src/': ['src/', 'faas/', 'api/'],
};

const sources = files().filter(
  (file) => /\.(ts|astro|mdx)$/.test(file) && !/\.test\.ts$|\/_tests\/|\.d\.ts$/.test(file),
);

/** "from → to" for each import that leaves its room for one it may not enter. */
function trespasses(room: string): string[] {
  const allowed = MAY_IMPORT[room] ?? [];
  return sources
    .filter((file) => file.startsWith(room))
    .flatMap((file) =>
      importsOf(file)
        .map((specifier) => target(file, specifier))
        .filter((to): to is string => to !== null)
        .filter((to) => !allowed.some((prefix) => to.startsWith(prefix)))
        .map((to) => `${file} → ${to}`),
    );
}

describe('imports point one way', () => {
  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${room} imports only ${allowed.join(', ')}`, () => {
      expect(trespasses(room)).toEqual([]);
    });
  }

  it('faas/core imports no package and no Node module', () => {
    const foreign = sources
      .filter((file) => file.startsWith('faas/core/'))
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => target(file, specifier) === null)
          .map((specifier) => `${file} → ${specifier}`),
      );
    expect(foreign).toEqual([]);
  });

  it('a relative import names its file with its extension', () => {
    const bare = sources.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.') && !/\.[a-z0-9]+(\?\w+)?$/.test(specifier))
        .map((specifier) => `${file} → ${specifier}`),
    );
    expect(bare).toEqual([]);
  });
});
