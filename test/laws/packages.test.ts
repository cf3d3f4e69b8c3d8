import { describe, expect, it } from 'vitest';
import { files, importsOf, read } from './fixtures/tree.ts';

interface LockEntry {
  readonly version?: string;
  readonly optional?: boolean;
  readonly optionalDependencies?: Record<string, string>;
}
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockEntry> };
const manifest = JSON.parse(read('package.json')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
};

/** Whether a package installed at `at` finds `name` in the lock, walking up as Node does. */
function resolves(at: string, name: string): boolean {
  for (let place = at; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const prefix = place === '' ? '' : `${place}/`;
    if (`${prefix}node_modules/${name}` in lock.packages) return true;
    if (place === '') return false;
  }
}

describe('package-lock.json', () => {
  it('holds the native binary of every platform for every package that has one', () => {
    const missing = Object.entries(lock.packages).flatMap(([at, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !resolves(at, name))
        .map((name) => `${at} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('dependencies earn their place', () => {
  /** Used by name on a command line or in a configuration, not by an import. */
  const TOOLS: Record<string, string> = {
    '@astrojs/check': 'astro check',
    '@types/node': 'types',
    node: 'the Node that npm scripts find first',
    typescript: 'astro check and typescript-eslint',
    'prettier-plugin-astro': 'prettier.config.mjs',
    eslint: 'test/run.ts',
    prettier: 'test/run.ts',
    jsdom: '@vitest-environment',
  };
  const imported = new Set(
    files()
      .filter((file) => /\.(ts|mjs|astro|mdx)$/.test(file))
      .flatMap((file) => importsOf(file))
      .map((specifier) =>
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  );

  it.each(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))(
    '%s is used',
    (name) => {
      const of = name.replace(/^@types\//, '');
      expect(imported.has(of) || name in TOOLS).toBe(true);
    },
  );
});
