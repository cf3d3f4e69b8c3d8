import { describe, expect, it } from 'vitest';
import { files, importsOf, named, read, target } from './fixtures/tree.ts';

/** Room → rooms it may import besides itself. Tests and `fixtures/` may import anything. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'faas/api.ts': ['faas/core/'],
  'faas/core/time/': [],
  'faas/core/trace/': ['faas/core/*'],
  'faas/core/scaling/': ['faas/core/*'],
  'faas/core/pool/': ['faas/core/*', 'faas/core/time/', 'faas/core/trace/', 'faas/core/scaling/'],
  'faas/core/rules/': ['faas/core/*', 'faas/core/time/', 'faas/core/trace/'],
  'faas/core/queue/': ['faas/core/*', 'faas/core/time/', 'faas/core/trace/'],
  'faas/json-schema/': [],
  'faas/prices/': [],
  'faas/simulation/': ['faas/core/', 'faas/prices/'],
  'faas/schedules/': ['faas/core/', 'faas/simulation/'],
  'faas/drivers/': ['faas/api.ts', 'faas/core/'],
  'faas/platform/': ['faas/api.ts', 'faas/core/', 'faas/drivers/', 'faas/json-schema/'],
  'faas/labs/': ['faas/api.ts', 'faas/core/', 'faas/drivers/', 'faas/platform/', 'faas/schedules/'],
  'faas/project/': ['faas/core/', 'faas/json-schema/'],
  'faas/gateway/': ['faas/api.ts', 'faas/core/', 'faas/drivers/', 'faas/project/'],
  'faas/resources/': [
    'faas/api.ts',
    'faas/core/',
    'faas/drivers/',
    'faas/project/',
    'faas/gateway/',
  ],
  'faas/local/': [
    'faas/api.ts',
    'faas/core/',
    'faas/drivers/',
    'faas/platform/',
    'faas/project/',
    'faas/gateway/',
    'faas/resources/',
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
    'faas/resources/',
  ],
  'faas/astro/': [
    'faas/api.ts',
    'faas/core/',
    'faas/drivers/',
    'faas/project/',
    'faas/gateway/',
    'faas/local/',
    'faas/resources/',
  ],
  'api/': ['api/_lib/'],
  'src/site/': [],
  'src/format/': [],
  'src/errors/': ['src/format/'],
  'src/code/': [],
  'src/measured/': [],
  'src/styles/': [],
  'src/content/': ['src/site/'],
  'src/content/lessons/': ['src/components/'],
  'src/content/in-production/': ['src/components/'],
  'src/content/bridges/': ['src/components/'],
  'src/content/labs/': ['faas/core/scaling/kpa/', 'faas/labs/', 'faas/schedules/'],
  'src/progress/': ['src/site/', 'src/format/'],
  'src/simulation/': ['faas/core/', 'faas/prices/', 'faas/simulation/'],
  'src/components/*': ['src/progress/'],
  'src/demo/places/': [
    'faas/api.ts',
    'faas/core/',
    'faas/drivers/',
    'faas/platform/',
    'faas/resources/',
    'src/site/',
    'src/format/',
  ],
  'src/demo/receipt/': [
    'faas/core/',
    'faas/prices/',
    'src/components/*',
    'src/demo/places/',
    'src/format/',
  ],
  'src/demo/recording/': [
    'faas/api.ts',
    'faas/commands/',
    'faas/core/',
    'faas/project/',
    'src/demo/places/',
    'src/demo/receipt/',
    'src/errors/',
  ],
  'src/attempt/': [
    'faas/api.ts',
    'faas/core/',
    'faas/drivers/',
    'faas/labs/',
    'src/demo/places/',
    'src/progress/',
    'src/site/',
  ],
  'src/components/prose/': [
    'src/site/',
    'src/code/',
    'src/components/*',
    'src/content/*',
    'src/demo/recording/',
    'src/errors/',
    'src/format/',
  ],
  'src/components/practice/': [
    'faas/core/',
    'faas/labs/',
    'faas/schedules/',
    'src/site/',
    'src/attempt/',
    'src/code/',
    'src/labs/',
    'src/demo/places/',
    'src/demo/receipt/',
    'src/components/*',
    'src/components/figures/',
    'src/components/prose/',
    'src/content/*',
    'src/errors/',
    'src/format/',
    'src/progress/',
  ],
  'src/components/page/': [
    'src/site/',
    'src/components/*',
    'src/components/prose/',
    'src/components/practice/',
    'src/content/*',
    'src/format/',
    'src/styles/',
  ],
  'src/components/figures/': [
    'faas/api.ts',
    'faas/core/',
    'faas/prices/',
    'faas/schedules/',
    'faas/simulation/',
    'src/code/',
    'src/components/*',
    'src/demo/',
    'src/errors/',
    'src/format/',
    'src/measured/',
    'src/progress/',
    'src/simulation/',
  ],
  'src/authoring/': [
    'faas/core/',
    'faas/prices/',
    'faas/project/',
    'src/code/',
    'src/content/*',
    'src/errors/',
    'src/format/',
  ],
  'src/labs/': [
    'faas/core/',
    'faas/drivers/',
    'faas/labs/',
    'src/attempt/',
    'src/authoring/',
    'src/content/*',
    'src/errors/',
  ],
  'src/publish/': ['faas/drivers/', 'faas/project/'],
  'src/pages/': [
    'src/site/',
    'src/components/',
    'src/content/*',
    'src/progress/',
    'src/simulation/',
  ],
};

/** A figure that stands inside another one. Other figures know nothing of each other. */
const FIGURE_INSIDE: Record<string, readonly string[]> = {
  'place-choice': ['live-demo'],
  'step-through': ['awaits', 'calls-in-turn', 'checks', 'exchange'],
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
const rooms = Object.keys(MAY_IMPORT);

/** The smallest room that a file is in: `src/content/lessons/` before `src/content/`. */
function roomOf(file: string): string | undefined {
  return rooms.filter((room) => isIn(room, file)).sort((a, b) => b.length - a.length)[0];
}

/** The project's own files that a file imports. */
function imported(file: string): string[] {
  return importsOf(file).flatMap((specifier) => target(file, specifier)?.replace(/\?.*/, '') ?? []);
}

/** "from → to" for each import that leaves its room for one it may not enter. */
function trespasses(room: string): string[] {
  const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
  return sources
    .filter((file) => roomOf(file) === room)
    .flatMap((file) =>
      imported(file)
        .filter((to) => !allowed.some((open) => isIn(open, to)))
        .map((to) => `${file} → ${to}`),
    );
}

/** Every path along `next` that comes back to where it began. */
function circles(names: readonly string[], next: (name: string) => readonly string[]): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) found.push([...path.slice(path.indexOf(name)), name].join(' → '));
    if (done.has(name) || path.includes(name)) return;
    for (const other of next(name)) walk(other, [...path, name]);
    done.add(name);
  };
  for (const name of names) walk(name, []);
  return found;
}

describe('imports point one way', () => {
  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${room} imports only ${['itself', ...allowed].join(', ')}`, () => {
      expect(trespasses(room)).toEqual([]);
    });
  }

  it('every room of faas and src has its arrows here', () => {
    const homeless = sources
      .filter((file) => /^(faas|src)\/.+\//.test(file) && !/^faas\/core\/[^/]+$/.test(file))
      .filter((file) => roomOf(file) === undefined);
    expect(homeless).toEqual([]);
  });

  it('every room says what lives there, and what does not', () => {
    const known = new Set(files());
    // Rooms inside `faas/core/` and the lessons are told of by the room around them.
    const told = rooms
      .filter((room) => room !== 'api/' && !room.endsWith('.ts'))
      .filter(
        (room) => !/^faas\/core\/.|^src\/content\/(lessons|in-production|bridges)\//.test(room),
      )
      .map((room) => room.replace(/\*$/, ''));
    const silent = ['faas/core/', ...told].filter((room) => {
      const file = [`${room}README.md`, `${room}_README.md`].find((name) => known.has(name));
      return file === undefined || !/^Not here:/m.test(read(file));
    });
    expect(silent).toEqual([]);
  });

  it('in src a file lies in a room, but for what Astro wants beside them', () => {
    const loose = sources.filter((file) => /^src\/[^/]+$/.test(file));
    expect(loose).toEqual(['src/content.config.ts']);
  });

  it('rooms that may import each other, in one step or more, are one room', () => {
    const open = (room: string): string[] =>
      (MAY_IMPORT[room] ?? []).flatMap((allowed) =>
        rooms.filter((other) => other !== room && (isIn(allowed, other) || other === allowed)),
      );
    expect(circles(rooms, open)).toEqual([]);
  });

  it('no file imports itself by way of others', () => {
    const of = new Map(sources.map((file) => [file, imported(file)]));
    expect(circles(sources, (file) => of.get(file) ?? [])).toEqual([]);
  });

  it('a figure imports no other figure, unless that one stands inside it', () => {
    const figure = (file: string): string | undefined =>
      /^src\/components\/figures\/([^/]+)\//.exec(file)?.[1];
    const strays = sources
      .filter((file) => figure(file) !== undefined)
      .flatMap((file) =>
        imported(file)
          .filter((to) => figure(to) !== undefined && figure(to) !== figure(file))
          .filter((to) => FIGURE_INSIDE[figure(to) ?? '']?.includes(figure(file) ?? '') !== true)
          .map((to) => `${file} → ${to}`),
      );
    expect(strays).toEqual([]);
  });

  it('no module is there for its test alone', () => {
    /** Started by a person, by Astro, or called by every driver's test. */
    const ENTRIES = [
      'src/components/page/images/make.ts',
      'src/content.config.ts',
      'faas/drivers/contract.ts',
      // Holds an ordinary HTTP server to the contract; no function of the project is one.
      'faas/drivers/process/server-driver.ts',
    ];
    const others = files().filter(
      (file) =>
        /\.(ts|mjs|astro|mdx|py)$|^package\.json$/.test(file) &&
        !/\.test\.ts$|\/_tests\/|\/fixtures\//.test(file),
    );
    const used = new Set([...others.flatMap(named), ...ENTRIES]);
    const unused = sources
      .filter((file) => /^(bench|faas|src|verify)\/.+\.ts$/.test(file))
      // A lab's code is found by its folder.
      .filter((file) => !/^src\/(pages|content\/labs\/.+)\//.test(file) && !used.has(file));
    expect(unused).toEqual([]);
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
