/** Streams a body between page and worker: the writer sends a piece each time the reader asks. */

import type { FromReader, FromWriter } from './messages.ts';

/** Sends the body over a port. @returns the port for the reader's side */
export function sendBody(body: AsyncIterable<Uint8Array>): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const pieces = body[Symbol.asyncIterator]();
  port1.onmessage = ({ data }: MessageEvent<FromReader>) => {
    if (data.type === 'pull') void answer(port1, pieces);
    else void pieces.return?.().catch(() => undefined);
  };
  return port2;
}

async function answer(port: MessagePort, pieces: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    const next = await pieces.next();
    if (next.done === true) post(port, { type: 'end' });
    else post(port, { type: 'piece', piece: next.value });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    post(port, { type: 'broken', message });
  }
}

function post(port: MessagePort, message: FromWriter): void {
  port.postMessage(message);
}

/** @param gone aborts when the other side has ended and will not answer */
export async function* receiveBody(
  port: MessagePort,
  gone?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const heard = new Inbox(port, gone);
  try {
    for (;;) {
      port.postMessage({ type: 'pull' } satisfies FromReader);
      const message = await heard.next();
      if (message.type === 'end') return;
      if (message.type === 'broken') throw new Error(message.message);
      yield message.piece;
    }
  } finally {
    port.postMessage({ type: 'cancel' } satisfies FromReader);
    port.close();
  }
}

/** Pairs each request with the next message received. */
class Inbox {
  #asked: PromiseWithResolvers<FromWriter> | null = null;
  readonly #gone: AbortSignal | undefined;

  constructor(port: MessagePort, gone: AbortSignal | undefined) {
    this.#gone = gone;
    port.onmessage = ({ data }: MessageEvent<FromWriter>) => this.#asked?.resolve(data);
    gone?.addEventListener('abort', () => this.#asked?.reject(gone.reason), { once: true });
  }

  next(): Promise<FromWriter> {
    this.#gone?.throwIfAborted();
    this.#asked = Promise.withResolvers();
    return this.#asked.promise;
  }
}
