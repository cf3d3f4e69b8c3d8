/** An order, for its owner alone: asked in the row, whoever has let the call in before. */

import { badRequest } from '../_lib/bad-request.ts';
import { problem } from '../_lib/problem.ts';
import { notSignedIn, sessionOf } from '../_lib/session.ts';
import { sql } from '../_lib/sql.ts';
import { orStoreProblem } from '../_lib/store-problem.ts';

/** The largest `integer` of Postgres. */
const LARGEST_ID = 2_147_483_647;

export default {
  // #region handler
  async fetch(request: Request): Promise<Response> {
    const id = new URL(request.url).searchParams.get('id') ?? '';
    if (!/^\d{1,10}$/.test(id) || Number(id) > LARGEST_ID) {
      return badRequest(`An order's id is a whole number, not "${id}": try /api/orders/17.`);
    }
    const session = await sessionOf(request);
    if (session === null) return notSignedIn();
    return orStoreProblem(async () => {
      const [order] = await sql`
        select id, owner, items from orders
        where id = ${Number(id)} and owner = ${session.user}`;
      if (order === undefined) return notThere(id, session.user);
      return Response.json(order, { headers: { 'cache-control': 'private, no-store' } });
    });
  },
  // #endregion
};

/** The same for an order of somebody else: whether there is one is not for others to know. */
function notThere(id: string, user: string): Response {
  return problem(404, 'Not Found', `${user} has no order ${id}.`);
}
