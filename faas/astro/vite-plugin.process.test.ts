import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gatewayPlugin, type GatewayPlugin } from './vite-plugin.ts';

const HANDLER = 'export default { fetch: () => new Response() };';
/** Vite's watcher ignores further changes for this long after one. */
const SILENT_MS = 50;

let root: string;
let watcher: EventEmitter;
let plugin: GatewayPlugin;
const logger = { info: vi.fn(), error: vi.fn() };
const send = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  root = mkdtempSync(join(tmpdir(), 'dev-'));
  mkdirSync(join(root, 'api'));
  save('api/hello.ts', HANDLER);
  watcher = new EventEmitter();
  plugin = gatewayPlugin(root);
  const vite = {
    config: { server: {}, logger },
    middlewares: { use: vi.fn() },
    environments: { client: { hot: { send } } },
    watcher,
  };
  const configure = plugin.plugin.configureServer as (vite: ViteDevServer) => void;
  configure(vite as unknown as ViteDevServer);
});

afterEach(async () => {
  vi.useRealTimers();
  await plugin.stop();
  rmSync(root, { recursive: true });
  vi.clearAllMocks();
});

function save(file: string, text: string): void {
  writeFileSync(join(root, file), text);
}

const told = (event: string, file: string): boolean => watcher.emit('all', event, join(root, file));

test('a saved function is taken in, and pages are loaded again', () => {
  save('api/new.ts', HANDLER);
  told('add', 'api/new.ts');
  vi.runAllTimers();
  expect(logger.info).toHaveBeenCalledExactlyOnceWith('[faas] /api/new has new code');
  expect(send).toHaveBeenCalledExactlyOnceWith({ type: 'full-reload' });
});

test('a file written while the watcher is silent is not missed', () => {
  save('api/new.ts', '');
  told('change', 'api/new.ts');
  vi.advanceTimersByTime(SILENT_MS - 1);
  save('api/new.ts', HANDLER);
  vi.runAllTimers();
  expect(logger.error).not.toHaveBeenCalled();
  expect(logger.info).toHaveBeenCalledExactlyOnceWith('[faas] /api/new has new code');
});

test('a mistake is shown in the terminal and in the page', () => {
  save('api/new.ts', 'export const one = 1;');
  told('add', 'api/new.ts');
  vi.runAllTimers();
  expect(logger.error).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining('api/new.ts holds no handler'),
  );
  expect(send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ type: 'error' }));
});

test.for(['src/pages/index.astro', 'README.md'])('%s concerns no function', (file) => {
  told('change', file);
  vi.runAllTimers();
  expect(send).not.toHaveBeenCalled();
});
