import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ObjectFolder } from './object-folder.ts';

const HOUR_MS = 3_600_000;
let root: string;
let now: number;
let folder: ObjectFolder;

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'objects-')), 'objects');
  now = 1_000_000;
  folder = new ObjectFolder(root, () => now);
});
afterEach(() => rmSync(join(root, '..'), { recursive: true }));

async function* pieces(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

function announced(text: string, keepS: number | null = null) {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { length: Buffer.byteLength(text), type: 'text/plain', sha256, keepS };
}

const own = (key: string) => ({ by: '/api/a', key });

/** Files that are there, the secret aside. */
function left(): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'secret')
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

test('an object is stored whole, with its key beside it', async () => {
  const stored = await folder.write(
    own('pictures/a.png'),
    announced('one two'),
    pieces('one ', 'two'),
  );
  expect(readFileSync(stored.file, 'utf8')).toBe('one two');
  expect(await folder.find(own('pictures/a.png'))).toEqual({
    ...own('pictures/a.png'),
    ...announced('one two'),
    at: now,
    file: stored.file,
  });
  expect(left()).toHaveLength(2);
});

test.for([
  ['too little', ['on'], 'cut-short'],
  ['too much', ['one', ' two'], 'other-length'],
  ['something else', ['eno'], 'other-content'],
] as const)('%s leaves nothing', async ([, sent, fault]) => {
  const write = folder.write(own('a'), announced('one'), pieces(...sent));
  await expect(write).rejects.toMatchObject({ fault });
  expect(left()).toEqual([]);
  await folder.write(own('a'), announced('one'), pieces('one'));
});

test('a source that breaks off leaves nothing', async () => {
  async function* broken(): AsyncIterable<Uint8Array> {
    yield Buffer.from('on');
    throw new Error('the caller left');
  }
  await expect(folder.write(own('a'), announced('one'), broken())).rejects.toThrow(
    'the caller left',
  );
  expect(left()).toEqual([]);
});

test('a key is written once, even by two at the same time', async () => {
  const other = new ObjectFolder(root, () => now);
  const writes = await Promise.allSettled([
    folder.write(own('a'), announced('one'), pieces('one')),
    other.write(own('a'), announced('two'), pieces('two')),
  ]);
  expect(writes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(folder.write(own('a'), announced('3'), pieces('3'))).rejects.toMatchObject({
    fault: 'exists',
  });
  expect(left()).toHaveLength(2);
});

test('keys that a disk would take for one, or for a device, are objects of their own', async () => {
  const keys = [
    'a',
    'A',
    'NUL.txt',
    'COM1',
    'a:b',
    '.env::$DATA',
    'a.',
    'a ',
    'ü',
    'u\u0308',
    'x'.repeat(300),
  ];
  for (const key of keys) await folder.write(own(key), announced(key), pieces(key));
  await folder.write({ by: '/api/b', key: 'a' }, announced('b’s'), pieces('b’s'));
  for (const key of keys) {
    const found = await folder.find(own(key));
    expect(readFileSync(found?.file ?? '', 'utf8')).toBe(key);
  }
  expect(readdirSync(join(root, 'private')).every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(
    true,
  );
  expect(folder.count('private')).toBe(keys.length + 1);
});

describe('publishing', () => {
  test('gives an object the name of its content, and a second time changes nothing', async () => {
    const { sha256 } = await folder.write(own('a'), announced('one', 60), pieces('one'));
    expect(await folder.findPublic(sha256)).toBeNull();
    const published = await folder.publish(own('a'));
    expect(published).toMatchObject({ sha256, keepS: null });
    expect(readFileSync(published?.file ?? '', 'utf8')).toBe('one');
    now += 5;
    expect(await folder.publish(own('a'))).toEqual(published);
    expect(await folder.findPublic(sha256)).toEqual(published);
  });

  test('is not for what was never stored, nor for another function', async () => {
    await folder.write(own('a'), announced('one'), pieces('one'));
    expect(await folder.publish(own('b'))).toBeNull();
    expect(await folder.publish({ by: '/api/b', key: 'a' })).toBeNull();
    expect(folder.count('public')).toBe(0);
  });
});

describe('a sweep', () => {
  test('removes what nobody published in its time, and nothing else', async () => {
    await folder.write(own('kept'), announced('kept'), pieces('kept'));
    await folder.write(own('named'), announced('named', 60), pieces('named'));
    await folder.write(own('forgotten'), announced('forgotten', 60), pieces('forgotten'));
    await folder.publish(own('named'));
    now += 59_000;
    expect(await folder.sweep()).toBe(0);
    now += 1_000;
    expect(await folder.sweep()).toBe(2);
    expect(await folder.find(own('kept'))).not.toBeNull();
    expect(await folder.find(own('forgotten'))).toBeNull();
    const { file } = (await folder.findPublic(announced('named').sha256)) ?? { file: '' };
    expect(readFileSync(file, 'utf8')).toBe('named');
  });

  test('comes with an object that arrives an hour later, without a timer', async () => {
    await folder.write(own('forgotten'), announced('x', 60), pieces('x'));
    now += HOUR_MS;
    await folder.write(own('later'), announced('y'), pieces('y'));
    expect(await folder.find(own('forgotten'))).toBeNull();
  });

  test('removes what a killed process left, and nothing that is being written', async () => {
    const gone = join(root, 'arriving', '4194304-gone');
    const ours = join(root, 'arriving', `${process.pid}-ours`);
    const old = join(root, 'arriving', `${process.pid}-old`);
    for (const draft of [gone, ours, old]) {
      mkdirSync(draft, { recursive: true });
      writeFileSync(join(draft, 'content'), 'half');
    }
    const long = new Date(Date.now() - 2 * HOUR_MS);
    utimesSync(join(old, 'content'), long, long);
    await folder.sweep();
    expect(readdirSync(join(root, 'arriving'))).toEqual([`${process.pid}-ours`]);
  });
});

test('the secret is made once, and is for its owner only', () => {
  const { secret } = folder;
  expect(secret).toHaveLength(32);
  expect(new ObjectFolder(root, () => now).secret).toEqual(secret);
});
