import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quickly, saying, scriptedPeer } from '../fixtures/scripted-peer.ts';
import { concurrencyLimit, memoryLimit, scaleToZero, timeLimit } from './limits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ended = { status: 504, ms: 2_100 };
const works = saying({});

describe('scale to zero', () => {
  const of = (counts: readonly number[]) =>
    quickly(
      scaleToZero(scriptedPeer({ replies: [works, ...counts.map((count) => saying({ count }))] })),
    );

  test('is that the next instance is another', async () => {
    expect((await of([1, 2, 1])).verdict).toBe('yes');
  });

  test('is not that the same one goes on', async () => {
    expect(await of([1, 2, 3])).toEqual({
      verdict: 'no',
      seen: 'the same instance after 12 s without a call',
    });
  });

  test('is only half of it where no instance outlives its call', async () => {
    expect((await of([1, 1, 1])).verdict).toBe('partly');
  });
});

describe('a concurrency limit', () => {
  test('is kept when six calls never run in more than two places', async () => {
    const replies = [
      works,
      ...['a', 'b', 'a', 'b', 'a', 'b'].map((instance) => saying({ instance })),
    ];
    expect((await concurrencyLimit(scriptedPeer({ replies }))).verdict).toBe('yes');
  });

  test('is not kept by one instance that runs all six at once', async () => {
    const replies = [works, saying({ atOnce: 6 })];
    const { verdict, seen } = await concurrencyLimit(scriptedPeer({ replies, has: ['instances'] }));
    expect([verdict, seen]).toEqual(['no', 'told 2: 6 calls ran 6 at once in 1 instance']);
  });
});

describe('a time limit', () => {
  const of = (replies: Parameters<typeof scriptedPeer>[0]['replies']) =>
    quickly(timeLimit(scriptedPeer({ replies: [works, ...replies], has: ['timeoutS'] })));

  test('is kept when what waits and what computes is ended, and the next call works', async () => {
    expect(await of([ended, works, ended, works])).toEqual({
      verdict: 'yes',
      seen: 'limit 2 s; waiting: 504 after 2.1 s, the next call works; computing: 504 after 2.1 s, the next call works',
    });
  });

  test('is kept partly when only what waits is ended', async () => {
    expect((await of([ended, works, { status: 0, ms: 7_000 }, works])).verdict).toBe('partly');
  });

  test('is not kept when nothing works afterwards', async () => {
    expect((await of([ended, { status: 0 }, ended, { status: 0 }])).verdict).toBe('no');
  });
});

describe('a memory limit', () => {
  const of = (replies: Parameters<typeof scriptedPeer>[0]['replies']) =>
    memoryLimit(scriptedPeer({ replies: [works, ...replies], has: ['memoryMb'] }));

  test('is kept when the call is ended and the next one works', async () => {
    expect((await of([{ status: 502, ms: 300 }, works])).seen).toBe(
      'limit 128 MB: 502 after 0.3 s, the next call works',
    );
  });

  test('is not kept by one that holds it all', async () => {
    expect(await of([works])).toEqual({ verdict: 'no', seen: 'limit 128 MB: held 400 MB' });
  });

  test('is kept partly when nothing works afterwards', async () => {
    expect((await of([{ status: 502 }, { status: 0 }])).verdict).toBe('partly');
  });
});
