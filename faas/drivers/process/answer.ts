/** What comes back on one call: its head, and its body whole or as it comes. */

import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { HeaderList } from '../protocol.ts';

export interface Received {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array | Readable | null;
}

/** A body of at most this many bytes is waited for and handed over whole. */
const WHOLE_BYTES = 65_536;

export class Answer implements Dispatcher.DispatchHandler {
  readonly received: Promise<Received>;
  readonly #settle: PromiseWithResolvers<Received>;
  readonly #pieces: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #abortedEarly = false;
  #head: Omit<Received, 'body'> | null = null;
  #stream: Readable | null = null;

  constructor() {
    this.#settle = Promise.withResolvers<Received>();
    this.received = this.#settle.promise;
  }

  abort(): void {
    this.#abortedEarly = true;
    this.#controller?.abort(new Error('The call was aborted'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#abortedEarly) this.abort();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // An interim answer is not the answer.
    if (status < 200) return;
    const headers = pairs(controller.rawHeaders);
    this.#head = { status, headers };
    const length = headers.find(([name]) => name === 'content-length')?.[1];
    if (length !== undefined && Number(length) <= WHOLE_BYTES) return;
    this.#stream = new Readable({
      read: () => controller.resume(),
      destroy: (error, done) => {
        // Its reader has left before the end: the instance is to hear of it.
        if (!this.#stream?.readableEnded) controller.abort(error ?? new Error('The reader left'));
        done(error);
      },
    });
    // Its reader hears of an end that comes too early; without one it is nobody's error.
    this.#stream.on('error', () => undefined);
    this.#settle.resolve({ ...this.#head, body: this.#stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#stream === null) this.#pieces.push(piece);
    else if (!this.#stream.push(piece)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#stream !== null) this.#stream.push(null);
    else if (this.#head !== null) {
      const [first, ...more] = this.#pieces;
      const body = more.length === 0 ? (first ?? null) : Buffer.concat(this.#pieces);
      this.#settle.resolve({ ...this.#head, body });
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle.reject(error);
    this.#stream?.destroy(error);
  }
}

function pairs(raw: Dispatcher.DispatchController['rawHeaders']): HeaderList {
  const flat = Array.isArray(raw)
    ? raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
    : [];
  return Array.from({ length: flat.length / 2 }, (_, at): [string, string] => [
    (flat[2 * at] ?? '').toLowerCase(),
    flat[2 * at + 1] ?? '',
  ]);
}
