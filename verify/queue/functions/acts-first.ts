/** A consumer that is wrong on purpose: whoever kills it between its effect and its memory sees the effect twice. */

import { sql } from '../../../api/_lib/sql.ts';

export async function POST(request: Request): Promise<Response> {
  const { id, source, data } = (await request.json()) as {
    id: string;
    source: string;
    data: { waitMs: number };
  };
  await sql`insert into deliveries values (${id})`;
  const known = await sql`select from remembered where source = ${source} and message = ${id}`;
  if (known.length > 0) return new Response(null, { status: 204 });
  await sql`insert into effects values (${id})`;
  await new Promise((resolve) => setTimeout(resolve, data.waitMs));
  await sql`insert into remembered values (${source}, ${id}) on conflict do nothing`;
  return new Response(null, { status: 204 });
}
