import { expect, it } from 'vitest';
import { POST } from '../checked.ts';

const send = (body: string): Promise<Response> =>
  POST(new Request('http://localhost/api/checked', { method: 'POST', body }));

it('takes an entry', async () => {
  const answer = await send('{"name": "Ada", "text": "Hello"}');
  expect([answer.status, await answer.json()]).toEqual([201, { name: 'Ada', letters: 5 }]);
});

it.each(['', '[]', 'null', '{"name": "Ada"}', '{"name": 1, "text": "x"}'])(
  'refuses %j, also where no door has looked at it',
  async (body) => {
    expect((await send(body)).status).toBe(400);
  },
);
