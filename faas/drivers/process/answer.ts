/** The response to one call: its head, and its body, whole or streaming. */

import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { HeaderList } from '../../api.ts';

/** A response from an instance. The body is null when there is none. */
export interface Received {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array | FlowingBody | null;
}

/** A streaming response body. */
export class FlowingBody extends Readable {
  /** Why the instance's side ended early; null if it did not, or if the reader left. */
  failure: Error | null = null;
}

/** A body whose `content-length` is at most this many bytes is collected and passed on whole. */
const WHOLE_BYTES = 65_536;

/** Headers of the connection between platform and instance, which are not part of the response. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'date',
  'keep-alive',
  'proxy-connection',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Turns undici's events for one exchange into a promise of the response. */
export class Answer implements Dispatcher.DispatchHandler {
  readonly received: Promise<Received>;
  /** Whether any byte of the response has come. */
  hasBegun = false;
  readonly #settle: PromiseWithResolvers<Received>;
  readonly #hasBody: boolean;
  readonly #pieces: Buffer[] = [];
  #head: Omit<Received, 'body'> | null = null;
  #stream: FlowingBody | null = null;
  #hasReaderLeft = false;

  /** @param method of the request: a response to HEAD has no body, whatever its headers say */
  constructor(method: string) {
    this.#hasBody = method !== 'HEAD';
    this.#settle = Promise.withResolvers<Received>();
    this.received = this.#settle.promise;
  }

  // Required: undici recognises the current handler protocol by this method.
  onRequestStart(): void {}

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    fields: Record<string, string | string[] | undefined>,
  ): void {
    this.hasBegun = true;
    // Skips interim responses (1xx).
    if (status < 200) return;
    const coding = fields['transfer-encoding'];
    if (coding !== undefined && String(coding).toLowerCase() !== 'chunked') {
      throw new Error(`The transfer coding "${String(coding)}" is not understood`);
    }
    this.#head = { status, headers: listOf(fields) };
    if (this.#hasBody && !isShort(status, fields['content-length'])) this.#flow(controller);
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#stream === null) this.#pieces.push(piece);
    else if (!this.#stream.push(piece)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#stream !== null) this.#stream.push(null);
    else if (this.#head !== null) this.#settle.resolve({ ...this.#head, body: this.#whole() });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#settle.reject(error);
    if (this.#stream === null || this.#hasReaderLeft) return;
    this.#stream.failure = error;
    this.#stream.destroy(error);
  }

  #flow(controller: Dispatcher.DispatchController): void {
    if (this.#head === null) return;
    const stream = new FlowingBody({
      read: () => controller.resume(),
      destroy: (error, done) => {
        this.#hasReaderLeft = !stream.readableEnded && stream.failure === null;
        // Closing the connection lets the instance know.
        if (this.#hasReaderLeft) controller.abort(error ?? new Error('The reader left'));
        done(error);
      },
    });
    // A reader still gets the error; without a reader it must not count as unhandled.
    stream.on('error', () => undefined);
    this.#stream = stream;
    this.#settle.resolve({ ...this.#head, body: stream });
  }

  #whole(): Uint8Array | null {
    const [first, ...more] = this.#pieces;
    return more.length === 0 ? (first ?? null) : Buffer.concat(this.#pieces);
  }
}

function isShort(status: number, length: string | string[] | undefined): boolean {
  if (status === 204 || status === 304) return true;
  return typeof length === 'string' && Number(length) <= WHOLE_BYTES;
}

function listOf(fields: Record<string, string | string[] | undefined>): HeaderList {
  const headers: [string, string][] = [];
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined || OF_THE_CONNECTION.has(name)) continue;
    if (typeof value === 'string') headers.push([name, value]);
    else for (const one of value) headers.push([name, one]);
  }
  return headers;
}
