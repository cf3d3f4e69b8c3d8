/**
 * Many calls at one moment, or each a little after the other. A browser opens six connections to a server at most, so a page cannot
 * make them by itself: it asks the gateway to, and hears of each answer as it comes, a line of JSON
 * each.
 */

import { setTimeout } from 'node:timers/promises';
import type { BurstAnswer, BurstBody, HeaderList } from '../api.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';

const MOST = 1_000;
const LONGEST_MS = 1_000;

/** Reads what was asked for. @throws saying what was expected instead */
export function parseBurst(text: string): BurstBody {
  const asked = parsed(text);
  const { method, url, headers, body, times, everyMs = 0 } = asked;
  if (typeof method !== 'string' || !/^[A-Z]{3,10}$/.test(method)) {
    throw new TypeError(
      `"method" is a method in upper case, such as "GET"; ${shown(method)} came.`,
    );
  }
  if (typeof url !== 'string' || !url.startsWith('/api/')) {
    throw new TypeError(`"url" is a function's, such as "/api/hello"; ${shown(url)} came.`);
  }
  if (!isHeaders(headers)) {
    throw new TypeError(
      `"headers" is a list of pairs, each a name and a value; ${shown(headers)} came.`,
    );
  }
  if (typeof body !== 'string' && body !== null) {
    throw new TypeError(`"body" is text or null; ${shown(body)} came.`);
  }
  if (!Number.isInteger(times) || Number(times) < 1 || Number(times) > MOST) {
    throw new TypeError(`"times" is a whole number from 1 to ${MOST}; ${shown(times)} came.`);
  }
  if (typeof everyMs !== 'number' || !(everyMs >= 0 && everyMs <= LONGEST_MS)) {
    throw new TypeError(
      `"everyMs" is a number from 0 to ${LONGEST_MS}, or left out; ${shown(everyMs)} came.`,
    );
  }
  return { method, url, headers, body, times: Number(times), everyMs };
}

/** The answers, in the order they come. */
export async function* burst(
  { method, url, headers, body, times, everyMs = 0 }: BurstBody,
  handle: (request: RequestMessage, signal: AbortSignal) => Promise<ResponseMessage>,
  signal: AbortSignal,
): AsyncGenerator<BurstAnswer> {
  const bytes = body === null ? null : new TextEncoder().encode(body);
  const message: RequestMessage = { method, url, headers, body: bytes };
  const once = async (afterMs: number): Promise<BurstAnswer | null> => {
    if (afterMs > 0) await setTimeout(afterMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return null;
    const at = Date.now();
    const asked = performance.now();
    const answer = await handle(message, signal);
    const text = await textOf(answer);
    const totalMs = performance.now() - asked;
    return { at, totalMs, status: answer.status, headers: answer.headers, body: text };
  };
  const open = new Map<number, Promise<[number, BurstAnswer | null]>>();
  for (let n = 0; n < times; n += 1) {
    open.set(
      n,
      once(n * everyMs).then((answer) => [n, answer]),
    );
  }
  while (open.size > 0) {
    const [n, answer] = await Promise.race(open.values());
    open.delete(n);
    // Nobody listens any more; what has not been asked never is.
    if (answer === null) return;
    yield answer;
  }
}

/** A body that breaks off is as long as it came. */
async function textOf({ body }: ResponseMessage): Promise<string> {
  if (body === null) return '';
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  } catch {
    // What came is what there is to tell.
  }
  return text + decoder.decode();
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new TypeError('A burst is a JSON object with method, url, headers, body and times.');
}

function isHeaders(value: unknown): value is HeaderList {
  const isPair = (pair: unknown): boolean =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
  return Array.isArray(value) && value.every(isPair);
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
