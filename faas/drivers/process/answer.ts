/** What comes back on one call: its head, and its body whole or as it comes. */

import { Readable } from 'node:stream';
import type { FlatHeaders } from './head.ts';

export interface Received {
  readonly status: number;
  readonly headers: FlatHeaders;
  readonly body: Uint8Array | Readable | null;
}

/** Where it comes from. */
export interface Source {
  abort(reason: Error): void;
  pause(): void;
  resume(): void;
}

/** A body of at most this many bytes is waited for and handed over whole. */
const WHOLE_BYTES = 65_536;

export class Answer {
  readonly received: Promise<Received>;
  readonly #settle: PromiseWithResolvers<Received>;
  readonly #source: Source;
  readonly #pieces: Buffer[] = [];
  #head: Omit<Received, 'body'> | null = null;
  #stream: Readable | null = null;

  constructor(source: Source) {
    this.#source = source;
    this.#settle = Promise.withResolvers<Received>();
    this.received = this.#settle.promise;
  }

  /** @param length of its body in bytes; null when nobody knows */
  head(status: number, headers: FlatHeaders, length: number | null): void {
    this.#head = { status, headers };
    if (length !== null && length <= WHOLE_BYTES) return;
    const source = this.#source;
    this.#stream = new Readable({
      read: () => source.resume(),
      destroy: (error, done) => {
        // Its reader has left before the end: the instance is to hear of it.
        if (!this.#stream?.readableEnded) source.abort(error ?? new Error('The reader left'));
        done(error);
      },
    });
    // Its reader hears of an end that comes too early; without one it is nobody's error.
    this.#stream.on('error', () => undefined);
    this.#settle.resolve({ ...this.#head, body: this.#stream });
  }

  data(piece: Buffer): void {
    if (this.#stream === null) this.#pieces.push(piece);
    else if (!this.#stream.push(piece)) this.#source.pause();
  }

  end(): void {
    if (this.#stream !== null) this.#stream.push(null);
    else if (this.#head !== null) {
      const [first, ...more] = this.#pieces;
      const body = more.length === 0 ? (first ?? null) : Buffer.concat(this.#pieces);
      this.#settle.resolve({ ...this.#head, body });
    }
  }

  fail(error: Error): void {
    this.#settle.reject(error);
    this.#stream?.destroy(error);
  }
}
