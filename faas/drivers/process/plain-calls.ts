/**
 * Calls to an instance that is an ordinary HTTP server. It may close an idle connection at any time.
 * An idempotent call that meets a closing connection is sent again (RFC 9110, 9.2.2); any other call
 * gets a fresh connection.
 */

import { KnownFailure } from '../failure.ts';
import type { Exit, Invocation, Report, RequestMessage } from '../protocol.ts';
import type { Received } from './answer.ts';
import { endOf, isOver, isRepeatable, isWhole, type Calls } from './calls.ts';
import { BodyBroken, Connections, ExchangeFailed } from './connections.ts';
import { isOutOfFiles, tooManyFiles } from './file-limit.ts';

const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** An idle connection is not reused after this time, unless the server announces its own. In ms. */
const KEPT_MS = 4_000;

/** How long to wait for a process's exit after its connections have closed, in ms. */
const GONE_WITHIN_MS = 500;

/** Calls an ordinary HTTP server. Its reports have wall-clock time only. */
export class PlainCalls implements Calls {
  readonly #port: number;
  readonly #shared: Connections;
  readonly #gone = Promise.withResolvers<Error>();
  #end: Error | null = null;

  /** @param most calls at once. Integer ≥ 1 */
  constructor(port: number, most: number) {
    this.#port = port;
    this.#shared = new Connections(port, most, KEPT_MS);
  }

  async invoke(message: RequestMessage): Promise<Invocation> {
    if (this.#end !== null) throw this.#end;
    const startedAt = performance.now();
    let received: Received;
    try {
      received = await this.#exchange(message);
    } catch (error) {
      throw await this.#causeOf(error);
    }
    const report = this.#report(received, startedAt);
    report.catch(() => undefined);
    return { response: received, report };
  }

  async close(exit: Exit): Promise<void> {
    this.#end = endOf(exit);
    this.#gone.resolve(this.#end);
    await this.#shared.close(this.#end);
  }

  async #exchange(message: RequestMessage): Promise<Received> {
    if (!IDEMPOTENT.has(message.method) || !isRepeatable(message)) return this.#alone(message);
    try {
      return await this.#shared.exchange(message);
    } catch (error) {
      if (!(error instanceof ExchangeFailed) || error.hadBegun || this.#end !== null) throw error;
      return this.#alone(message);
    }
  }

  /** Uses a fresh connection. */
  async #alone(message: RequestMessage): Promise<Received> {
    const fresh = new Connections(this.#port, 1);
    const closed = new Error('The connection was closed');
    try {
      const received = await fresh.exchange(message);
      void isOver(received.body).then(() => fresh.close(closed));
      return received;
    } catch (error) {
      void fresh.close(closed);
      throw error;
    }
  }

  async #report({ body }: Received, startedAt: number): Promise<Report> {
    await isOver(body);
    const handlerMs = performance.now() - startedAt;
    const broken = isWhole(body) ? null : body.failure;
    if (broken !== null && this.#end !== null) throw this.#end;
    const error = broken && { message: `Its answer broke off: ${broken.message}`, stack: '' };
    return { handlerMs, cpuMs: null, error };
  }

  async #causeOf(error: unknown): Promise<unknown> {
    if (error instanceof BodyBroken) return error.cause;
    if (!(error instanceof ExchangeFailed)) return error;
    if (isOutOfFiles(error.code)) return tooManyFiles();
    const late = new Promise<null>((resolve) => {
      setTimeout(resolve, GONE_WITHIN_MS, null).unref();
    });
    const gone = await Promise.race([this.#gone.promise, late]);
    return gone ?? new KnownFailure('answer-lost', `The server gave no answer: ${error.message}.`);
  }
}
