/** Orders and their points on a database of their own, delivered by the platform. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOwnPlatform, type OwnPlatform } from '#faas/resources/store/fixtures/own-platform.ts';
import { Project } from '../../test/gateway/fixtures/project.ts';

const project = new Project();
let platform: OwnPlatform;
beforeAll(async () => {
  platform = await startOwnPlatform({ FAAS_MAX_QUEUE_MS: 'unlimited' }, project.root);
});
afterAll(async () => {
  await platform.stop();
  project.remove();
});

const post = (path: string, body: unknown): Promise<Response> =>
  platform.call(path, { method: 'POST', body: JSON.stringify(body) });
const pointsOf = async (customer: string, query = ''): Promise<unknown> =>
  (await platform.call(`/api/points?customer=${customer}${query}`)).json();

test('an event that is delivered five times at once gives its points once', async () => {
  const event = { specversion: '1.0', source: '/shop', id: '17', type: 'order.placed' };
  const data = { order: '17', customer: 'ada' };
  const five = Array.from({ length: 5 }, () => post('/api/points', { ...event, data }));
  expect((await Promise.all(five)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await pointsOf('ada')).toMatchObject({ points: 10, deliveries: 5 });
});

test('an order is in the queue when it is answered, and its points come by themselves', async () => {
  const answer = await post('/api/order-placed', { order: '18', customer: 'bea' });
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ number: expect.any(Number) as number });
  const comes = await pointsOf('bea', '&waitMs=5000');
  expect(comes).toEqual({ customer: 'bea', points: 10, deliveries: 1, waiting: 0 });
});
