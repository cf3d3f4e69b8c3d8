/**
 * Calls to an instance on one of our runtimes. It keeps a ledger, so the platform learns what a call
 * used, whether its handler threw and whether it began without relying on the response, which the
 * function controls.
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

/** A call that the instance may still write notes on. */
interface OpenCall extends LedgerEntry {
  /** The instance's message that it ended; null until that comes. */
  ended: EndedMessage | null;
  /** Resolves with that message; null while no one waits for it. */
  waiting: PromiseWithResolvers<EndedMessage> | null;
}

/** `token` proves to the instance that the platform is calling. */
export interface ReportedCallsOptions {
  readonly connections: Connections;
  readonly ledger: Ledger;
  readonly token: string;
  readonly printed: PrintedLines;
}

/** How long to wait for a process's exit after its connections have closed, in ms. */
const GONE_WITHIN_MS = 2_000;

/** Calls an instance and reads its notes on each call. */
export class ReportedCalls implements Calls {
  readonly #connections: Connections;
  readonly #ledger: Ledger;
  readonly #token: string;
  readonly #printed: PrintedLines;
  readonly #open = new Map<number, OpenCall>();
  /** Number of calls without a response or an error so far. */
  #underWay = 0;
  readonly #settled = Promise.withResolvers<undefined>();
  readonly #gone = Promise.withResolvers<Error>();
  /** How the instance ended; null while it runs. */
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

  /** Takes in the instance's message that a call has ended. */
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
    // Lets the rejections above reach their callers, which still read the ledger.
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
    // No await on this path, and one look into the ledger: every warm call takes it.
    const { state, usage } = this.#ledger.read(open);
    if (state === 'done') {
      return { response: received, report: this.#conclude(open, null, usage) };
    }
    const error = await this.#errorOf(open);
    return { response: error === null ? received : BARE_500, report: this.#conclude(open, error) };
  }

  /** Retries once if the instance has not begun the call: an idle connection may have broken. */
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

  /** The outcome of a call without a response, by how far it had got. */
  async #failed(open: OpenCall, message: RequestMessage, error: unknown): Promise<Invocation> {
    if (!(error instanceof ExchangeFailed)) {
      // The instance may still be running the call, so its slot is not freed.
      this.#open.delete(open.call);
      throw error instanceof BodyBroken ? error.cause : error;
    }
    if (this.#hasBegun(open)) {
      const reported = await this.#errorOf(open);
      return { response: BARE_500, report: this.#conclude(open, reported ?? noAnswer(error)) };
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

  /** The error of a call that the instance never began. If the platform did not end it, another instance may run the call. */
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
    // Usually the note is there once the response is complete; then no message comes.
    if (this.#ledger.read(open).state === 'done') return null;
    open.waiting ??= Promise.withResolvers<EndedMessage>();
    return (await open.waiting.promise).error;
  }

  async #afterBody(open: OpenCall, body: FlowingBody): Promise<Report> {
    await isOver(body);
    const reported = await this.#errorOf(open);
    return this.#conclude(open, reported ?? (body.failure && noAnswer(body.failure)));
  }

  #conclude(
    open: OpenCall,
    error: Report['error'],
    usage = this.#ledger.read(open).usage,
  ): Promise<Report> {
    this.#forget(open);
    return this.#afterLines(usage, error);
  }

  /** Waits for the call's printed lines before it reports the end. */
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

/** The error of a call whose handler did not throw but gave no full response. */
function noAnswer({ message }: Error): NonNullable<Report['error']> {
  return { message: `Its answer is no HTTP answer: ${message}`, stack: '' };
}

const BARE_500 = { status: 500, headers: [], body: null } as const;
