import { afterEach, expect, test, vi } from 'vitest';
import sign from '../sign.ts';

const post = (body: string) =>
  sign.fetch(new Request('http://localhost/api/sign', { method: 'POST', body }));

const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);

afterEach(() => printed.mockClear());

test('an entry is answered as it was sent, and each step is printed', async () => {
  const answer = await post('{"name": "Ada", "text": "Hello"}');
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({ name: 'Ada', text: 'Hello' });
  expect(printed.mock.calls.flat()).toEqual([
    'Ada signs the guestbook',
    'the text is all right',
    'the entry is saved',
  ]);
});

test('saving takes as long as was asked for', async () => {
  const start = performance.now();
  await post('{"name": "Ada", "text": "Hello", "saveMs": 40}');
  expect(performance.now() - start).toBeGreaterThanOrEqual(39);
});

test.for([
  '',
  'null',
  '[]',
  '{"text": " "}',
  '{"name": 5, "text": 5}',
  '{"text": "", "saveMs": 1e9}',
])('%s is refused, and nothing is saved', async (body) => {
  const answer = await post(body);
  expect(answer.status).toBe(400);
  expect((await answer.json()).detail).toMatch(/^Expected \{"name"/);
  expect(printed.mock.calls.flat().at(-1)).toBe('refused: there is no text');
});
