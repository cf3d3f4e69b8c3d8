import { expect, test } from 'vitest';
import items from '../../items/[id].ts';

const ask = (query: string) => items.fetch(new Request(`http://localhost/api/items/_${query}`));

test('the segment of the path arrives in the query', async () => {
  expect(await ask('?id=42').json()).toEqual({ id: 42, name: 'Item 42' });
});

test.for(['', '?id=', '?id=four', '?id=-1', '?id=1.5', '?id=0x10'])(
  'an id that is not a whole number is refused: %s',
  async (query) => {
    const answer = ask(query);
    expect(answer.status).toBe(400);
    expect((await answer.json()).detail).toContain('try /api/items/42');
  },
);
