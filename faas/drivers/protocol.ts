/**
 * The driver boundary: how instances are started and called. Types only. The code above it does not
 * know whether an instance is a process, a worker or a container.
 */

import type { HeaderList } from '../api.ts';
import type { FunctionSpec, Runtime } from '../core/function.ts';

/** A message's body: whole, streaming, or none. */
export type Body = Uint8Array | AsyncIterable<Uint8Array> | null;

/** A request, independent of HTTP version and of Node's or the browser's types. */
export interface RequestMessage {
  readonly method: string;
  /** Path and query; dynamic segments are already in the query: `/api/items/42?id=42`. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Body;
}

/** A response; its head is complete, its body may still stream. */
export interface ResponseMessage {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Body;
}

/** What an invocation used. Known once the last byte of its response is written. */
export interface Report {
  /** Time inside the handler, body included, in ms, by the instance's own clock. */
  readonly handlerMs: number;
  /**
   * CPU time in ms; in a page, which cannot measure it, the time that the thread was busy. Null where
   * neither is known.
   */
  readonly cpuMs: number | null;
  /** Set when the handler threw. The response is then a bare 500; the platform replaces its body. */
  readonly error: { readonly message: string; readonly stack: string } | null;
}

/** A call whose response has begun. */
export interface Invocation {
  readonly response: ResponseMessage;
  /** May reject, but only after the response's body has ended or failed. */
  readonly report: Promise<Report>;
}

/** How an instance ended. `asked` is true when the platform stopped or killed it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly asked: boolean;
  /** True when it was killed for exceeding its memory limit. */
  readonly outOfMemory?: boolean;
  /** What an injected fault or a limit of the driver did to it, as text for the reader. */
  readonly fault?: string;
}

/** An instance that is ready for calls. */
export interface RunningInstance {
  /** From the start request until the runtime is up, in ms. */
  readonly startMs: number;
  /** Time to load the function's module, in ms. */
  readonly initMs: number;
  readonly pid: number | null;
  /**
   * The call runs to its end even if its caller leaves. Rejects before the response's head when the
   * instance dies or the request's body breaks off: with a `KnownFailure` when only the call failed,
   * with `NotBegun` when the instance was lost before it began the call. Always settles before
   * `exited` resolves.
   */
  invoke(request: RequestMessage): Promise<Invocation>;
  /** Private memory in MB (10^6 bytes); null where it cannot be measured. */
  memoryMb(): number | null;
  /** Asks it to finish its calls and exit (SIGTERM). Resolves when it has exited. */
  stop(): Promise<Exit>;
  /** Ends it at once (SIGKILL). */
  kill(): void;
  /**
   * Stops it where it is, while it has no call (SIGSTOP); `stop` and `kill` end it all the same. Absent
   * where the driver lacks `signals`.
   */
  freeze?(): void;
  /** Lets it go on (SIGCONT), before it is given a call. Without effect when it is not frozen. */
  thaw?(): void;
  /** Resolves when the instance has ended. Never rejects. */
  readonly exited: Promise<Exit>;
}

/** How one instance is started. */
export interface StartOptions {
  /** Name of the instance, unique in its platform's life. */
  readonly id: string;
  /** Called with each whole line that the function prints. */
  readonly onLog: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Most calls it is given at once. Integer ≥ 1. @default 1 */
  readonly concurrency?: number;
  /** Cancels the start; `start` then rejects. */
  readonly signal?: AbortSignal;
}

/** What some drivers can do beyond starting and calling instances. */
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

/** Capabilities the driver does not have: why, and what to do instead. It has all others. */
export type Lacks = Readonly<Partial<Record<Capability, string>>>;

/** Starts instances of one kind: processes, servers, workers. */
export interface Driver {
  readonly lacks: Lacks;
  /** Null when it can run `spec`; else why not and what to do, as text for the reader. */
  missing(spec: FunctionSpec): string | null;
  /** Rejects when the instance did not become ready: with a `KnownFailure` when the function is not at fault. */
  start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance>;
}
