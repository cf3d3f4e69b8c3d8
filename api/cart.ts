/** A checkout, nested: the cart calls the price, which calls pay, which calls ship. Each waits for the next. */

import { chainAfter, doHop, undoHop } from './_lib/hop.ts';

// #region handler
export function POST(request: Request): Promise<Response> {
  return doHop(request, 'cart', chainAfter('cart'));
}

export function DELETE(request: Request): Response {
  return undoHop(request, 'cart');
}
// #endregion
