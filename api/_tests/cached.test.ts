import { expect, it } from 'vitest';
import cached from '../cached.ts';

const ask = async (headers: Record<string, string> = {}) => {
  const answer = await cached.fetch(new Request('http://localhost/api/cached', { headers }));
  return { text: await answer.text(), vary: answer.headers.get('vary') };
};

it('greets a stranger, and counts the greetings that it has made', async () => {
  expect(JSON.parse((await ask()).text)).toEqual({ greeting: 'Hello, stranger!', made: 1 });
  expect(JSON.parse((await ask({ cookie: 'session=x' })).text)).toMatchObject({ made: 2 });
});

it('does not say that its answer depends on the cookie, which is the mistake that it shows', async () => {
  expect((await ask()).vary).toBeNull();
});
