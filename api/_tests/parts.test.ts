import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import parts from '../parts.ts';

const ask = (query: string) => parts.fetch(new Request(`http://localhost/api/parts${query}`));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('whole or streamed, it is the same text', async () => {
  const texts = ['?how=whole', '?how=streamed', ''].map(async (query) => (await ask(query)).text());
  await vi.runAllTimersAsync();
  for (const text of await Promise.all(texts)) expect(text).toBe('Here is what you asked for.\n');
});

test('streamed, the answer is there before its first part is ready', async () => {
  const response = await ask('?how=streamed');
  const first = response.body?.getReader().read();
  await vi.advanceTimersByTimeAsync(150);
  expect(new TextDecoder().decode((await first)?.value)).toBe('Here ');
});

test('in turn, the first answer is whole and the second is in parts', async () => {
  const sentInParts = async (): Promise<number> => {
    const response = ask('?how=in-turn');
    await vi.runAllTimersAsync();
    let parts = 0;
    for await (const part of (await response).body ?? []) parts += part.length > 0 ? 1 : 0;
    return parts;
  };
  expect(await sentInParts()).toBe(1);
  expect(await sentInParts()).toBe(5);
});

test('another way is refused', async () => {
  const response = await ask('?how=slowly');
  expect(response.status).toBe(400);
  expect(((await response.json()) as { detail: string }).detail).toContain(
    'whole, streamed or in-turn',
  );
});
