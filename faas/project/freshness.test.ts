import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFresh, stampOf, writeStamp } from './freshness.ts';

let root: string;
let dist: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'freshness-'));
  dist = join(root, 'dist');
  mkdirSync(join(root, 'src/pages'), { recursive: true });
  mkdirSync(dist);
  writeFileSync(join(root, 'src/pages/index.astro'), '<p>one</p>');
  writeFileSync(join(root, 'src/pages/index.test.ts'), '');
  writeStamp(dist, stampOf(root));
});

afterEach(() => rmSync(root, { recursive: true }));

test('a site is fresh right after its build', () => {
  expect(isFresh(root, dist)).toBe(true);
});

test('a site that was never built is not fresh', () => {
  rmSync(dist, { recursive: true });
  expect(isFresh(root, dist)).toBe(false);
});

test('a changed, added or removed input makes it stale', () => {
  const page = join(root, 'src/pages/index.astro');
  utimesSync(page, 1, 1);
  expect(isFresh(root, dist)).toBe(false);
  writeStamp(dist, stampOf(root));

  writeFileSync(join(root, 'src/pages/two.astro'), '');
  expect(isFresh(root, dist)).toBe(false);
  writeStamp(dist, stampOf(root));

  rmSync(page);
  expect(isFresh(root, dist)).toBe(false);
});

test('what a reader writes in a lab leaves it fresh', () => {
  mkdirSync(join(root, 'api/py/lab'), { recursive: true });
  mkdirSync(join(root, 'api/lab'));
  writeStamp(dist, stampOf(root));
  writeFileSync(join(root, 'api/lab/shout.ts'), '');
  writeFileSync(join(root, 'api/py/lab/shout.py'), '');
  expect(isFresh(root, dist)).toBe(true);
  writeFileSync(join(root, 'api/labour.ts'), '');
  expect(isFresh(root, dist)).toBe(false);
});

test('a site that was built for another address or another path is not fresh', () => {
  writeStamp(dist, stampOf(root, { site: 'https://course.example', base: '/' }));
  expect(isFresh(root, dist)).toBe(false);
  writeStamp(dist, stampOf(root, { site: undefined, base: '/x/' }));
  expect(isFresh(root, dist)).toBe(false);
});

test('a changed test leaves it fresh', () => {
  utimesSync(join(root, 'src/pages/index.test.ts'), 1, 1);
  mkdirSync(join(root, 'src/node_modules'));
  writeFileSync(join(root, 'src/node_modules/kept.json'), '{}');
  expect(isFresh(root, dist)).toBe(true);
});
