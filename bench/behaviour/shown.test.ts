import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quickly, saying, scriptedPeer } from '../fixtures/scripted-peer.ts';
import { billingShown, coldShown, stateKept } from './shown.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a cold start is shown', () => {
  test('by a header that only the first call has', async () => {
    const cold = saying(
      {},
      { 'server-timing': 'start;dur=40, handler;dur=1', 'x-cold-start': '1' },
    );
    const warm = saying({}, { 'server-timing': 'handler;dur=1', 'x-cold-start': '0' });
    expect(await quickly(coldShown(scriptedPeer({ replies: [cold, warm] })))).toEqual({
      verdict: 'yes',
      seen: 'the first call has Server-Timing start, x-cold-start: 1; a later one has not',
    });
  });

  test('by a line that is printed for the first call alone', async () => {
    const printed = [
      'Init Duration: 40 ms\n',
      'Init Duration: 40 ms\n',
      'Init Duration: 40 ms\nDuration: 1 ms\n',
    ];
    const peer = scriptedPeer({ replies: [saying({})], printed });
    expect((await quickly(coldShown(peer))).seen).toContain('“Init Duration: 40 ms”');
  });

  test('not by what every call has', async () => {
    const reply = saying({}, { 'x-cold': 'maybe' });
    expect((await quickly(coldShown(scriptedPeer({ replies: [reply] })))).verdict).toBe('no');
  });
});

describe('a bill is shown', () => {
  test('when the peer tells the amount', async () => {
    const peer = scriptedPeer({ replies: [saying({})], bill: '0.21 USD' });
    expect(await quickly(billingShown(peer))).toEqual({ verdict: 'yes', seen: '0.21 USD' });
  });

  test('partly, when it prints how long is billed for', async () => {
    const peer = scriptedPeer({ replies: [saying({})], printed: ['', 'Billed Duration: 2 ms\n'] });
    expect(await quickly(billingShown(peer))).toEqual({
      verdict: 'partly',
      seen: 'a duration, no amount: “Billed Duration: 2 ms”',
    });
  });

  test('not, when nothing tells', async () => {
    const peer = scriptedPeer({ replies: [saying({})] });
    expect((await quickly(billingShown(peer))).verdict).toBe('no');
  });
});

describe('state is kept', () => {
  test.each([
    ['yes', 'in one instance that counts on', [{ count: 4 }, { count: 5 }, { count: 6 }]],
    ['no', 'not when each call is the first', [{ count: 1 }, { count: 1 }, { count: 1 }]],
    [
      'no',
      'not when another instance answers',
      [{ count: 4 }, { count: 5, instance: 'b' }, { count: 6 }],
    ],
  ])('%s: %s', async (verdict, _why, answers) => {
    const replies = [saying({}), ...answers.map((answer) => saying(answer))];
    expect((await stateKept(scriptedPeer({ replies }))).verdict).toBe(verdict);
  });
});
