import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TabFunction } from '#faas/api.ts';
import { ScriptedDriver } from '#faas/drivers/fixtures/scripted-driver.ts';
import { fixtureSpec } from '#faas/drivers/fixtures/fixture-spec.ts';
import type { FunctionSpec } from '#faas/core/function.ts';
import { TabCalls } from './tab-calls.ts';
import { TabPlace } from './tab.ts';

const tabFunction = (file: string, calls: string[], twin: string | null = null): TabFunction => ({
  ...fixtureSpec(file),
  module: null,
  guarded: false,
  stores: false,
  queue: null,
  calls,
  twin,
});
const FUNCTIONS = [
  tabFunction('api/cart.ts', ['/api/py/price']),
  tabFunction('api/price.ts', []),
  tabFunction('api/py/price.py', [], '/api/price'),
  tabFunction('api/pay.ts', []),
];

/** A tab without Python; the cart fetches an address by way of the page. */
class FetchingDriver extends ScriptedDriver {
  constructor(calls: TabCalls, url: string) {
    super(async (_request, { name }) => {
      if (name !== '/api/cart') return { status: 200, headers: [], body: null };
      // The only instance of its function.
      const [instance = ''] = place.trace.events.flatMap((event) =>
        event.type === 'instance.starting' ? event.instance : [],
      );
      const asked = { kind: 'fetch', url, method: 'POST', headers: [], body: null } as const;
      const answer = await calls.answerFor(instance)(asked);
      const status = answer !== null && 'status' in answer ? answer.status : 0;
      return { status: 200, headers: [], body: new TextEncoder().encode(String(status)) };
    });
  }

  override missing(spec?: FunctionSpec): null {
    return (spec?.runtime === 'python' ? 'A browser has no Python.' : null) as null;
  }
}

let place: TabPlace;

async function fetchFromCart(url: string): Promise<string> {
  const calls = new TabCalls(FUNCTIONS);
  const driver = new FetchingDriver(calls, url);
  place = new TabPlace(FUNCTIONS, driver, undefined, undefined, calls);
  const call = { function: '/api/cart', method: 'POST', url: '/api/cart', headers: [], body: null };
  return (await place.call(call, new AbortController().signal)).body;
}

beforeEach(() => {
  vi.stubGlobal('location', { origin: 'http://localhost' });
});
afterEach(async () => {
  await place.close();
  vi.unstubAllGlobals();
});

it('a function of a tab calls another, whose twin answers, as part of the same trace', async () => {
  expect(await fetchFromCart('http://localhost/api/py/price?waitMs=0')).toBe('200');
  const [cart, price] = place.trace.events.filter((event) => event.type === 'request.queued');
  expect(price).toMatchObject({
    subject: { name: '/api/price' },
    url: '/api/py/price?waitMs=0',
    trace: cart?.trace,
    parent: cart?.span,
  });
});

it('what is not granted is refused by name, and other addresses are not answered', async () => {
  expect(await fetchFromCart('http://localhost/api/pay')).toBe('403');
  await place.close();
  expect(await fetchFromCart('http://elsewhere.example/api/py/price')).toBe('0');
});
