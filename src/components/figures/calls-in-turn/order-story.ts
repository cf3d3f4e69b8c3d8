/** An order is placed twice, and gives its points once. Each answer of the points waits until the queue is empty. */

import type { CallStory } from './setup.ts';

const JSON_BODY = { 'content-type': 'application/json' };
/** What makes the order tells it apart: whoever runs the story once more places another one. */
const order = (run: number): string =>
  JSON.stringify({ order: `17-${run}`, customer: `ada-${run}` });
const pointsOf = (run: number): string => `/api/points?customer=ada-${run}&waitMs=4000`;

export const ORDER_PLACED: CallStory = {
  title: 'An order that is placed twice',
  function: '/api/points',
  holds: (bodies) =>
    bodies[1]?.includes('"points":10,"deliveries":1') === true &&
    bodies[3]?.includes('"points":10,"deliveries":2') === true,
  calls: [
    {
      by: 'The browser, to order-placed',
      method: 'POST',
      address: '/api/order-placed',
      headers: JSON_BODY,
      from: (_bodies, run) => ({ body: order(run) }),
      status: 202,
      asked: 'Ada places an order.',
      answered:
        '202, accepted: a message is in the queue, and this is its number. Nobody has given her any points yet.',
    },
    {
      by: 'The browser, to points',
      address: '/api/points',
      from: (_bodies, run) => ({ address: pointsOf(run) }),
      status: 200,
      asked: 'The browser asks for her points, and waits until the queue has nothing left for her.',
      answered:
        'Meanwhile the platform took the message from the queue and called the function points with it. One delivery, ten points.',
    },
    {
      by: 'The browser, to order-placed',
      method: 'POST',
      address: '/api/order-placed',
      headers: JSON_BODY,
      from: (_bodies, run) => ({ body: order(run) }),
      status: 202,
      asked: 'The same order once more, as after a time-out.',
      answered:
        'Another number: the first message is done and gone, so to the queue this is a new one. The event in it is the same.',
    },
    {
      by: 'The browser, to points',
      address: '/api/points',
      from: (_bodies, run) => ({ address: pointsOf(run) }),
      status: 200,
      asked: 'The browser asks once more.',
      answered: 'Two deliveries, and still ten points. The function remembers the event.',
    },
  ],
};
