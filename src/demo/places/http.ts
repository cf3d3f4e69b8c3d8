/** Calls by HTTP, each timed from asking to the last byte. */

import { CONTROLS, type BurstBody, type HeaderList } from '#faas/api.ts';
import { chunks } from './chunks.ts';
import type { CallBurst, FunctionCall } from './place.ts';
import type { CallAnswer } from './run.ts';

/** @throws when no whole answer came */
export async function send(
  origin: string,
  call: FunctionCall,
  signal: AbortSignal,
): Promise<CallAnswer> {
  const at = Date.now();
  const asked = performance.now();
  const response = await fetch(origin + call.url, {
    method: call.method,
    headers: call.headers.map(([name, value]): [string, string] => [name, value]),
    body: call.body,
    // Browsers hold a second request for a URL back until they know whether the first is cacheable.
    cache: 'no-store',
    signal,
  });
  const body = await response.text();
  const totalMs = performance.now() - asked;
  return { status: response.status, headers: [...response.headers], body, at, totalMs };
}

/** Answers of a burst that the gateway makes, as they come. @throws when not all came */
export async function* sendBurst(
  origin: string,
  { method, url, headers, body }: FunctionCall,
  { times, everyMs }: CallBurst,
  signal: AbortSignal,
): AsyncGenerator<CallAnswer> {
  // What `fetch` itself would say of a body that is text.
  const isSaid = body === null || headers.some(([name]) => name === 'content-type');
  const typed: HeaderList = isSaid
    ? headers
    : [...headers, ['content-type', 'text/plain;charset=UTF-8']];
  const response = await fetch(origin + CONTROLS.burst, {
    method: 'POST',
    body: JSON.stringify({
      method,
      url,
      headers: typed,
      body,
      times,
      everyMs,
    } satisfies BurstBody),
    signal,
  });
  if (!response.ok || !response.body) throw new Error(await response.text());
  let answered = 0;
  let rest = '';
  for await (const text of chunks(response.body)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      answered += 1;
      yield JSON.parse(line) as CallAnswer;
    }
  }
  if (answered < times) throw new Error(`${answered} of ${times} calls were answered.`);
}
