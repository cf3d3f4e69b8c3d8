import { describe, expect, it } from 'vitest';
import { files, importsOf, target } from './tree.ts';

/** Room → rooms it may import besides itself. Tests and `fixtures/` may import anything. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'faas/api.ts': ['faas/core/'],
  'faas/core/time/': [],
  'faas/core/trace/': ['faas/core/*'],
  'faas/core/scaling/': ['faas/core/*'],
  'faas/core/pool/': ['faas/core/*', 'faas/core/time/', 'faas/core/trace/', 'faas/core/scaling/'],
  'faas/prices/': [],
  'faas/simulation/': ['faas/core/', 'faas/prices/'],
  'faas/drivers/': ['faas/api.ts', 'faas/core/'],
  'faas/platform/': ['faas/api.ts', 'faas/core/', 'faas/drivers/'],
  'faas/project/': ['faas/core/'],
  'faas/gateway/': ['faas/api.ts', 'faas/core/', 'faas/drivers/', 'faas/project/'],
  'faas/local/': [
    'faas/api.ts',
    'faas/core/',
    'faas/drivers/',
    'faas/platform/',
    'faas/project/',
    'faas/gateway/',
  ],
  'faas/commands/': [
    'faas/api.ts',
    'faas/core/',
    'faas/prices/',
    'faas/simulation/',
    'faas/drivers/',
    'faas/platform/',
    'faas/project/',
    'faas/gateway/',
    'faas/local/',
  ],
  'faas/astro/': ['faas/api.ts', 'faas/core/', 'faas/project/', 'faas/gateway/', 'faas/local/'],
  'api/': ['api/_lib/'],
  'src/': ['faas/', 'api/'],
};

/** `faas/core/*` is the files of that folder itself; `faas/core/` all below it. */
const isIn = (room: string, file: string): boolean =>
  room.endsWith('*')
    ? file.startsWith(room.slice(0, -1)) && !file.slice(room.length - 1).includes('/')
    : file.startsWith(room);

const sources = files().filter(
  (file) =>
    /\.(ts|astro|mdx)$/.test(file) && !/\.test\.ts$|\/_tests\/|\/fixtures\/|\.d\.ts$/.test(file),
);

/** "from → to" for each import that leaves its room for one it may not enter. */
function trespasses(room: string): string[] {
  const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
  return sources
    .filter((file) => file.startsWith(room))
    .flatMap((file) =>
      importsOf(file)
        .map((specifier) => target(file, specifier))
        .filter((to): to is string => to !== null)
        .filter((to) => !allowed.some((open) => isIn(open, to)))
        .map((to) => `${file} → ${to}`),
    );
}

describe('imports point one way', () => {
  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${room} imports only ${['itself', ...allowed].join(', ')}`, () => {
      expect(trespasses(room)).toEqual([]);
    });
  }

  it('every room of faas has its arrows here', () => {
    const homeless = sources
      .filter((file) => /^faas\/.+\//.test(file) && !/^faas\/core\/[^/]+$/.test(file))
      .filter((file) => !Object.keys(MAY_IMPORT).some((room) => file.startsWith(room)));
    expect(homeless).toEqual([]);
  });

  it('no two rooms import each other', () => {
    const rooms = Object.keys(MAY_IMPORT);
    const both = rooms.flatMap((room) =>
      (MAY_IMPORT[room] ?? [])
        .filter((open) => MAY_IMPORT[open]?.some((back) => isIn(back, room)))
        .map((open) => `${room} ↔ ${open}`),
    );
    expect(both).toEqual([]);
  });

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
