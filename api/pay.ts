/**
 * Takes the money of a checkout, and calls what comes after it, if anything. By DELETE it is taken back. A
 * call that names an `order` has its payment kept in the database, and GET tells it; others keep nothing.
 */

import { knobsOf } from './_lib/checkout-knobs.ts';
import { doHop, failed, undoHop } from './_lib/hop.ts';
import { paymentOf, takeBackPayment, takePayment } from './_lib/payments.ts';
import { orStoreProblem } from './_lib/store-problem.ts';

// #region handler
export function POST(request: Request): Promise<Response> {
  return orStoreProblem(() => doHop(request, 'pay', [], take));
}

export function DELETE(request: Request): Promise<Response> {
  return orStoreProblem(async () => {
    const answer = undoHop(request, 'pay');
    const order = orderIn(request);
    if (answer.ok && order !== null) await takeBackPayment(order);
    return answer;
  });
}

async function take(request: Request): Promise<Response | null> {
  const order = orderIn(request);
  if (order === null || (await takePayment(order))) return null;
  return failed(409, `The payment of order ${order} was taken back before it came.`, {});
}
// #endregion

/** What has become of a payment: `?order=17`. */
export function GET(request: Request): Promise<Response> {
  return orStoreProblem(async () => Response.json(await paymentOf(orderIn(request) ?? '')));
}

/** Null where the call names none. */
function orderIn(request: Request): string | null {
  const knobs = knobsOf(request);
  return knobs instanceof Response || knobs.order === 'none' ? null : knobs.order;
}
