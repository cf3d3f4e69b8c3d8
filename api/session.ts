/** Signs in and out. There is no password: this shows what a session is, and not how one proves who one is. */

import { badRequest } from './_lib/bad-request.ts';
import { problem } from './_lib/problem.ts';
import { sessionOf, signedIn, signedOut } from './_lib/session.ts';

/** Who can sign in, and their roles. */
const PEOPLE: Readonly<Record<string, readonly string[]>> = { ada: [], grace: [], eve: ['clerk'] };

// #region handler
/** Says who is signed in. */
export async function GET(request: Request): Promise<Response> {
  const session = await sessionOf(request);
  return Response.json({ user: session?.user ?? null }, { headers: NOT_KEPT });
}

/** Signs somebody in: `{ "user": "ada" }`. */
export async function POST(request: Request): Promise<Response> {
  const user = await userIn(request);
  if (user === null) {
    return badRequest(`Expected {"user": NAME} as JSON, of ${Object.keys(PEOPLE).join(', ')}.`);
  }
  const cookie = await signedIn(request, { user, roles: PEOPLE[user] ?? [] });
  if (cookie === null) return withoutSecret();
  return Response.json({ user }, { headers: { ...NOT_KEPT, 'set-cookie': cookie } });
}

/** Signs out. */
export function DELETE(request: Request): Response {
  return new Response(null, { status: 204, headers: { 'set-cookie': signedOut(request) } });
}
// #endregion

const NOT_KEPT = { 'cache-control': 'no-store' };

async function userIn(request: Request): Promise<string | null> {
  // A form of another site can send text, but not this type without asking first.
  if (!/^application\/json\b/.test(request.headers.get('content-type') ?? '')) return null;
  const sent: unknown = await request.json().catch(() => null);
  const user = typeof sent === 'object' && sent !== null && 'user' in sent ? sent.user : null;
  return typeof user === 'string' && Object.hasOwn(PEOPLE, user) ? user : null;
}

function withoutSecret(): Response {
  const detail =
    'Nothing signs sessions here. Grant the function "session" in api/_platform.json, or set SESSION_SECRET where it runs.';
  return problem(503, 'Service Unavailable', detail);
}
