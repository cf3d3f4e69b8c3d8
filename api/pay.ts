/** Takes the money of a checkout, and calls what comes after it, if anything. By DELETE it is taken back. */

import { doHop, undoHop } from './_lib/hop.ts';

// #region handler
export function POST(request: Request): Promise<Response> {
  return doHop(request, 'pay');
}

export function DELETE(request: Request): Response {
  return undoHop(request, 'pay');
}
// #endregion
