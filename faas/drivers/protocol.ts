/**
 * The driver boundary: how an instance comes to be, and how it is spoken to. Types only.
 * Nothing above it knows whether an instance is a process, a worker or a container.
 */

import type { HeaderList } from '../api.ts';
import type { FunctionSpec, Runtime } from '../core/function.ts';

/** Bytes of a message: all at once, as they come, or none. */
export type Body = Uint8Array | AsyncIterable<Uint8Array> | null;

export interface RequestMessage {
  readonly method: string;
  /** Path and query, dynamic segments already in the query: `/api/items/42?id=42`. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Body;
}

export interface ResponseMessage {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Body;
}

/** What an invocation used, known once its last byte is written. */
export interface Report {
  /** Time inside the handler, body included, in ms, by the instance's own clock. */
  readonly handlerMs: number;
  /**
   * CPU time in ms; in a page, which is told none, how long the thread was busy. Null where it cannot
   * be told.
   */
  readonly cpuMs: number | null;
  /** Set when the handler threw; the response is then a bare 500 whose body is to be replaced. */
  readonly error: { readonly message: string; readonly stack: string } | null;
}

export interface Invocation {
  readonly response: ResponseMessage;
  /** Never rejects before the response's body has ended or failed. */
  readonly report: Promise<Report>;
}

/** How an instance ended. `asked` when we stopped or killed it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly asked: boolean;
  /** True when it went over its memory limit and was killed for it. */
  readonly outOfMemory?: boolean;
  /** What a fault that was asked for did to it, for the reader. */
  readonly fault?: string;
}

export interface RunningInstance {
  /** From asked-for to runtime up, in ms. */
  readonly startMs: number;
  /** Loading the function's module, in ms. */
  readonly initMs: number;
  readonly pid: number | null;
  /**
   * Runs to its end, whether or not its caller waits. Rejects when the instance dies or the request's
   * body breaks off before the response's head, with a `KnownFailure` when the call failed and the
   * instance did not, and with `NotBegun` when the instance was lost and had not begun the call;
   * in any case before `exited` resolves.
   */
  invoke(request: RequestMessage): Promise<Invocation>;
  /** Private memory in MB (10^6 bytes), or null where it cannot be told. */
  memoryMb(): number | null;
  /** Asks it to leave once what runs is done (SIGTERM). Resolves when it has. */
  stop(): Promise<Exit>;
  /** Ends it at once (SIGKILL). */
  kill(): void;
  /** Resolves, never rejects, when the instance is no more. */
  readonly exited: Promise<Exit>;
}

export interface StartOptions {
  /** Name of the instance, unique in its platform's life. */
  readonly id: string;
  /** Each whole line that the function prints. */
  readonly onLog: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Requests it may be given at once. @default 1 */
  readonly concurrency?: number;
  /** Ends a start that is no longer wanted; `start` then rejects. */
  readonly signal?: AbortSignal;
}

/** What a driver may be able to do, beside starting instances and calling them. */
export type Capability =
  /** Runs functions of this runtime. */
  | `runtime:${Runtime}`
  /** Ends an instance that holds more than its function's `memoryMb`. */
  | 'memory-limit'
  /** `memoryMb()` of an instance is a number. */
  | 'memory-meter'
  /** The report of a call has `cpuMs`. */
  | 'cpu-time'
  /** `initMs` of an instance is the time that its module took to load. */
  | 'init-time'
  /** The report of a call has the `error` that its handler threw, and a failed start that of the module. */
  | 'error-report'
  /** What a call prints is read before its report comes. */
  | 'printed-lines'
  /** The exit of an instance that left by itself has its `code`. */
  | 'exit-code'
  /** A header that a function sets twice, such as `set-cookie`, comes back twice. */
  | 'repeated-headers'
  /** `kill()` ends an instance at once, whatever it does. */
  | 'kill'
  /** The process `pid` of an instance takes signals: it can be stopped and continued. */
  | 'signals';

/** Why not, and what to do instead, for the reader. What is not named here, the driver can do. */
export type Lacks = Readonly<Partial<Record<Capability, string>>>;

export interface Driver {
  readonly lacks: Lacks;
  /** Null when it can run `spec`; else why not and what to do, for the reader. */
  missing(spec: FunctionSpec): string | null;
  /** Rejects when the instance never became ready; with a `KnownFailure` if its code is to blame for nothing. */
  start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance>;
}
