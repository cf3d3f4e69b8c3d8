/** Streaming bodies: limits their size, and drains those that are not used. */

import type { Body, RequestMessage } from './protocol.ts';

/** A request body that fails once it exceeds its size limit, and records why it failed. */
export class LimitedBody {
  readonly body: Body;
  /** Why reading failed; null while it has not. */
  failure: 'too-large' | 'broken-off' | null = null;

  constructor(body: Body, maxBytes: number) {
    this.body = body === null || body instanceof Uint8Array ? body : this.#count(body, maxBytes);
  }

  async *#count(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncIterable<Uint8Array> {
    let bytes = 0;
    try {
      for await (const chunk of body) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) {
          this.failure = 'too-large';
          throw new Error(`The request body is larger than ${maxBytes} bytes`);
        }
        yield chunk;
      }
    } catch (error) {
      this.failure ??= 'broken-off';
      throw error;
    }
  }
}

/** The body's size in bytes, by its `content-length` or its own length; null when unknown beforehand. */
export function statedLength({ headers, body }: RequestMessage): number | null {
  if (body instanceof Uint8Array) return body.byteLength;
  const stated = headers.find(([name]) => name === 'content-length')?.[1];
  return stated === undefined ? null : Number(stated);
}

/** Reads and drops an unused body, so that its sender can finish. */
export async function discard(body: Body): Promise<void> {
  if (body === null || body instanceof Uint8Array) return;
  try {
    const reader = body[Symbol.asyncIterator]();
    while ((await reader.next()).done !== true);
  } catch {
    // The sender is gone; there is no one to report the error to.
  }
}
