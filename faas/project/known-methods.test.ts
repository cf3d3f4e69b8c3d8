import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KnownMethods } from './known-methods.ts';

let folder: string;
let kept: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'known-methods-'));
  kept = join(folder, 'cache/methods.json');
  file = join(folder, 'a.ts');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A start that looks for the methods of `file`, whose digest is `code`. */
function start(code: string): readonly string[] {
  const known = new KnownMethods(kept);
  const methods = known.of('node', file, code);
  known.save();
  return methods;
}

test('the methods of a file that has not changed are found without parsing it', () => {
  writeFileSync(file, 'export const GET = 1');
  expect(start('one')).toEqual(['GET']);
  writeFileSync(file, 'no code at all');
  expect(start('one')).toEqual(['GET']);
});

test('a file that has changed is parsed again', () => {
  writeFileSync(file, 'export const GET = 1');
  start('one');
  writeFileSync(file, 'export const POST = 1');
  expect(start('two')).toEqual(['POST']);
});

test('a mistake is found again at each start', () => {
  writeFileSync(file, 'export const GET = ');
  expect(() => start('one')).toThrow(SyntaxError);
  expect(() => start('one')).toThrow(SyntaxError);
});

test('a file that re-exports another is parsed at each start, since the other may have changed', () => {
  writeFileSync(file, "export const GET = 1; export * from './b.ts'");
  expect(start('one')).toEqual(['GET']);
  writeFileSync(join(folder, 'b.ts'), 'export const PUT = 1');
  expect(start('one')).toEqual(['GET', 'PUT']);
});

test('methods of files that are gone are not kept', () => {
  writeFileSync(file, 'export const GET = 1');
  start('one');
  start('two');
  expect(readFileSync(kept, 'utf8')).not.toContain('one');
});

test.for(['', 'null', '{"reader":"an older one","methods":{"one.ts":["PUT"]}}'])(
  'methods kept by another version or in a broken file are not used: %s',
  (text) => {
    writeFileSync(file, 'export const GET = 1');
    start('one');
    writeFileSync(kept, text);
    expect(start('one')).toEqual(['GET']);
  },
);
