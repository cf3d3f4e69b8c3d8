/**
 * Calls of an instance that runs on a runtime of ours. It keeps a ledger of them, so that what a call
 * used, whether its handler threw and whether it was begun at all is known from another source than
 * the answer, which is the function's own.
 */

import { setImmediate as turn } from 'node:timers/promises';
import { PRIVATE_HEADERS } from '../../api.ts';
import { KnownFailure, NotBegun } from '../failure.ts';
import type { Exit, Invocation, Report, RequestMessage } from '../protocol.ts';
import type { FlowingBody, Received } from './answer.ts';
import { endOf, isOver, isRepeatable, isWhole, type Calls } from './calls.ts';
import { BodyBroken, ExchangeFailed, type Connections } from './connections.ts';
import { isOutOfFiles, tooManyFiles } from './file-limit.ts';
import type { Ledger, LedgerEntry, CallUsage } from './ledger.ts';
import type { PrintedLines } from './printed-lines.ts';
import type { EndedMessage } from './telemetry.ts';

/** A call that the instance may still note something of. */
interface OpenCall extends LedgerEntry {
  /** What the instance has said of its end; null while it has said nothing. */
  ended: EndedMessage | null;
  /** Settled by that, if someone waits for it. */
  waiting: PromiseWithResolvers<EndedMessage> | null;
}

export interface ReportedCallsOptions {
  readonly connections: Connections;
  readonly ledger: Ledger;
  readonly token: string;
  readonly printed: PrintedLines;
}

/** How long a process that has closed its connections may take to be seen as gone, in ms. */
const GONE_WITHIN_MS = 2_000;

export class ReportedCalls implements Calls {
  readonly #connections: Connections;
  readonly #ledger: Ledger;
  readonly #token: string;
  readonly #printed: PrintedLines;
  readonly #open = new Map<number, OpenCall>();
  /** Calls that have neither an answer nor an error yet. */
  #underWay = 0;
  readonly #settled = Promise.withResolvers<undefined>();
  readonly #gone = Promise.withResolvers<Error>();
  /** How it ended; null while it lives. */
  #end: { readonly error: Error; readonly asked: boolean } | null = null;

  constructor({ connections, ledger, token, printed }: ReportedCallsOptions) {
    this.#connections = connections;
    this.#ledger = ledger;
    this.#token = token;
    this.#printed = printed;
  }

  async invoke(message: RequestMessage): Promise<Invocation> {
    if (this.#end !== null) throw this.#lost(this.#end.error);
    this.#underWay += 1;
    try {
      return await this.#invoke(message);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0 && this.#end !== null) this.#settled.resolve(undefined);
    }
  }

  /** What the instance says of a call that has ended. */
  ended(message: EndedMessage): void {
    const open = this.#open.get(message.call);
    if (open === undefined) return;
    open.ended = message;
    open.waiting?.resolve(message);
  }

  async close(exit: Exit): Promise<void> {
    const error = endOf(exit);
    this.#end = { error, asked: exit.asked || exit.outOfMemory === true };
    this.#gone.resolve(error);
    for (const { waiting } of this.#open.values()) waiting?.reject(error);
    await this.#connections.close(error);
    if (this.#underWay > 0) await this.#settled.promise;
    // Whoever waits for them hears of it first.
    await turn();
    this.#ledger.close();
  }

  async #invoke(message: RequestMessage): Promise<Invocation> {
    const open: OpenCall = { ...this.#ledger.open(), ended: null, waiting: null };
    this.#open.set(open.call, open);
    let received: Received;
    try {
      received = await this.#exchange(message, open);
    } catch (error) {
      return this.#failed(open, message, error);
    }
    if (!isWhole(received.body)) {
      const report = this.#afterBody(open, received.body);
      report.catch(() => undefined);
      return { response: received, report };
    }
    // Nothing is awaited that need not be: each warm call passes here.
    if (this.#ledger.read(open).state === 'done') {
      return { response: received, report: this.#conclude(open, null) };
    }
    const error = await this.#errorOf(open);
    return { response: error === null ? received : BARE_500, report: this.#conclude(open, error) };
  }

  /** Once more if the instance has not begun it: a connection may break while nothing is said on it. */
  async #exchange(message: RequestMessage, open: OpenCall): Promise<Received> {
    const own = [
      PRIVATE_HEADERS.token,
      this.#token,
      PRIVATE_HEADERS.call,
      `${open.call}.${open.slot}`,
    ];
    try {
      return await this.#connections.exchange(message, own);
    } catch (error) {
      const mayRepeat = error instanceof ExchangeFailed && !error.hadBegun && isRepeatable(message);
      if (!mayRepeat || this.#end !== null || this.#hasBegun(open)) throw error;
      return this.#connections.exchange(message, own);
    }
  }

  /** There is no answer. What there is instead depends on how far the call had come. */
  async #failed(open: OpenCall, message: RequestMessage, error: unknown): Promise<Invocation> {
    if (!(error instanceof ExchangeFailed)) {
      // The instance may still be at it: no other call is noted where this one is.
      this.#open.delete(open.call);
      throw error instanceof BodyBroken ? error.cause : error;
    }
    if (this.#hasBegun(open)) {
      const told = await this.#errorOf(open);
      return { response: BARE_500, report: this.#conclude(open, told ?? noAnswer(error)) };
    }
    this.#forget(open);
    if (isOutOfFiles(error.code)) throw tooManyFiles();
    if (error.code === 'UND_ERR_INVALID_ARG') {
      throw new KnownFailure('bad-request', `The call cannot be passed on: ${error.message}.`);
    }
    const gone = await this.#goneSoon();
    if (gone === null) throw error;
    throw isRepeatable(message) ? this.#lost(gone) : gone;
  }

  /** What becomes of a call that a lost instance had not begun: if nobody wanted its end, another may run it. */
  #lost(gone: Error): Error {
    return this.#end?.asked === false ? new NotBegun(gone.message) : gone;
  }

  #hasBegun(open: OpenCall): boolean {
    return this.#ledger.read(open).state !== 'not-begun';
  }

  /** Resolves once the call has ended, with what its handler threw. Rejects when the instance is gone. */
  async #errorOf(open: OpenCall): Promise<Report['error']> {
    if (open.ended !== null) return open.ended.error;
    if (this.#end !== null) throw this.#end.error;
    // Most often it is noted by the time the answer is whole, and then nothing else is said.
    if (this.#ledger.read(open).state === 'done') return null;
    open.waiting ??= Promise.withResolvers<EndedMessage>();
    return (await open.waiting.promise).error;
  }

  async #afterBody(open: OpenCall, body: FlowingBody): Promise<Report> {
    await isOver(body);
    const told = await this.#errorOf(open);
    return this.#conclude(open, told ?? (body.failure && noAnswer(body.failure)));
  }

  #conclude(open: OpenCall, error: Report['error']): Promise<Report> {
    const { usage } = this.#ledger.read(open);
    this.#forget(open);
    return this.#afterLines(usage, error);
  }

  /** What a call has printed is here before its end is known. */
  async #afterLines(
    { handlerMs, cpuMs, lines }: CallUsage,
    error: Report['error'],
  ): Promise<Report> {
    if (!this.#printed.has(lines)) await this.#printed.reach(lines);
    return { handlerMs, cpuMs, error };
  }

  #forget(open: OpenCall): void {
    this.#open.delete(open.call);
    this.#ledger.release(open);
  }

  async #goneSoon(): Promise<Error | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, GONE_WITHIN_MS, null);
    });
    const gone = await Promise.race([this.#gone.promise, late]);
    clearTimeout(timer);
    return gone;
  }
}

/** What is said of a handler that saw nothing wrong itself. */
function noAnswer({ message }: Error): NonNullable<Report['error']> {
  return { message: `Its answer is no HTTP answer: ${message}`, stack: '' };
}

const BARE_500 = { status: 500, headers: [], body: null } as const;
