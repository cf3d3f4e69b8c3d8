import { describe, expect, it } from 'vitest';
import { posix } from 'node:path';
import { files, importsOf, packagesLoadedBy, read } from './fixtures/tree.ts';

const all = files();
const COMPONENTS = 'src/components/';

/** Folders under components that hold a custom element: those whose name has a hyphen. */
const elementFolders = [
  ...new Set(
    all
      .filter((file) => file.startsWith(COMPONENTS))
      .map((file) => posix.dirname(file))
      .filter((folder) => posix.basename(folder).includes('-')),
  ),
];

const pascal = (tag: string): string =>
  tag.replace(/(^|-)([a-z])/g, (_match, _hyphen, letter: string) => letter.toUpperCase());

describe('a custom element is a folder', () => {
  it('there is at least one, or these laws hold nothing', () => {
    expect(elementFolders.length).toBeGreaterThan(0);
  });

  it.each(elementFolders)('%s holds element.ts, its test, and one component', (folder) => {
    const names = all
      .filter((file) => posix.dirname(file) === folder)
      .map((f) => posix.basename(f));
    expect(names).toContain('element.ts');
    expect(names).toContain('element.test.ts');
    expect(names.filter((name) => name.endsWith('.astro'))).toHaveLength(1);
  });

  it.each(elementFolders)('%s defines the tag and the class of its own name', (folder) => {
    const tag = posix.basename(folder);
    const element = read(`${folder}/element.ts`);
    expect(element).toContain(`customElements.define('${tag}', ${pascal(tag)})`);
    expect(element).toMatch(new RegExp(`class ${pascal(tag)} extends CourseElement`));
  });

  it('no element is defined anywhere else', () => {
    const strays = all
      .filter((file) => /^src\/.*\.(ts|astro)$/.test(file) && !file.endsWith('.test.ts'))
      .filter((file) => read(file).includes('customElements.define('))
      .filter((file) => !elementFolders.includes(posix.dirname(file)));
    expect(strays).toEqual([]);
  });
});

const faasSources = all.filter(
  (file) => /^faas\/.*\.ts$/.test(file) && !/\.test\.ts$|\/fixtures\//.test(file),
);
const EXPORTED =
  /^export (?:abstract )?(?:async )?(?:class|interface|type|function\*?|const|enum) (\w+)/gm;

describe('files are named for their noun', () => {
  it('nothing is called utils, helpers, common or misc', () => {
    expect(all.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/.test(file))).toEqual(
      [],
    );
  });

  it('in faas, a name is understood without its folder: no two files share one', () => {
    const named = Map.groupBy(faasSources, (file) => posix.basename(file));
    expect([...named.values()].filter((same) => same.length > 1)).toEqual([]);
  });

  it('in faas, an exported name means one thing', () => {
    const found = faasSources.flatMap((file) =>
      [...read(file).matchAll(EXPORTED)].map(([, name = '']) => ({ file, name })),
    );
    const named = Map.groupBy(found, ({ name }) => name);
    const shared = [...named].flatMap(([name, all]) => {
      const where = [...new Set(all.map(({ file }) => file))];
      return where.length > 1 ? [`${name}: ${where.join(', ')}`] : [];
    });
    expect(shared).toEqual([]);
  });

  it('no module hands on everything of another', () => {
    const barrels = all
      .filter((file) => file.endsWith('.ts') && /^export \*/m.test(read(file)))
      .filter((file) => !file.endsWith('.test.ts'));
    expect(barrels).toEqual([]);
  });
});

describe('a test says by its name what it needs', () => {
  /** How a process or a thread is started, and a port listened on. */
  const STARTERS = ['child_process', 'cluster', 'http', 'net', 'worker_threads'];
  /** A database takes as long as a process. */
  const DATABASES = ['@electric-sql/pglite'];
  /** The laws ask git for the list of files, and nothing else. */
  const tests = all.filter(
    (file) => /(?<!\.browser)\.test\.ts$/.test(file) && !file.startsWith('test/laws/'),
  );
  const starts = (file: string): boolean => {
    const loaded = packagesLoadedBy(file);
    return [...STARTERS.map((name) => `node:${name}`), ...DATABASES].some((name) =>
      loaded.has(name),
    );
  };
  const saysSo = (file: string): boolean => file.endsWith('.process.test.ts');

  it('*.process.test.ts loads what starts a process or a thread, or listens on a port', () => {
    expect(tests.filter((file) => saysSo(file) && !starts(file))).toEqual([]);
  });

  it('no other test does: rename it, or import only the part that decides', () => {
    expect(tests.filter((file) => starts(file) && !saysSo(file))).toEqual([]);
  });
});

describe('what only tests need', () => {
  /** A suite that every driver's test calls; it is named in CONTRIBUTING.md. */
  const SUITES = ['faas/drivers/contract.ts'];

  it('lies in the fixtures/ of its room', () => {
    const strays = all
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .filter((file) => !file.includes('/fixtures/') && !SUITES.includes(file))
      .filter((file) => importsOf(file).includes('vitest') || /^test\/.+\//.test(file));
    expect(strays).toEqual([]);
  });

  it('in test/ nothing else lies beside what runs the tests', () => {
    expect(all.filter((file) => /^test\/[^/]+$/.test(file))).toEqual(['test/run.ts']);
  });
});

describe('a name is understood without its folder', () => {
  /** Astro asks each page for these. */
  const OF_PAGES = ['GET', 'getStaticPaths'];
  const EXPORT =
    /^export (?:default )?(?:async |abstract )*(?:function\*?|const|class|interface|type) (\w+)/gm;
  const exported = all
    .filter((file) => /^(src|faas)\/.*\.ts$/.test(file))
    .filter((file) => !/\.test\.ts$|\/fixtures\/|\.d\.ts$/.test(file))
    // Start, solution and mutants of a lab are the same function again and again.
    .filter((file) => !file.startsWith('src/content/labs/'))
    .flatMap((file) => [...read(file).matchAll(EXPORT)].map(([, name = '']) => ({ name, file })))
    .filter(({ name }) => !OF_PAGES.includes(name));

  it('no name that src exports means two things', () => {
    const twice = [...Map.groupBy(exported, ({ name }) => name).values()]
      .filter((places) => places.length > 1)
      .filter((places) => places.some(({ file }) => file.startsWith('src/')))
      .map((places) => `${places[0]?.name ?? ''}: ${places.map(({ file }) => file).join(', ')}`);
    expect(twice).toEqual([]);
  });

  /** Reserved names of a figure's files, and what each must export. */
  const JOBS: Record<string, RegExp> = {
    'session.ts': /^export class \w+Session\b/m,
    'draw.ts': /^export function draw[A-Z]/m,
    'table.ts': /^export function \w+Table\(/m,
    'frame.ts': /^export (type|interface|const) \w*(Frame|FRAME)\b/m,
  };
  const figures = elementFolders.filter((folder) => folder.startsWith(`${COMPONENTS}figures/`));

  it.each(figures)('%s has the files of a figure, each for its job', (folder) => {
    const files = all
      .filter((file) => posix.dirname(file) === folder)
      .map((f) => posix.basename(f));
    for (const [name, holds] of Object.entries(JOBS)) {
      if (files.includes(name)) expect(read(`${folder}/${name}`), name).toMatch(holds);
    }
    // Those who cannot see a picture have a table that is equal to it.
    if (files.includes('draw.ts')) expect(files).toContain('table.ts');
  });
});

describe('a test waits for an event', () => {
  /** What is tried is a matter of time itself. */
  const TIMED: Record<string, string> = {
    'test/gateway/overload.process.test.ts': 'offers calls at a rate',
    'faas/drivers/process/server-driver.process.test.ts':
      'calls just before, at and after a server closes its idle connections',
  };
  const SLEEPS = /setTimeout as|setTimeout\((resolve|done)\b|waitForTimeout\(/;
  const tests = all.filter((file) => /\.test\.ts$|\/fixtures\/(?!api\/).*\.ts$/.test(file));

  it('and sleeps for no fixed time, but for what is named here', () => {
    const sleeping = tests.filter(
      (file) => SLEEPS.test(read(file)) && !file.startsWith('test/laws/'),
    );
    expect(sleeping.toSorted()).toEqual(Object.keys(TIMED).toSorted());
  });
});

describe('functions', () => {
  const functions = all.filter((file) => /^api\/(?!.*\/?_).*\.(ts|py)$/.test(file));

  it.each(functions)('%s has its test in api/_tests', (file) => {
    const test = `api/_tests/${file.slice('api/'.length).replace(/\.(ts|py)$/, '')}`;
    expect([`${test}.test.ts`, `${test}.process.test.ts`].some((name) => all.includes(name))).toBe(
      true,
    );
  });

  it.each(functions)('%s opens with a comment that says what it demonstrates', (file) => {
    expect(read(file)).toMatch(file.endsWith('.py') ? /^("""|#)/ : /^\/\*\*/);
  });
});
