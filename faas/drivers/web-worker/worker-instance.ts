/** An instance that runs in a web worker of this page. */

import type { Exit, Invocation, Report, RequestMessage, RunningInstance } from '../protocol.ts';
import { InstanceEnded } from '../failure.ts';
import { receiveBody, sendBody } from './body-port.ts';
import type { BodyMessage, FromWorker, ToWorker } from './messages.ts';

type Told<Type extends FromWorker['type']> = Extract<FromWorker, { type: Type }>;

interface Pending {
  /** True while the reader has not taken the last piece of a streaming body. */
  streams: boolean;
  readonly head: PromiseWithResolvers<Told<'head'>>;
  readonly report: PromiseWithResolvers<Report>;
}

/** Sends calls to the worker as messages and matches its replies to them by number. */
export class WorkerInstance implements RunningInstance {
  readonly startMs: number;
  readonly initMs: number;
  readonly pid = null;
  readonly exited: Promise<Exit>;
  readonly #worker: Worker;
  readonly #exit: (exit: Exit) => void;
  readonly #gone = new AbortController();
  /** Calls without a report yet. */
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  #stopping = false;

  constructor(worker: Worker, startMs: number, initMs: number) {
    this.#worker = worker;
    this.startMs = startMs;
    this.initMs = initMs;
    const { promise, resolve } = Promise.withResolvers<Exit>();
    this.exited = promise;
    this.#exit = resolve;
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
    this.#worker.postMessage(asked, transfer);
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

  told(message: FromWorker): void {
    if (message.type === 'head') this.#pending.get(message.call)?.head.resolve(message);
    else if (message.type === 'report') {
      const { call, handlerMs, busyMs, error } = message;
      const pending = this.#pending.get(call);
      pending?.report.resolve({ handlerMs, cpuMs: busyMs, error });
      if (pending?.streams === false) this.#done(call);
    } else if (message.type === 'out-of-memory') {
      const exit = { code: null, signal: null, asked: false, outOfMemory: true };
      this.#end(exit, 'The instance went over its memory limit');
    } else if (message.type === 'leaving') {
      const { code } = message;
      this.#end({ code, signal: null, asked: false }, `The instance ended (exit code ${code})`);
    }
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
    this.#leaveWhenDone();
  }

  #leaveWhenDone(): void {
    if (this.#stopping && this.#pending.size === 0) this.kill();
  }

  #end(exit: Exit, reason: string): void {
    if (this.#gone.signal.aborted) return;
    this.#worker.terminate();
    const error = new InstanceEnded(reason);
    this.#gone.abort(error);
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
