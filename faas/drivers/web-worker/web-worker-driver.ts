/** Instances as sandboxed workers of the reader's page: runs the functions without a server. */

import type { FunctionSpec } from '../../core/function.ts';
import type { Driver, Lacks, RunningInstance, StartOptions } from '../protocol.ts';
import type { FetchAnswer, FetchGrant } from './grant.ts';
import type { WorkerMaker } from './sandbox.ts';
import { WorkerInstance } from './worker-instance.ts';

/** What an instance is handed beside its code. */
export interface HandedToInstance {
  /** Its environment, `process.env`; null for none. */
  readonly variables: Readonly<Record<string, string>> | null;
  /** Answers what it fetches in the network's place. */
  readonly answer: FetchAnswer;
}

/** Where a function's code comes from, how its worker is made, and what it may do. */
export interface WebWorkerDriverOptions {
  /** Reads the function as one JavaScript module; null when a browser cannot load it. */
  readonly codeOf: (spec: FunctionSpec) => (() => Promise<string>) | null;
  /** Makes a worker that runs `worker-runtime.ts`: `openSandbox`, in a browser. */
  readonly createWorker: WorkerMaker;
  /** Base of the URLs of calls. @default the page's own origin */
  readonly origin?: string;
  /** Addresses that code may fetch. @default none */
  readonly mayFetch?: FetchGrant;
  /** What a new instance of the function is handed; null for nothing. @default nothing */
  readonly handed?: (spec: FunctionSpec, instance: string) => HandedToInstance | null;
  /** Longest time a start may take until ready, in ms. > 0. @default 10_000 */
  readonly startTimeoutMs?: number;
  /**
   * An instance whose thread does not answer for so long, in ms, while it is loaded or called, is
   * ended: it is in an endless loop, or fills memory. > 0, about 300 for code that nobody has tried.
   * @default no limit but the function's own
   */
  readonly silenceMs?: number;
}

const START_TIMEOUT_MS = 10_000;
const CURE =
  'Get the course and run npm start to call it on your own machine. Until then, its recorded run stands here.';

const LACKS: Lacks = {
  'runtime:python': 'A browser has no Python.',
  'memory-meter': 'A browser does not say what one of its workers holds.',
  'exit-code': 'A worker leaves by close(), which takes no code.',
  signals: 'A worker is no process: it takes no signals.',
};

/** Starts each instance in a sandbox of its own. */
export class WebWorkerDriver implements Driver {
  /** The memory limit covers buffers only: a browser does not report a worker's other memory. */
  readonly lacks: Lacks = takesRepeatedHeaders()
    ? LACKS
    : {
        ...LACKS,
        'repeated-headers': 'A browser takes set-cookie out of every Response that a script makes.',
      };
  readonly #options: WebWorkerDriverOptions;

  constructor(options: WebWorkerDriverOptions) {
    this.#options = options;
  }

  missing(spec: FunctionSpec): string | null {
    if (`runtime:${spec.runtime}` in this.lacks) {
      return `This tab cannot run ${spec.name}: it is written in Python. ${CURE}`;
    }
    if (this.#options.codeOf(spec) !== null) return null;
    return `This tab cannot run ${spec.name}: it needs a server. ${CURE}`;
  }

  async start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance> {
    const { codeOf, createWorker, origin, mayFetch = () => false, silenceMs } = this.#options;
    const handed = this.#options.handed?.(spec, options.id) ?? null;
    options.signal?.throwIfAborted();
    const read = codeOf(spec);
    if (read === null) throw new Error(this.missing(spec) ?? `${spec.file} has no module`);
    const askedAt = performance.now();
    const life = new AbortController();
    const { promise: off, reject: callOff } = Promise.withResolvers<never>();
    const limitMs = this.#options.startTimeoutMs ?? START_TIMEOUT_MS;
    const late = setTimeout(
      () =>
        callOff(new Error(`it was not ready within ${limitMs / 1000} s. Do less while loading`)),
      limitMs,
    );
    const abort = (): void => callOff(new Error('its start was called off'));
    options.signal?.addEventListener('abort', abort, { once: true });
    try {
      const made = Promise.all([createWorker(life.signal), read()]);
      const [worker, code] = await Promise.race([made, off]);
      const instance = new WorkerInstance({
        port: worker.port,
        end: () => life.abort(new Error('The instance has ended.')),
        onLog: options.onLog,
        granted: { mayFetch, ...(handed !== null && { answer: handed.answer }) },
        silenceMs: silenceMs ?? null,
      });
      const { file, memoryMb } = spec;
      const variables = handed?.variables ?? null;
      const load = { code, file, origin: origin ?? location.origin, memoryMb, variables };
      await Promise.race([instance.load(load, askedAt), worker.broken, off]);
      return instance;
    } catch (error) {
      life.abort(error);
      throw error;
    } finally {
      clearTimeout(late);
      options.signal?.removeEventListener('abort', abort);
    }
  }
}

/** Whether scripts can read `set-cookie`: true in Node, false in a browser. */
function takesRepeatedHeaders(): boolean {
  return new Response(null, { headers: { 'set-cookie': 'a=1' } }).headers.has('set-cookie');
}
