import { afterEach, expect, test, vi } from 'vitest';
import { CONTROLS, OF_FUNCTION } from '#faas/api.ts';
import { LocalScaling } from './local-scaling.ts';

const { signal } = new AbortController();
const origin = 'http://localhost:1';
const scaling = new LocalScaling(origin);

function answerWith(body: unknown, status = 200): ReturnType<typeof vi.fn> {
  const fetching = vi.fn(() => Promise.resolve(Response.json(body, { status })));
  vi.stubGlobal('fetch', fetching);
  return fetching;
}

afterEach(() => vi.unstubAllGlobals());

test('the policy of a function is read with its options', async () => {
  const options = { idleTimeoutMs: 10_000 };
  answerWith([{ function: '/api/hello', name: 'keep-alive', options }]);
  expect(await scaling.policyOf('/api/hello', signal)).toEqual({ name: 'keep-alive', ...options });
  expect(await scaling.policyOf('/api/work', signal)).toBeNull();
});

test('another policy is put, and the old one comes back by deleting it', async () => {
  const fetching = answerWith({});
  await scaling.scale('/api/hello', { name: 'fixed', servers: 1 }, signal);
  await scaling.scale('/api/hello', null, signal);
  expect(fetching.mock.calls).toEqual([
    [
      origin + CONTROLS.policies,
      {
        method: 'PUT',
        body: '{"function":"/api/hello","policy":{"name":"fixed","servers":1}}',
        signal,
      },
    ],
    [`${origin}${CONTROLS.policies}?${OF_FUNCTION}=%2Fapi%2Fhello`, { method: 'DELETE', signal }],
  ]);
});

test('a refusal says what the gateway says', async () => {
  answerWith({ detail: 'Only a caller on the machine may do that.' }, 403);
  await expect(scaling.scale('/api/hello', null, signal)).rejects.toThrow(/on the machine/);
});
