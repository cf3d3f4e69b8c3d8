/**
 * Calls functions that are deployed elsewhere, such as on Vercel, where nothing polls a queue by itself: each
 * delivery is a POST to them, over HTTP.
 */

import type { RequestMessage, ResponseMessage } from '../../drivers/protocol.ts';

/** A call that is not answered by then has failed, in ms: the longest that functions may take elsewhere. */
const CALL_MS = 300_000;

/**
 * @param origin `https://course.vercel.app`
 * @throws when it cannot be reached, or does not answer in time
 */
export async function callRemote(
  origin: string,
  { method, url, headers, body }: RequestMessage,
): Promise<ResponseMessage> {
  const answer = await fetch(new URL(url, origin), {
    method,
    // It is said anew by whoever sends it.
    headers: headers
      .filter(([name]) => name !== 'content-length')
      .map(([name, value]): [string, string] => [name, value]),
    body: body as Uint8Array<ArrayBuffer> | null,
    redirect: 'manual',
    signal: AbortSignal.timeout(CALL_MS),
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, headers: [...answer.headers], body: bytes };
}
