import { expect, it } from 'vitest';
import { POST } from '../order-placed.ts';

const placed = (body: string): Promise<Response> =>
  POST(new Request('https://course.invalid/api/order-placed', { method: 'POST', body }));

it.each(['', '{}', '{"order":17,"customer":"ada"}', '{"order":"17"}', 'null'])(
  '%j is no order: 400, and what one looks like',
  async (body) => {
    const answer = await placed(body);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toContain('"order": "17"');
  },
);
