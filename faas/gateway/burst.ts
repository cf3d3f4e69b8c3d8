/**
 * Many calls at once, or at short intervals. A browser opens at most six connections to a server, so
 * a page cannot make them itself. It asks the gateway, and receives each response as it comes, as a
 * line of JSON.
 */

import { setTimeout } from 'node:timers/promises';
import { BURST_OPTIONS, type BurstAnswer, type BurstBody, type HeaderList } from '../api.ts';
import { readOptions } from '../core/option.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';

/** Most streaming bodies held at once until the caller has taken them; others wait unread. */
const HELD_BODIES = 16;

/** Most bytes kept of one body. */
const MOST_BYTES = 1_000_000;

/** Parses the body of a burst request. @throws with what was expected and what came */
export function parseBurst(text: string): BurstBody {
  const asked = parsed(text);
  const { method, url, headers, body, times, everyMs } = asked;
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
  const given = readOptions(BURST_OPTIONS, { times, everyMs }, { of: 'A burst' });
  return { method, url, headers, body, ...given };
}

/**
 * Yields the responses in the order they come. Its memory is bounded: while the caller takes none,
 * further bodies wait in their instances.
 */
export async function* burst(
  { method, url, headers, body, times, everyMs = 0 }: BurstBody,
  handle: (request: RequestMessage, signal: AbortSignal) => Promise<ResponseMessage>,
  signal: AbortSignal,
): AsyncGenerator<BurstAnswer> {
  const bytes = body === null ? null : new TextEncoder().encode(body);
  const message: RequestMessage = { method, url, headers, body: bytes };
  const slots = new Slots(HELD_BODIES);
  const once = async (afterMs: number): Promise<Held | null> => {
    if (afterMs > 0) await setTimeout(afterMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return null;
    const at = Date.now();
    const asked = performance.now();
    const answer = await handle(message, signal);
    const flows = answer.body !== null && !(answer.body instanceof Uint8Array);
    if (flows) await slots.take();
    const kept = await keptOf(answer);
    const totalMs = performance.now() - asked;
    const { status, headers } = answer;
    return { answer: { at, totalMs, status, headers, ...kept }, flows };
  };
  const open = new Map<number, Promise<[number, Held | null]>>();
  for (let n = 0; n < times; n += 1) {
    open.set(
      n,
      once(n * everyMs).then((answer) => [n, answer]),
    );
  }
  while (open.size > 0) {
    const [n, held] = await Promise.race(open.values());
    open.delete(n);
    // The caller has left, so the remaining calls are not made.
    if (held === null) return;
    yield held.answer;
    if (held.flows) slots.give();
  }
}

interface Held {
  readonly answer: BurstAnswer;
  /** True if its body streams, and so takes a slot. */
  readonly flows: boolean;
}

/** The body as text; on failure, the text received so far. A larger body is still read to its end. */
async function keptOf({ body }: ResponseMessage): Promise<Pick<BurstAnswer, 'body' | 'cut'>> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of body instanceof Uint8Array ? [body] : (body ?? [])) {
      text += decoder.decode(chunk.subarray(0, Math.max(0, MOST_BYTES - bytes)), { stream: true });
      bytes = Math.min(MOST_BYTES + 1, bytes + chunk.byteLength);
    }
  } catch {
    // The part received is returned.
  }
  return bytes > MOST_BYTES ? { body: text, cut: true } : { body: text + decoder.decode() };
}

/** A counting semaphore: `take` waits while all slots are taken. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // The error is thrown below.
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
