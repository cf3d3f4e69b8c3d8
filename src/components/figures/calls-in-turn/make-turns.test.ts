import { expect, test } from 'vitest';
import type { RawCall } from '#src/demo/places/line.ts';
import { makeTurns } from './make-turns.ts';
import { CALL_STORIES } from './stories.ts';

/** A door that knows whoever has signed in, by the cookie that it gave them. */
function door(answers: readonly [status: number, body?: string][], setsCookies = true) {
  const calls: RawCall[] = [];
  return {
    calls,
    exchange: (call: RawCall) => {
      const [status, body = ''] = answers[calls.length] ?? [500];
      calls.push(call);
      const cookie =
        setsCookies && call.method === 'POST'
          ? `set-cookie: session=s${calls.length}; Path=/\r\n`
          : '';
      const own = Object.entries(call.headers ?? {}).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      );
      return Promise.resolve({
        call: `${call.method ?? 'GET'} ${call.address} HTTP/1.1\r\n${own.join('')}\r\n`,
        answer: `HTTP/1.1 ${status} said\r\n${cookie}\r\n${body}`,
      });
    },
    pause: () => Promise.resolve(),
  };
}

const cached = CALL_STORIES['shared-cache']?.calls ?? [];
const FOUR = [[200], [200, 'a'], [200], [200, 'a']] as const satisfies [number, string?][];

test('each caller sends the cookie that their own sign-in gave them', async () => {
  const at = door(FOUR);
  const { shown, bodies } = await makeTurns(cached, { ...at, run: 0 });
  expect(at.calls.map(({ headers }) => headers?.['cookie'])).toEqual([
    undefined,
    'session=s1',
    undefined,
    'session=s3',
  ]);
  expect(shown.map(({ call }) => call.by)).toEqual(['Ada', 'Grace']);
  expect(bodies).toEqual(['', 'a', '', 'a']);
});

test('where scripts see no cookie, it says that the browser adds it', async () => {
  const { shown } = await makeTurns(cached, { ...door(FOUR, false), run: 0 });
  expect(shown[0]?.call.headers).toEqual(['cookie: session=(Ada’s, added by the browser)']);
});

test('a reader’s run asks where no earlier run has left an answer', async () => {
  const at = door(FOUR);
  const told: number[] = [];
  await makeTurns(cached, { ...at, run: 7, onCall: (made) => told.push(made) });
  const addresses = at.calls.map(({ address }) => address);
  expect(addresses.filter((address) => address !== '/api/session')).toEqual([
    '/api/cached?run=7',
    '/api/cached?run=7',
  ]);
  expect(told).toEqual([1, 2, 3, 4]);
});

test('an order can be asked for by anyone, and each status says who refused', async () => {
  const asks = CALL_STORIES['claimed-identity']?.asks;
  const ask = async (user: string, ...answers: [number, string?][]) => {
    const { shown } = await makeTurns(asks?.calls(user, '/api/orders/18') ?? [], {
      ...door(answers),
      run: 1,
    });
    return shown.map(({ status }) => asks?.means(status));
  };
  expect(await ask('ada', [200], [403])).toEqual([expect.stringContaining('at the door')]);
  expect(await ask('eve', [200], [404])).toEqual([expect.stringContaining('by the row')]);
  expect(await ask('nobody', [204], [401])).toEqual([expect.stringContaining('Nothing proves')]);
  expect(await ask('ada', [200], [503])).toEqual([expect.stringContaining('503')]);
});
