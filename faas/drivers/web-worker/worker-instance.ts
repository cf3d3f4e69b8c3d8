/** An instance that runs in a sandboxed worker of this page. */

import type { Exit, Invocation, Report, RequestMessage, RunningInstance } from '../protocol.ts';
import type { StartOptions } from '../protocol.ts';
import { InstanceEnded } from '../failure.ts';
import { receiveBody, sendBody } from './body-port.ts';
import { doFavor, type Granted } from './grant.ts';
import type { BodyMessage, FromWorker, ToWorker } from './messages.ts';
import { SilenceWatch } from './silence.ts';

type Told<Type extends FromWorker['type']> = Extract<FromWorker, { type: Type }>;

interface Pending {
  /** True while the reader has not taken the last piece of a streaming body. */
  streams: boolean;
  readonly head: PromiseWithResolvers<Told<'head'>>;
  readonly report: PromiseWithResolvers<Report>;
}

/** What an instance is made of. */
export interface WorkerInstanceParts {
  /** The instance's end of the worker's port. */
  readonly port: MessagePort;
  /** Ends the worker and all that it started. */
  readonly end: () => void;
  readonly onLog: StartOptions['onLog'];
  readonly granted: Granted;
  /** Null: no limit. */
  readonly silenceMs: number | null;
}

/** Sends calls to the worker as messages and matches its replies to them by number. */
export class WorkerInstance implements RunningInstance {
  /** Set by `load`. */
  startMs = 0;
  /** Set by `load`. */
  initMs = 0;
  readonly pid = null;
  readonly exited: Promise<Exit>;
  readonly #parts: WorkerInstanceParts;
  readonly #exit: (exit: Exit) => void;
  readonly #gone = new AbortController();
  readonly #up = Promise.withResolvers<undefined>();
  readonly #loaded = Promise.withResolvers<Told<'ready' | 'start-failed'>>();
  readonly #silence: SilenceWatch | null;
  /** Calls without a report yet. */
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  #stopping = false;

  constructor(parts: WorkerInstanceParts) {
    this.#parts = parts;
    const { promise, resolve } = Promise.withResolvers<Exit>();
    this.exited = promise;
    this.#exit = resolve;
    this.#loaded.promise.catch(() => undefined);
    this.#silence = parts.silenceMs === null ? null : this.#watch(parts.silenceMs);
    parts.port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isMessage(data)) this.#receive(data);
    };
  }

  /**
   * Hands the function to the worker. Resolves when it is ready for calls.
   * @param askedAt when the start was asked for, by `performance.now()`
   * @throws why the function could not be loaded
   */
  async load(
    given: Omit<Extract<ToWorker, { type: 'load' }>, 'type'>,
    askedAt: number,
  ): Promise<void> {
    await this.#up.promise;
    const { file } = given;
    this.#send({ type: 'load', ...given });
    this.#silence?.start();
    const message = await this.#loaded.promise.catch((ended: InstanceEnded) => {
      throw new Error(`${file} did not load. ${ended.message}`);
    });
    if (message.type === 'start-failed') throw loadFailure(file, message);
    this.initMs = message.initMs;
    this.startMs = Math.max(0, performance.now() - askedAt - message.initMs);
    this.#rest();
  }

  async invoke(message: RequestMessage): Promise<Invocation> {
    this.#gone.signal.throwIfAborted();
    const call = ++this.#calls;
    const pending: Pending = {
      streams: false,
      head: Promise.withResolvers<Told<'head'>>(),
      report: Promise.withResolvers<Report>(),
    };
    // The caller may never await the report; its rejection must not be unhandled.
    pending.report.promise.catch(() => undefined);
    this.#pending.set(call, pending);
    const { method, url, headers } = message;
    const transfer: Transferable[] = [];
    const body = toBodyMessage(message.body, transfer);
    const asked: ToWorker = { type: 'call', call, method, url, headers, body };
    this.#send(asked, transfer);
    this.#silence?.start();
    const head = await pending.head.promise;
    const response = {
      status: head.status,
      headers: head.headers,
      body: isPort(head.body) ? this.#stream(head.body, call, pending) : head.body,
    };
    return { response, report: pending.report.promise };
  }

  /** A browser does not report the memory of a worker. */
  memoryMb(): null {
    return null;
  }

  /** A worker has no signals: it is terminated once its last call has ended. */
  stop(): Promise<Exit> {
    this.#stopping = true;
    this.#leaveWhenDone();
    return this.exited;
  }

  kill(): void {
    this.#end({ code: null, signal: null, asked: true }, 'The instance was killed');
  }

  #receive(message: FromWorker): void {
    // A loop can print and ask without a pause: only an answer shows that the thread is free.
    if (message.type === 'here') this.#silence?.heard();
    else if (message.type === 'head') this.#pending.get(message.call)?.head.resolve(message);
    else if (message.type === 'report') {
      const { call, handlerMs, busyMs, error } = message;
      const pending = this.#pending.get(call);
      pending?.report.resolve({ handlerMs, cpuMs: busyMs, error });
      if (pending?.streams === false) this.#done(call);
    } else if (message.type === 'log') {
      for (const { stream, text } of message.lines) this.#parts.onLog(stream, text);
    } else if (message.type === 'favor') void this.#favor(message);
    else if (message.type === 'up') this.#up.resolve(undefined);
    else if (message.type === 'ready' || message.type === 'start-failed') {
      this.#loaded.resolve(message);
    } else if (message.type === 'out-of-memory') {
      const exit = { code: null, signal: null, asked: false, outOfMemory: true };
      this.#end(exit, 'The instance went over its memory limit');
    } else if (message.type === 'leaving') {
      const { code } = message;
      this.#end({ code, signal: null, asked: false }, `The instance ended (exit code ${code})`);
    }
  }

  async #favor({ favor, of }: Told<'favor'>): Promise<void> {
    const result = await doFavor(of, this.#parts.granted);
    if (!this.#gone.signal.aborted) this.#send({ type: 'favor-done', favor, result });
  }

  #watch(limitMs: number): SilenceWatch {
    return new SilenceWatch(
      limitMs,
      () => this.#send({ type: 'there' }),
      () => {
        const fault = `It was stopped: it ran on without a pause for ${limitMs} ms. Look for a loop that does not end, one without an await in it, or one that fills memory.`;
        this.#end({ code: null, signal: null, asked: false, fault }, fault);
      },
    );
  }

  /** Nothing is asked of it now, so nothing is expected. */
  #rest(): void {
    if (this.#pending.size === 0) this.#silence?.stop();
  }

  #send(message: ToWorker, transfer: Transferable[] = []): void {
    this.#parts.port.postMessage(message, transfer);
  }

  /** The worker is done at the report, but the call ends only when the reader has taken the last piece. */
  #stream(port: MessagePort, call: number, pending: Pending): AsyncGenerator<Uint8Array, void> {
    pending.streams = true;
    const pieces = receiveBody(port, this.#gone.signal);
    const done = (): void => {
      void pending.report.promise.then(
        () => this.#done(call),
        () => undefined,
      );
    };
    return (async function* () {
      try {
        yield* pieces;
      } finally {
        done();
      }
    })();
  }

  #done(call: number): void {
    this.#pending.delete(call);
    this.#rest();
    this.#leaveWhenDone();
  }

  #leaveWhenDone(): void {
    if (this.#stopping && this.#pending.size === 0) this.kill();
  }

  #end(exit: Exit, reason: string): void {
    if (this.#gone.signal.aborted) return;
    this.#silence?.stop();
    const error = new InstanceEnded(reason);
    this.#gone.abort(error);
    this.#parts.end();
    this.#loaded.reject(error);
    for (const { head, report } of this.#pending.values()) {
      head.reject(error);
      report.reject(error);
    }
    this.#pending.clear();
    this.#exit(exit);
  }
}

function toBodyMessage(body: RequestMessage['body'], transfer: Transferable[]): BodyMessage {
  if (body === null || body instanceof Uint8Array) return body;
  const port = sendBody(body);
  transfer.push(port);
  return port;
}

function isPort(body: BodyMessage): body is MessagePort {
  return body !== null && !(body instanceof Uint8Array);
}

/** Code in the sandbox shares its realm with the runtime, and can put anything on the port. */
function isMessage(data: unknown): data is FromWorker {
  return typeof data === 'object' && data !== null && 'type' in data;
}

function loadFailure(file: string, { message, stack }: Told<'start-failed'>): Error {
  const error = new Error(`${file} failed while it was loaded: ${message}`);
  error.stack = stack;
  return error;
}
