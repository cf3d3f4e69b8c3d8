import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reportLateSaves } from './late-saves.ts';

/** Vite's watcher ignores further changes for this long after one. */
const SILENT_MS = 50;

let folder: string;
let file: string;
let watcher: EventEmitter;
const heard = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'saves-'));
  file = join(folder, 'lesson.mdx');
  watcher = new EventEmitter();
  reportLateSaves(watcher as unknown as ViteDevServer['watcher']);
  watcher.on('change', heard);
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
  heard.mockReset();
});

function report(text: string): void {
  writeFileSync(file, text);
  watcher.emit('change', file);
  watcher.emit('all', 'change', file);
}

test('a file that was reported half written is reported again when it is whole', () => {
  report('');
  vi.advanceTimersByTime(SILENT_MS - 1);
  writeFileSync(file, 'title: New');
  vi.runAllTimers();
  expect(heard).toHaveBeenCalledTimes(2);
});

test('a file that was whole when it was reported is not reported again', () => {
  report('title: New');
  vi.runAllTimers();
  expect(heard).toHaveBeenCalledOnce();
});

test('a file that is gone by then is left to its own event', () => {
  report('');
  rmSync(file);
  vi.runAllTimers();
  expect(heard).toHaveBeenCalledOnce();
});
