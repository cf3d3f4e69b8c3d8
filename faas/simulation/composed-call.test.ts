import { describe, expect, test } from 'vitest';
import { callTrees, criticalPath, hasEnded } from '../core/trace/call-tree.ts';
import {
  composedCall,
  composedEvents,
  composedMean,
  type ComposedHop,
  type Composition,
} from './composed-call.ts';

const NAMES = ['cart', 'price', 'pay', 'ship'];

function composition(
  shape: Composition['shape'],
  all: Partial<ComposedHop> = {},
  own: Readonly<Record<string, Partial<ComposedHop>>> = {},
  rest: Partial<Composition> = {},
): Composition {
  const hops = NAMES.map((name) => ({
    name,
    waitMs: 20,
    hasEffect: name !== 'price',
    ...all,
    ...own[name],
  }));
  return { shape, hops, ...rest };
}

describe('when all goes well', () => {
  test.each(['nested', 'orchestrated'] as const)(
    '%s: waiting adds, and each is called once',
    (shape) => {
      const { latencyMs, status, counts } = composedCall(composition(shape, {}, {}, { callMs: 2 }));
      expect([latencyMs, status]).toEqual([shape === 'nested' ? 86 : 88, 200]);
      expect(counts).toMatchObject({ cart: 1, price: 1, pay: 1, ship: 1 });
    },
  );
});

describe('with three tries each, and the last one down', () => {
  const down = { ship: { isDown: true } };

  test('nested, three callers make 27 calls of it', () => {
    const { counts, status } = composedCall(composition('nested', { tries: 3 }, down));
    expect(counts).toEqual({ cart: 1, price: 3, pay: 9, ship: 27 });
    expect(status).toBe(502);
  });

  test('orchestrated, one caller makes 3, and undoes what was done, backwards', () => {
    const { counts, root } = composedCall(composition('orchestrated', { tries: 3 }, down));
    expect(counts).toEqual({ checkout: 1, cart: 1, price: 1, pay: 1, ship: 3 });
    expect(root.calls.slice(-2)).toMatchObject([
      { name: 'pay', method: 'DELETE' },
      { name: 'cart', method: 'DELETE' },
    ]);
  });

  test('with a deadline that shrinks inwards, fewer', () => {
    const within = (deadlineMs: number) =>
      composedCall(composition('nested', { tries: 3 }, down, { deadlineMs })).counts['ship'] ?? 0;
    expect([Infinity, 150, 100, 60, 30].map(within)).toEqual([27, 12, 6, 0, 0]);
  });
});

describe('a time-out', () => {
  test('ends the waiting, and not the call', () => {
    const slow = { pay: { waitMs: 500, timeoutMs: 100, tries: 2 } };
    const { root, latencyMs } = composedCall(composition('orchestrated', {}, slow));
    const pays = root.calls.filter(({ name, method }) => name === 'pay' && method === 'POST');
    expect(pays.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual([500, 500]);
    expect(latencyMs).toBe(240);
  });

  test('leaves the step unknown, whatever comes of later tries: it is undone', () => {
    const slow = { pay: { waitMs: 420, timeoutMs: 350, backoffMs: 100, tries: 3 } };
    const { root } = composedCall(composition('orchestrated', {}, slow, { deadlineMs: 1000 }));
    const undone = root.calls.filter(({ method }) => method === 'DELETE').map(({ name }) => name);
    expect(undone).toEqual(['pay', 'cart']);
  });

  test('may have been done, and is undone; what cannot be undone keeps nothing else', () => {
    const slow = { pay: { waitMs: 500, timeoutMs: 100, isStuck: true, tries: 2 } };
    const { root } = composedCall(composition('orchestrated', {}, slow));
    const undone = root.calls.filter(({ method }) => method === 'DELETE');
    expect(undone.map(({ name, status }) => [name, status])).toEqual([
      ['pay', 503],
      ['pay', 503],
      ['cart', 200],
    ]);
  });

  test('tries wait twice as long each time', () => {
    const own = { ship: { isDown: true, tries: 4, backoffMs: 10 } };
    expect(composedCall(composition('orchestrated', {}, own)).latencyMs).toBe(60 + 10 + 20 + 40);
  });
});

test('its events are those of a trace: one tree, whose critical path is the latency', () => {
  const outcome = composedCall(composition('nested', { tries: 2 }, { ship: { isDown: true } }));
  const [tree, ...others] = callTrees(composedEvents(outcome));
  expect(others).toEqual([]);
  expect(tree && hasEnded(tree)).toBe(true);
  const parts = tree ? criticalPath(tree) : [];
  const sum = parts.reduce((ms, { fromMs, toMs }) => ms + toMs - fromMs, 0);
  expect(sum).toBeCloseTo(outcome.latencyMs);
});

describe('on average', () => {
  test('availability multiplies', () => {
    const answers = [0.999, 0.999, 0.999, 0.999];
    for (const shape of ['nested', 'orchestrated'] as const) {
      expect(composedMean({ shape, answers }).answered).toBeCloseTo(0.996006, 6);
    }
  });

  test('a last one that is always down is called as often as the model on the clock says', () => {
    const answers = [1, 1, 1, 0];
    expect(composedMean({ shape: 'nested', answers, tries: 3 }).calls).toEqual([1, 3, 9, 27]);
    expect(composedMean({ shape: 'orchestrated', answers, tries: 3 }).calls).toEqual([1, 1, 1, 3]);
  });

  test('tries make up for calls that fail by chance', () => {
    const answers = [0.9, 0.9];
    const mean = composedMean({ shape: 'orchestrated', answers, tries: 2 });
    expect(mean.answered).toBeCloseTo(0.99 ** 2);
    expect(mean.calls[0]).toBeCloseTo(1.1);
  });
});
