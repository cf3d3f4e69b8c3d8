import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ModuleSources } from './module-sources.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sources-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('where its folder cannot be written, results lie in a new folder that is this process’s own', () => {
  // A folder below a file can be made by nobody, root included.
  writeFileSync(join(root, 'file'), '');
  const folders = [1, 2].map(() => new ModuleSources(join(root, 'file/cache')).folder);
  expect(folders[0]).not.toBe(folders[1]);
  for (const folder of folders) {
    expect(readdirSync(folder)).toEqual([]);
    if (process.platform !== 'win32') {
      const { mode, uid } = statSync(folder);
      expect([mode & 0o777, uid]).toEqual([0o700, process.getuid?.()]);
    }
    rmSync(folder, { recursive: true });
  }
});

test('else they lie where they were asked for, and are found there by the next start', () => {
  const cache = join(root, 'cache');
  mkdirSync(join(root, 'api'));
  const file = join(root, 'api/a.ts');
  writeFileSync(file, 'export const one: number = 1;');
  const bundle = new ModuleSources(cache).bundleFor(file);
  const kept = readdirSync(cache).sort();
  expect(new ModuleSources(cache).bundleFor(file)).toBe(bundle);
  expect(readdirSync(cache).sort()).toEqual(kept);
});
