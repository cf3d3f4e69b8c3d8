/** Takes an entry of a guestbook whose form the front door has checked, and checks it again. */

import { badRequest } from './_lib/bad-request.ts';

// #region handler
export async function POST(request: Request): Promise<Response> {
  const entry: unknown = await request.json().catch(() => null);
  // Not every way leads through the door: what would do harm is refused here too.
  if (!isEntry(entry)) return badRequest('Expected {"name": "Ada", "text": "Hello"}.');
  const { name, text } = entry;
  return Response.json({ name, letters: text.length }, { status: 201 });
}
// #endregion

interface Entry {
  readonly name: string;
  readonly text: string;
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { name, text } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof text === 'string';
}
