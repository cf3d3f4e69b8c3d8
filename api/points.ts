/** Gives ten points for an order. Called by the queue `orders` with a CloudEvent; see `triggers` in `_platform.json`. */

import { badRequest } from './_lib/bad-request.ts';
import { sql } from './_lib/sql.ts';
import { orStoreProblem } from './_lib/store-problem.ts';

const LOOK_EVERY_MS = 50;
const MOST_WAIT_MS = 5000;

/** One delivery. A 2xx says that it is done; anything else, that it is to come again. */
export function POST(request: Request): Promise<Response> {
  return orStoreProblem(async () => {
    const { source, id, data } = Object(await request.json().catch(() => null)) as CloudEvent;
    const { customer } = Object(data) as { readonly customer?: unknown };
    if (typeof source !== 'string' || typeof id !== 'string' || typeof customer !== 'string') {
      return badRequest('Expected a CloudEvent whose data names a "customer".');
    }
    // #region once
    const [row] = await sql`
      with fresh as (
        insert into points_seen (source, id) values (${source}, ${id})
        on conflict do nothing
        returning id)
      insert into points (customer, points, deliveries)
      values (${customer}, 10 * (select count(*) from fresh), 1)
      on conflict (customer) do update
        set points = points.points + excluded.points, deliveries = points.deliveries + 1
      returning points, deliveries`;
    // #endregion
    return Response.json(row);
  });
}

/** `?customer=ada`. With `waitMs` it waits so long, at most, until the queue has nothing left for them. */
export function GET(request: Request): Promise<Response> {
  return orStoreProblem(async () => {
    const asked = new URL(request.url).searchParams;
    const customer = asked.get('customer') ?? '';
    if (customer === '') return badRequest('Say whose points: ?customer=ada.');
    const waitMs = Math.min(Number(asked.get('waitMs') ?? 0) || 0, MOST_WAIT_MS);
    const until = performance.now() + waitMs;
    for (;;) {
      const [row] = await sql`
        select
          coalesce((select points from points where customer = ${customer}), 0) as points,
          coalesce((select deliveries from points where customer = ${customer}), 0) as deliveries,
          (select count(*)::int from messages
            where queue = 'orders' and key = ${customer} and dead_at is null) as waiting`;
      if (row?.['waiting'] === 0 || performance.now() >= until) {
        return Response.json({ customer, ...row });
      }
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_EVERY_MS);
      });
    }
  });
}

interface CloudEvent {
  readonly source?: unknown;
  readonly id?: unknown;
  readonly data?: unknown;
}
