/** Cases of an order and its points, where a queue's table is there and somebody delivers its messages. */

import type { Case } from './case.ts';

/** @param customer nobody whom the database knows: it may be one that keeps what it has */
export function queueCases(customer: string): Case[] {
  const body = JSON.stringify({ order: customer, customer });
  return [
    {
      function: '/api/order-placed',
      call: { method: 'POST', url: '/api/order-placed', body },
      expect: { status: [202], type: 'application/json' },
    },
    // It comes by itself, over HTTP.
    {
      function: '/api/points',
      call: { method: 'GET', url: `/api/points?customer=${customer}&waitMs=5000` },
      expect: { status: [200], json: { points: 10, waiting: 0 } },
    },
  ];
}
