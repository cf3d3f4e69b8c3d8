import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeBuildLock } from './build-lock.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const never = new AbortController().signal;

test('a second start waits for the first, and says for which process', async () => {
  const first = await takeBuildLock(root, () => undefined, never);
  const onWait = vi.fn();
  let taken = false;
  const second = takeBuildLock(root, onWait, never).then((lock) => {
    taken = true;
    return lock;
  });
  await vi.waitFor(() => expect(onWait).toHaveBeenCalledWith(process.pid));
  expect(taken).toBe(false);
  first.release();
  (await second).release();
});

test('a lock whose process is gone is taken over', async () => {
  const folder = join(root, 'node_modules/.cache/scale-to-zero');
  mkdirSync(folder, { recursive: true });
  // No system has so large a process id.
  writeFileSync(join(folder, 'building'), '2147483646');
  const onWait = vi.fn();
  (await takeBuildLock(root, onWait, never)).release();
  expect(onWait).not.toHaveBeenCalled();
});

test('one who is told to stop does not wait', async () => {
  await takeBuildLock(root, () => undefined, never);
  const stop = new AbortController();
  const waiting = takeBuildLock(root, () => stop.abort(), stop.signal);
  await expect(waiting).rejects.toThrow('aborted');
});
