import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

function manifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

it('Starlight is built with the versions that the course and bare Astro are built with', () => {
  const { dependencies, overrides } = manifest('bench/site/package.json');
  const shared = { ...dependencies, ...overrides };
  const names = ['astro', '@astrojs/mdx', 'satteri', 'shiki', 'vite'];
  const course = manifest('package.json');
  const own = { ...course.devDependencies, ...course.dependencies };
  expect(names.map((name) => [name, shared[name]])).toEqual(names.map((name) => [name, own[name]]));
});
