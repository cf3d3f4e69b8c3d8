/** A guestbook without a store: it checks an entry, waits as long as saving it would take, and prints what it does. */

import { badRequest } from './_lib/bad-request.ts';

const MOST_MS = 20_000;

export default {
  // #region handler
  async fetch(request: Request): Promise<Response> {
    const { name = '', text = '', saveMs = 0 } = await entryOf(request);
    console.log(`${name} signs the guestbook`);
    if (text.trim() === '') {
      console.log('refused: there is no text');
      return badRequest('Expected {"name": "Ada", "text": "Hello"}, with a text.');
    }
    console.log('the text is all right');
    await wait(saveMs);
    console.log('the entry is saved');
    return Response.json({ name, text }, { status: 201 });
  },
  // #endregion
};

interface Entry {
  readonly name?: string;
  readonly text?: string;
  /** How long saving takes, in ms. @default 0 */
  readonly saveMs?: number;
}

/** What is not an entry is an entry without a text. */
async function entryOf(request: Request): Promise<Entry> {
  const sent: unknown = await request.json().catch(() => null);
  if (typeof sent !== 'object' || sent === null) return {};
  const { name, text, saveMs } = sent as Record<string, unknown>;
  const isTime = typeof saveMs === 'number' && saveMs >= 0 && saveMs <= MOST_MS;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof text === 'string' && { text }),
    ...(isTime && { saveMs }),
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
