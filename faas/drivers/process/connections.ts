/** The HTTP/1.1 connections to one instance. */

import { Client, Pool, type Dispatcher } from 'undici';
import { PRIVATE_HEADERS } from '../../api.ts';
import type { Body, RequestMessage } from '../protocol.ts';
import { Answer, type Received } from './answer.ts';

/**
 * Headers of the caller's own connection, which are not passed on. The gateway itself answers
 * `expect`, and undici refuses a request that carries it.
 */
const NOT_PASSED: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  PRIVATE_HEADERS.token,
  PRIVATE_HEADERS.call,
]);

/** No time-outs here: the pool limits how long a call may take. */
const OPTIONS = {
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
  maxHeaderSize: 65_536,
} as const;

/** Our runtimes never close an idle connection, so it is kept for the next call. In ms. */
const KEPT_MS = 600_000;

/** The request's body broke off before its end: the instance is not at fault. */
export class BodyBroken extends Error {}

/** An exchange that ended without a complete response head. */
export class ExchangeFailed extends Error {
  /** Whether any byte of the response had come. */
  readonly hadBegun: boolean;

  constructor(cause: unknown, hadBegun: boolean) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.hadBegun = hadBegun;
  }

  /** Error code of the system or of undici: `ECONNREFUSED`, `UND_ERR_SOCKET`, `HPE_INVALID_CONSTANT`. */
  get code(): string | undefined {
    return (this.cause as NodeJS.ErrnoException).code;
  }
}

/** Sends requests to one instance over a bounded set of kept connections. */
export class Connections {
  readonly #dispatcher: Dispatcher;

  /**
   * @param port on 127.0.0.1
   * @param most connections at once, equal to the instance's concurrency. Integer ≥ 1
   * @param keptMs longest time that an idle connection is kept. @default 600_000
   */
  constructor(port: number, most: number, keptMs = KEPT_MS) {
    const origin = `http://127.0.0.1:${port}`;
    const options = { ...OPTIONS, keepAliveTimeout: keptMs };
    const isLimited = Number.isFinite(most);
    this.#dispatcher =
      most === 1
        ? new Client(origin, options)
        : new Pool(origin, { ...options, connections: isLimited ? most : null });
  }

  /**
   * @param own headers of the platform, as alternating names and values
   * @throws ExchangeFailed when the connection fails before the response's head is complete;
   * BodyBroken when the request's body ends early; TypeError when a header or the URL is not valid
   */
  async exchange(message: RequestMessage, own: readonly string[] = []): Promise<Received> {
    const { method, url, body } = message;
    const answer = new Answer(method);
    const source = body === null || body instanceof Uint8Array ? null : new Source(body);
    this.#dispatcher.dispatch(
      {
        method: method as Dispatcher.HttpMethod,
        path: url,
        headers: headersOf(message, own),
        body: (source ?? body) as Uint8Array | null,
      },
      answer,
    );
    try {
      return await answer.received;
    } catch (error) {
      if (source !== null && source.failure !== null)
        throw new BodyBroken('', { cause: source.failure });
      throw new ExchangeFailed(error, answer.hasBegun);
    }
  }

  /** Fails the exchanges in flight with `reason`. Resolves once all connections are closed. */
  async close(reason: Error): Promise<void> {
    await this.#dispatcher.destroy(reason);
  }
}

/** A streaming request body that records whether it failed. */
class Source implements AsyncIterable<Uint8Array> {
  failure: unknown = null;
  readonly #body: AsyncIterable<Uint8Array>;

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#body = body;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      yield* this.#body;
    } catch (error) {
      this.failure = error ?? new Error('The body broke off');
      throw error;
    }
  }
}

/** Alternating names and values. undici sets the `content-length` of a whole body. */
function headersOf({ headers, body }: RequestMessage, own: readonly string[]): string[] {
  const flat = [...own];
  const flows = isFlowing(body);
  for (const [name, value] of headers) {
    if (NOT_PASSED.has(name) || (name === 'content-length' && !flows)) continue;
    flat.push(name, value);
  }
  return flat;
}

function isFlowing(body: Body): boolean {
  return body !== null && !(body instanceof Uint8Array);
}
