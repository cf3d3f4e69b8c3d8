/** The last part of a checkout: sends what was bought. By DELETE it is taken back. */

import { doHop, undoHop } from './_lib/hop.ts';

// #region handler
export function POST(request: Request): Promise<Response> {
  return doHop(request, 'ship');
}

export function DELETE(request: Request): Response {
  return undoHop(request, 'ship');
}
// #endregion
