/** The price of a checkout, in TypeScript: it answers for `api/py/price.py` where there is no Python. */

import { doHop } from './_lib/hop.ts';

// #region handler
export function POST(request: Request): Promise<Response> {
  return doHop(request, 'price');
}
// #endregion
