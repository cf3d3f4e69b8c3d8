/** Attacks on the sandbox from inside, in Chromium, under the policy of a lesson's page. */

import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launch } from '../../../test/fixtures/browser.ts';
import { policyFor } from '../../../src/publish/policy.ts';
import { BridgeDriver } from '../fixtures/bridge-driver.ts';
import { serveBridgeSite, type BridgeSite } from '../fixtures/bridge-site.ts';
import { read } from '../fixtures/bodies.ts';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import type { RunningInstance } from '../protocol.ts';

const POLICY = policyFor('/lessons/one/', { scripts: [], styles: [] }, 'header');

let site: BridgeSite;
let browser: Browser;
let page: Page;
let driver: BridgeDriver;
let instance: RunningInstance;
const complaints: string[] = [];

beforeAll(async () => {
  [site, browser] = await Promise.all([
    serveBridgeSite(['api/attack', 'api/contract'], POLICY),
    launch(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  driver = await BridgeDriver.open(page, `${site.url}?silenceMs=2000`);
  instance = await start();
});
afterEach(async () => {
  instance.kill();
  await driver.settled();
  await page.close();
  expect(complaints.splice(0)).toEqual([]);
});

function start(): Promise<RunningInstance> {
  const spec = fixtureSpec('api/attack.ts', { memoryMb: 256 });
  return driver.start(spec, { id: 'one', onLog: () => undefined });
}

async function attack(act: string, on = instance): Promise<string> {
  const url = `/api/attack?act=${encodeURIComponent(act)}&to=${encodeURIComponent(site.url)}`;
  const { response } = await on.invoke({ method: 'GET', url, headers: [], body: null });
  return read(response.body);
}

/** Frames of sandboxes that the page holds. */
const frames = (): Promise<number> => page.locator('iframe').count();

test.each([
  'fetch',
  'xhr',
  'socket',
  'events',
  'import',
  'importScripts',
  'database',
  'storage',
  'caches',
  'page',
  'cookie',
  'eval',
  'wasm',
  'wasm memory',
  'nested worker',
  'worker with an address',
  'own fetch',
  'garbage',
])('%s is refused, and the server sees nothing', async (act) => {
  const before = site.asked.length;
  expect(await attack(act)).toMatch(/^refused/);
  expect(site.asked.slice(before)).toEqual([]);
  expect(await attack('still')).toBe('done: here');
});

test.each([
  'loop',
  'memory',
  'three gigabytes',
  'growing buffer',
  'objects',
  'fork',
  'printing',
  'asking',
])('endless %s is stopped, nothing of it is left, and the next instance answers', async (act) => {
  await expect(attack(act)).rejects.toThrow(/ran on without a pause|over its memory limit/);
  expect(await instance.exited).toMatchObject({ asked: false });
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await frames()).toBe(0);
  const next = await start();
  expect(await attack('still', next)).toBe('done: here');
  next.kill();
});

test('crypto is there as on a server: lent where the browser takes it away', async () => {
  const answers = await page.evaluate(async () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const hex = (buffer: ArrayBuffer) =>
      [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const key = await crypto.subtle.importKey(
      'raw',
      bytes('key'),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    return {
      digest: hex(await crypto.subtle.digest('SHA-256', bytes('text'))),
      hmac: hex(await crypto.subtle.sign('HMAC', key, bytes('text'))),
      verified: true,
    };
  });
  const said = JSON.parse((await attack('crypto')).replace('done: ', '')) as typeof answers & {
    uuid: string;
  };
  expect(said).toMatchObject(answers);
  expect(said.uuid).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});
