/** A consumer whose effect and whose memory of it are one statement. */

import { sql } from '../../../api/_lib/sql.ts';

export async function POST(request: Request): Promise<Response> {
  const { id, source, data } = (await request.json()) as {
    id: string;
    source: string;
    data: { waitMs: number };
  };
  await sql`insert into deliveries values (${id})`;
  await sql`
    with fresh as (
      insert into remembered values (${source}, ${id}) on conflict do nothing returning message
    )
    insert into effects select message from fresh`;
  // A kill may also find it between its effect and its answer.
  await new Promise((resolve) => setTimeout(resolve, data.waitMs));
  return new Response(null, { status: 204 });
}
