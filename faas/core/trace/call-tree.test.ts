import { expect, test } from 'vitest';
import { callsIn, callTrees, criticalPath, hasEnded, isStandIn } from './call-tree.ts';
import type { TraceEvent } from './trace.ts';

const TRACE = 'a'.repeat(32);

interface Told {
  readonly name: string;
  readonly parent: string | null;
  readonly from: number;
  readonly begun?: number;
  readonly to?: number;
  readonly cold?: boolean;
  readonly url?: string;
}

/** A call is known by its name: it is its span and its request as well. */
function eventsOf({ name, parent, from, begun = from, to, cold = false, url }: Told): TraceEvent[] {
  const subject = { kind: 'function', name: `/api/${name}`, revision: 'r1' } as const;
  const of = { subject, request: name, trace: TRACE, span: name, parent };
  const instance = `of-${name}`;
  const ready = { subject, instance, startMs: begun - from - 5, initMs: 5, pid: null };
  return [
    { type: 'request.queued', at: from, ...of, method: 'POST', url: url ?? `/api/${name}` },
    ...(cold ? [{ type: 'instance.ready', at: begun, ...ready } as const] : []),
    { type: 'request.started', at: begun, ...of, instance, cold, queueMs: 0, served: 1 },
    ...(to === undefined
      ? []
      : [
          {
            type: 'request.done',
            at: to,
            ...of,
            instance,
            status: 200,
            handlerMs: to - begun,
            cpuMs: 1,
            memoryMb: 20,
          } as const,
        ]),
  ];
}

const trees = (...told: Told[]) => callTrees(told.flatMap(eventsOf));

const paths = (...told: Told[]): string[] => {
  const [root] = trees(...told);
  return (root ? criticalPath(root) : []).map(
    ({ call, is, fromMs, toMs }) => `${call.request} ${is} ${fromMs}…${toMs}`,
  );
};

test('calls hang below the call that made them; another trace is another tree', () => {
  const [cart, other] = trees(
    { name: 'cart', parent: null, from: 0, to: 100 },
    { name: 'price', parent: 'cart', from: 10, to: 90 },
    { name: 'pay', parent: 'price', from: 20, to: 80 },
    { name: 'hello', parent: 'elsewhere', from: 30, to: 40 },
  );
  expect(
    [...(cart ? callsIn(cart) : [])].map(({ call, depth }) => `${depth} ${call.request}`),
  ).toEqual(['0 cart', '1 price', '2 pay']);
  expect(other).toMatchObject({ request: 'hello', parent: 'elsewhere' });
});

test('the path goes where the answer waited, and adds up to the whole', () => {
  expect(
    paths(
      { name: 'checkout', parent: null, from: 0, begun: 2, to: 100 },
      { name: 'cart', parent: 'checkout', from: 10, to: 30 },
      { name: 'price', parent: 'checkout', from: 40, begun: 60, cold: true, to: 90 },
    ),
  ).toEqual([
    'checkout queue 0…2',
    'checkout handler 2…10',
    'cart handler 10…30',
    'checkout handler 30…40',
    'price cold 40…60',
    'price handler 60…90',
    'checkout handler 90…100',
  ]);
});

test('of two calls at once, the later end is what was waited for', () => {
  expect(
    paths(
      { name: 'page', parent: null, from: 0, to: 50 },
      { name: 'short', parent: 'page', from: 5, to: 20 },
      { name: 'long', parent: 'page', from: 5, to: 45 },
    ),
  ).toEqual(['page handler 0…5', 'long handler 5…45', 'page handler 45…50']);
});

test('a call that was given up counts until its caller went on', () => {
  expect(
    paths(
      { name: 'checkout', parent: null, from: 0, to: 60 },
      { name: 'pay', parent: 'checkout', from: 10, to: 500 },
      { name: 'again', parent: 'checkout', from: 30, to: 50 },
    ),
  ).toEqual([
    'checkout handler 0…10',
    'pay handler 10…30',
    'again handler 30…50',
    'checkout handler 50…60',
  ]);
});

test('a tree has ended when its last call has', () => {
  const root = { name: 'cart', parent: null, from: 0, to: 10 };
  const given = { name: 'price', parent: 'cart', from: 1 };
  expect(trees(root, given).map(hasEnded)).toEqual([false]);
  expect(trees(root, { ...given, to: 40 }).map(hasEnded)).toEqual([true]);
});

test('a cold call knows how long the start took; a twin is told from what was asked', () => {
  const asked = { name: 'price', parent: null, from: 0, begun: 30, to: 40, cold: true };
  const [twin, itself] = [
    trees({ ...asked, url: '/api/py/price?n=1' })[0],
    trees({ ...asked, url: '/api/price?n=1' })[0],
  ];
  expect(twin).toMatchObject({ cold: true, coldMs: 30, cpuMs: 1 });
  expect([twin && isStandIn(twin), itself && isStandIn(itself)]).toEqual([true, false]);
});
