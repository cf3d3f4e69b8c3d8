/** The connections to one instance: a request goes out over HTTP/1.1, an answer comes back. */

import { Client, Pool, type Dispatcher } from 'undici';
import { PRIVATE_HEADERS } from '../../api.ts';
import type { Body, RequestMessage } from '../protocol.ts';
import { Answer, type Received } from './answer.ts';

/**
 * Of the caller's headers: those of its own connection. `expect` is answered by who has the caller's
 * connection; undici refuses a request that has it.
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

/** How long a call may take is the pool's to say, and not a connection's. */
const OPTIONS = {
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
  maxHeaderSize: 65_536,
} as const;

/** An instance of ours closes no idle connection, so that the next call finds one. In ms. */
const KEPT_MS = 600_000;

/** The request's body broke off before its end: the instance is not at fault. */
export class BodyBroken extends Error {}

/** An exchange that came to nothing. */
export class ExchangeFailed extends Error {
  /** Whether any of the answer had come. */
  readonly hadBegun: boolean;

  constructor(cause: unknown, hadBegun: boolean) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.hadBegun = hadBegun;
  }

  /** Of the system or of undici: `ECONNREFUSED`, `UND_ERR_SOCKET`, `HPE_INVALID_CONSTANT`. */
  get code(): string | undefined {
    return (this.cause as NodeJS.ErrnoException).code;
  }
}

export class Connections {
  readonly #dispatcher: Dispatcher;

  /**
   * @param port on 127.0.0.1
   * @param most connections at once: as many as the instance may be given calls. Integer ≥ 1
   * @param keptMs longest time that a connection is kept idle. @default 600_000
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
   * @param own headers of the platform, names and values in turn
   * @throws ExchangeFailed before the whole head has come; BodyBroken when the request's body ends
   * early; TypeError when the message would be read as another
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

  /** What is under way fails. Resolves once all are closed. */
  async close(reason: Error): Promise<void> {
    await this.#dispatcher.destroy(reason);
  }
}

/** A body that flows, and that remembers that it broke off. */
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

/** Names and values in turn. The length of a body that is there whole is undici's to say. */
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
