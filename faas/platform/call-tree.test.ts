import { expect, test } from 'vitest';
import type { HeaderList } from '../api.ts';
import { makePolicy } from '../core/scaling/policies.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { ScriptedDriver } from '../drivers/fixtures/scripted-driver.ts';
import { Platform } from './platform.ts';
import { realClock } from './real-clock.ts';

/** Which functions each calls while it answers. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  '/api/order': ['/api/stock', '/api/pay'],
  '/api/pay': ['/api/receipt'],
};

/** A function hands on the one header that it was given, as it would with `fetch`. */
function launch(): { readonly platform: Platform; readonly events: TraceEvent[] } {
  const events: TraceEvent[] = [];
  const driver = new ScriptedDriver(async ({ headers }, { name }) => {
    const said = headers.filter(([header]) => header === 'traceparent');
    for (const url of CALLS[name] ?? []) await call(platform, url, said);
    return { status: 200, headers: [], body: null };
  });
  const platform = new Platform({
    functions: ['order', 'stock', 'pay', 'receipt'].map((name) => fixtureSpec(`api/${name}.ts`)),
    driverFor: () => driver,
    policyFor: () => makePolicy({ name: 'keep-alive' }),
    clock: realClock,
    newId: countedIds(),
    emit: (event) => events.push(event),
    place: 'local',
  });
  return { platform, events };
}

async function call(platform: Platform, url: string, headers: HeaderList): Promise<void> {
  await platform.handle({ method: 'GET', url, headers, body: null });
}

/** `order(stock, pay(receipt))`, from the spans alone. */
function treeOf(events: readonly TraceEvent[], parent: string | null): string {
  const calls = events.filter((event) => event.type === 'request.queued');
  return calls
    .filter((event) => event.parent === parent)
    .map((event) => {
      const below = treeOf(events, event.span);
      return event.url.replace('/api/', '') + (below === '' ? '' : `(${below})`);
    })
    .join(', ');
}

test('one call through four functions is one tree of one trace', async () => {
  const { platform, events } = launch();
  await call(platform, '/api/order', []);
  expect(treeOf(events, null)).toBe('order(stock, pay(receipt))');
  const traces = events.flatMap((event) => event.trace ?? []);
  expect(new Set(traces).size).toBe(1);
  await platform.stop();
});

test('a caller that is traced elsewhere is the root of the tree', async () => {
  const { platform, events } = launch();
  const caller = '00f067aa0ba902b7';
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  await call(platform, '/api/pay', [['traceparent', `00-${trace}-${caller}-01`]]);
  expect(treeOf(events, caller)).toBe('pay(receipt)');
  expect(events[0]).toMatchObject({ trace, parent: caller });
  await platform.stop();
});

test('two calls that name no caller are two traces', async () => {
  const { platform, events } = launch();
  await call(platform, '/api/stock', []);
  await call(platform, '/api/stock', []);
  const roots = events.flatMap((event) => (event.type === 'request.queued' ? event.trace : []));
  expect(new Set(roots).size).toBe(2);
  await platform.stop();
});

test('every event of a call has its ids, from the queue to the end, and so has its cold start', async () => {
  const { platform, events } = launch();
  await call(platform, '/api/stock', []);
  const [first] = events;
  const isOfCall = ({ trace, span }: TraceEvent): boolean =>
    trace === first?.trace && span === first?.span;
  expect(events.map((event) => [event.type, isOfCall(event)])).toEqual([
    ['request.queued', true],
    ['instance.starting', true],
    ['instance.ready', false],
    ['request.started', true],
    ['request.done', true],
  ]);
  await platform.stop();
});

/** Two functions of which one cannot run here, and what stands in for it. */
function launchWithTwin(): { readonly platform: Platform; readonly events: TraceEvent[] } {
  const events: TraceEvent[] = [];
  const driver = new (class extends ScriptedDriver {
    override missing(spec?: { readonly name: string }): null {
      return (spec?.name === '/api/py/price' ? 'There is no Python.' : null) as null;
    }
  })(async ({ headers }, { name }) => {
    const said = headers.filter(([header]) => header === 'traceparent');
    if (name === '/api/order') await call(platform, '/api/py/price?n=2', said);
    return { status: 200, headers: [], body: null };
  });
  const platform: Platform = new Platform({
    functions: ['api/order.ts', 'api/price.ts', 'api/py/price.py'].map((file) => fixtureSpec(file)),
    driverFor: () => driver,
    policyFor: () => makePolicy({ name: 'keep-alive' }),
    clock: realClock,
    newId: countedIds(),
    emit: (event) => events.push(event),
    place: 'local',
    whyNoCall: (_caller, { route }) => (route === '/api/py/price' ? null : 'not granted'),
    twinOf: ({ route }) => (route === '/api/py/price' ? '/api/price' : null),
  });
  return { platform, events };
}

test('where a function cannot run, its twin answers other functions, and the trace says so', async () => {
  const { platform, events } = launchWithTwin();
  await call(platform, '/api/order', []);
  const asked = events.filter((event) => event.type === 'request.queued');
  expect(asked.map(({ url, subject }) => [url, subject.name])).toEqual([
    ['/api/order', '/api/order'],
    ['/api/py/price?n=2', '/api/price'],
  ]);
  expect(events.filter(({ type }) => type === 'request.done')).toHaveLength(2);
  const direct = { method: 'GET', url: '/api/py/price', headers: [], body: null };
  expect((await platform.handle(direct)).status).toBe(503);
  await platform.stop();
});

test('a call that is not granted is a 403 in the trace, and no instance is asked', async () => {
  const { platform, events } = launchWithTwin();
  const root = platform.handle({ method: 'GET', url: '/api/order', headers: [], body: null });
  const parent = events[0]?.span ?? '';
  const header = ['traceparent', `00-${'a'.repeat(32)}-${parent}-01`] as const;
  const answer = await platform.handle({
    method: 'GET',
    url: '/api/order',
    headers: [header],
    body: null,
  });
  expect(answer.status).toBe(403);
  const refused = events.find((event) => event.type === 'request.failed');
  expect(refused).toMatchObject({ code: 'not-granted', parent });
  expect((await root).status).toBe(200);
  await platform.stop();
});
