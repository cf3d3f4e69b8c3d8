/** The essential attacks on the sandbox from inside, in each engine, under the policy of a lesson's page. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInEngines, type OpenPage } from '../../../test/fixtures/engines.ts';
import type { EnginePage } from '../../../test/fixtures/engines/engine-page.ts';
import { policyFor } from '../../../src/publish/policy.ts';
import { serveBridgeSite, type BridgeSite } from '../fixtures/bridge-site.ts';
import type {} from '../fixtures/page-bridge.ts';

declare global {
  interface Window {
    /** What came of the attack of this instance: its answer, or why there is none. */
    outcome: Record<string, string>;
    attacks: number;
  }
}

const POLICY = policyFor('/lessons/one/', { scripts: [], styles: [] }, 'header');

let site: BridgeSite;
beforeAll(async () => {
  site = await serveBridgeSite(['api/attack'], POLICY);
});
afterAll(() => site.close());

/** Starts an attack in an instance of its own, and waits for nothing. */
function begin(page: EnginePage, act: string): Promise<void> {
  return page.evaluate(
    ([act, to]) => {
      const url = `/api/attack?act=${encodeURIComponent(act)}&to=${encodeURIComponent(to)}`;
      window.bridgeLog = () => undefined;
      window.outcome ??= {};
      const attack = async (): Promise<string> => {
        await window.bridge.start(act, 'api/attack.ts', 256, false);
        const request = { method: 'GET', url, headers: [], body: null };
        // Calls are told apart by number, in all instances of a page.
        const call = (window.attacks = (window.attacks ?? 0) + 1);
        const { body } = await window.bridge.invoke(act, call, request);
        if (body === null) return '';
        if (body !== 'streams') return atob(body.base64);
        let text = '';
        for (;;) {
          const piece = await window.bridge.pullResponse(call);
          if (piece === null) return text;
          text += atob(piece);
        }
      };
      attack().then(
        (answer) => (window.outcome[act] = answer),
        (error: unknown) => (window.outcome[act] = String(error)),
      );
    },
    [act, site.url] as const,
  );
}

/** What came of it; asked of the page again and again, which answers all the while. */
async function cameOf(page: EnginePage, act: string): Promise<string> {
  await begin(page, act);
  let outcome = '';
  await expect
    .poll(async () => (outcome = await page.evaluate((act) => window.outcome[act] ?? '', act)))
    .not.toBe('');
  return outcome;
}

/** What the page itself asks for. */
const OURS = /^\/(\?silenceMs=\d+|favicon\.ico|page-bridge\.js|api\/attack\.js|_tab\/.*)$/;

/** What a browser says of what the policy refuses. */
const REFUSALS =
  /Content[- ]Security[- ]Policy|SecurityError|violates|can’t establish a connection|status of 404/i;

async function open(visit: OpenPage, silenceMs: number): Promise<EnginePage> {
  const page = await visit(`${site.url}?silenceMs=${String(silenceMs)}`, REFUSALS);
  await expect.poll(() => page.evaluate(() => 'bridge' in window)).toBe(true);
  expect(await cameOf(page, 'still')).toBe('done: here');
  return page;
}

describeInEngines('code in a sandbox', (visit) => {
  test('reaches no network, no storage and no page, and the server sees nothing', async () => {
    const page = await open(visit, 2000);
    const acts = [
      'fetch',
      'own fetch',
      'xhr',
      'socket',
      'events',
      'import',
      'importScripts',
      'database',
      'storage',
      'page',
      'cookie',
      'eval',
      'wasm',
      'nested worker',
      'garbage',
    ];
    for (const act of acts) expect(await cameOf(page, act), act).toMatch(/^refused/);
    // WebKit opens a store of the sandbox's own, in which nothing of the site is.
    expect(await cameOf(page, 'caches')).toMatch(/^refused|^done: 0$/);
    expect(site.asked.filter((path) => !OURS.test(path))).toEqual([]);
  });

  test('is stopped when it does not end, and the page answers all the while', async () => {
    const page = await open(visit, 300);
    const acts = ['loop', 'fork', 'printing', 'asking', 'objects', 'memory', 'three gigabytes'];
    for (const act of acts) {
      expect(await cameOf(page, act), act).toMatch(/ran on without a pause|over its memory limit/);
    }
    await expect
      .poll(() => page.evaluate(() => document.querySelectorAll('iframe').length))
      .toBe(1);
    expect(
      await page.evaluate(() => window.bridge.start('next', 'api/attack.ts', 256, false)),
    ).toBeTruthy();
  });
});
