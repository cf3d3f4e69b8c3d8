/** Takes an order, and tells of it by a message. Nobody waits here for what comes of it: see `points.ts`. */

import { badRequest } from './_lib/bad-request.ts';
import { send } from './_lib/queue.ts';
import { orStoreProblem } from './_lib/store-problem.ts';

/** `{ "order": "17", "customer": "ada" }` is answered 202 when the message is in the queue. */
export function POST(request: Request): Promise<Response> {
  return orStoreProblem(async () => {
    const { order, customer } = Object(await request.json().catch(() => null)) as Placed;
    if (!isShort(order) || !isShort(customer)) {
      return badRequest(
        'Expected { "order": "17", "customer": "ada" }, each of 1 to 80 characters.',
      );
    }
    // #region send
    const [sent] = await send('orders', {
      source: '/api/order-placed',
      id: order,
      type: 'order.placed',
      key: customer,
      data: { order, customer },
      traceparent: request.headers.get('traceparent'),
    });
    // No row: the same event is in the queue already.
    const number = sent === undefined ? null : Number(sent['number']);
    return Response.json({ number }, { status: 202 });
    // #endregion
  });
}

interface Placed {
  readonly order?: unknown;
  readonly customer?: unknown;
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= 80;
}
