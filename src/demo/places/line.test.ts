import { afterEach, expect, it, vi } from 'vitest';
import { exchangeByFetch } from './line.ts';

afterEach(() => vi.unstubAllGlobals());

it('a cookie that is told in words is shown, and left to the browser to send', async () => {
  const asked = vi.fn((url: string, init: RequestInit) => {
    const { headers } = new Request(url, init);
    return Promise.resolve(Response.json([...headers.keys()]));
  });
  vi.stubGlobal('fetch', asked);
  const headers = { cookie: 'session=(Ada’s, added by the browser)', accept: 'application/json' };
  const { signal } = new AbortController();
  const { call, answer } = await exchangeByFetch(
    'http://localhost',
    { address: '/api/orders/17', headers },
    signal,
  );
  expect(call).toContain('cookie: session=(Ada’s, added by the browser)');
  expect(answer.endsWith('["accept"]')).toBe(true);
});
