import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compress } from './compress.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compress-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

it('writes both codings beside a text, and they hold the text', async () => {
  const text = 'serverless '.repeat(1_000);
  const file = write('a.html', text);
  expect(await compress([file])).toBe(1);
  expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe(text);
  expect(gunzipSync(readFileSync(`${file}.gz`)).toString()).toBe(text);
});

it('leaves small files, pictures and fonts as they are', async () => {
  const files = [
    write('small.css', 'a{}'),
    write('font.woff2', Buffer.alloc(5_000)),
    write('picture.png', Buffer.alloc(5_000)),
  ];
  expect(await compress(files)).toBe(0);
  expect(files.filter((file) => existsSync(`${file}.br`))).toEqual([]);
});
