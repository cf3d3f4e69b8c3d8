/** Takes an order, and says 202 once the queue has it. */

import { send } from '../../../api/_lib/queue.ts';

export async function POST(request: Request): Promise<Response> {
  const { id, waitMs } = (await request.json()) as { id: string; waitMs: number };
  await send('orders', { id, source: '/api/orders', type: 'order.placed', data: { waitMs } });
  return new Response(null, { status: 202 });
}
