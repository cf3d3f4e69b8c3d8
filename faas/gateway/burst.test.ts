import { expect, test, vi } from 'vitest';
import { CONTROLS, HEADERS, type BurstBody } from '../api.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';
import { burst, parseBurst } from './burst.ts';

const asked: BurstBody = {
  method: 'POST',
  url: '/api/echo?a=1',
  headers: [['x-a', '1']],
  body: 'hi',
  times: 3,
  everyMs: 0,
};
const never = new AbortController().signal;

const ok = (text: string): ResponseMessage => ({
  status: 200,
  headers: [[HEADERS.request, text]],
  body: new TextEncoder().encode(text),
});

test('all calls are made before the first is answered, and answers come as they are made', async () => {
  const waiting: ((answer: ResponseMessage) => void)[] = [];
  const seen: RequestMessage[] = [];
  const answers = burst(
    asked,
    (request) => {
      seen.push(request);
      return new Promise((resolve) => waiting.push(resolve));
    },
    never,
  );
  const first = answers.next();
  expect(seen).toHaveLength(3);
  expect(new TextDecoder().decode(seen[0]?.body as Uint8Array)).toBe('hi');
  waiting[1]?.(ok('second'));
  expect((await first).value).toMatchObject({ status: 200, body: 'second' });
  waiting[0]?.(ok('first'));
  waiting[2]?.(ok('third'));
  const rest = await Array.fromAsync(answers);
  expect(rest.map(({ body }) => body)).toEqual(['first', 'third']);
});

test('a body that flows is read to its end, and one that breaks off is as long as it came', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('half');
    await Promise.resolve();
    throw new Error('broken');
  }
  const answers = burst(
    { ...asked, times: 1 },
    () => Promise.resolve({ status: 200, headers: [], body: broken() }),
    never,
  );
  expect((await Array.fromAsync(answers))[0]?.body).toBe('half');
});

test('a request is parsed, or refused with what was expected', () => {
  expect(parseBurst(JSON.stringify(asked))).toEqual(asked);
  const refusal = (change: object): string => {
    try {
      parseBurst(JSON.stringify({ ...asked, ...change }));
      return 'taken';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refusal({ method: 'get' })).toContain('"method" is a method in upper case');
  expect(refusal({ url: 'https://example.org/' })).toContain('"url" is a function');
  expect(refusal({ url: CONTROLS.burst })).toContain('"url" is a function');
  expect(refusal({ headers: { a: 1 } })).toContain('"headers" is a list of pairs');
  expect(refusal({ everyMs: -1 })).toContain(
    '"everyMs" is -1. Expected a number from 0 to 1000 ms; leave it out for 0.',
  );
  expect(refusal({ everyMs: 'fast' })).toContain('"everyMs" is "fast"');
  expect(refusal({ body: 1 })).toContain('"body" is text or null');
  expect(refusal({ times: 1001 })).toContain(
    '"times" is 1001. Expected a whole number from 1 to 1000 calls.',
  );
  expect(() => parseBurst('x')).toThrow('A burst is a JSON object');
});

test('calls can be spaced out, and are made whether or not the first is answered', async () => {
  const waiting: ((answer: ResponseMessage) => void)[] = [];
  const answers = burst(
    { ...asked, everyMs: 5 },
    () => new Promise((resolve) => waiting.push(resolve)),
    never,
  );
  const all = Array.fromAsync(answers);
  expect(waiting).toHaveLength(1);
  await vi.waitFor(() => expect(waiting).toHaveLength(3));
  waiting.forEach((answer, n) => answer(ok(String(n))));
  expect((await all).map(({ body }) => body)).toEqual(['0', '1', '2']);
});

test('calls that have not begun when the caller leaves are never made', async () => {
  const leaving = new AbortController();
  let calls = 0;
  const answers = burst(
    { ...asked, everyMs: 1000 },
    () => {
      calls += 1;
      return Promise.resolve(ok('first'));
    },
    leaving.signal,
  );
  expect((await answers.next()).value).toMatchObject({ body: 'first' });
  leaving.abort();
  expect(await Array.fromAsync(answers)).toEqual([]);
  expect(calls).toBe(1);
});

/** `count` bodies of `bytes` zeros; counts how many have been started. */
function bodies(bytes: number) {
  const begun = { count: 0 };
  async function* body(): AsyncGenerator<Uint8Array> {
    begun.count += 1;
    await Promise.resolve();
    for (let sent = 0; sent < bytes; sent += 100_000) yield new Uint8Array(100_000);
  }
  return { begun, answer: () => Promise.resolve({ status: 200, headers: [], body: body() }) };
}

test('a caller who takes no answer leaves the bodies with their instances', async () => {
  const { begun, answer } = bodies(1_000_000);
  const answers = burst({ ...asked, times: 100 }, answer, never);
  await answers.next();
  await vi.waitFor(() => expect(begun.count).toBe(16));
  expect(await Array.fromAsync(answers)).toHaveLength(99);
  expect(begun.count).toBe(100);
});

test('of a body over a million bytes the first million is kept, and it is marked as cut', async () => {
  const [cut] = await Array.fromAsync(burst({ ...asked, times: 1 }, bodies(2e6).answer, never));
  expect([cut?.body.length, cut?.cut]).toEqual([1_000_000, true]);
  const [whole] = await Array.fromAsync(burst({ ...asked, times: 1 }, bodies(1e6).answer, never));
  expect([whole?.body.length, whole?.cut]).toEqual([1_000_000, undefined]);
});
