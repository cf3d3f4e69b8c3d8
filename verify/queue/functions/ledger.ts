/** What became of all messages. */

import { sql } from '../../../api/_lib/sql.ts';

export async function GET(): Promise<Response> {
  const [effects, deliveries, waiting] = await sql.transaction([
    sql`select message, count(*)::int as times from effects group by message`,
    sql`select count(*)::int as times from deliveries`,
    sql`select id, dead_at is not null as "isDead" from messages`,
  ]);
  return Response.json({ effects, deliveries: deliveries?.[0]?.['times'] ?? 0, waiting });
}
