/** Bodies as they flow: counted while they come, and read to their end when nobody wants them. */

import type { Body, RequestMessage } from './protocol.ts';

/** A request body that ends with an error once it is too large, and remembers why it ended. */
export class LimitedBody {
  readonly body: Body;
  /** Why it could not be read to its end; null while all is well. */
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

/** The size a request says its body has, or has; null when that is not known beforehand. */
export function statedLength({ headers, body }: RequestMessage): number | null {
  if (body instanceof Uint8Array) return body.byteLength;
  const stated = headers.find(([name]) => name === 'content-length')?.[1];
  return stated === undefined ? null : Number(stated);
}

/** Reads what nobody wants, so that its sender can finish. */
export async function discard(body: Body): Promise<void> {
  if (body === null || body instanceof Uint8Array) return;
  try {
    const reader = body[Symbol.asyncIterator]();
    while ((await reader.next()).done !== true);
  } catch {
    // It broke off; there is nobody to tell.
  }
}
