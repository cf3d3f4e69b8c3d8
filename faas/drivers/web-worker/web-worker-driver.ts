/** Instances as web workers of the reader's page: runs the functions without a server. */

import type { FunctionSpec } from '../../core/function.ts';
import type { Driver, Lacks, RunningInstance, StartOptions } from '../protocol.ts';
import { WorkerInstance } from './worker-instance.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** Where a function's module comes from, and how its worker is made. */
export interface WebWorkerDriverOptions {
  /** URL of the function as one JavaScript module; null when a browser cannot load it. */
  readonly moduleOf: (spec: FunctionSpec) => string | null;
  /** Makes a worker that runs `worker-runtime.ts`. @default a module worker of this page */
  readonly createWorker?: () => Worker;
  /** Longest time a start may take until ready, in ms. > 0. @default 10_000 */
  readonly startTimeoutMs?: number;
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

/** Starts each instance as a module worker. It needs no permission and no network but the module's URL. */
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
    if (this.#options.moduleOf(spec) !== null) return null;
    return `This tab cannot run ${spec.name}: it needs a server. ${CURE}`;
  }

  async start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance> {
    options.signal?.throwIfAborted();
    const module = this.#options.moduleOf(spec);
    if (module === null) throw new Error(this.missing(spec) ?? `${spec.file} has no module`);
    const askedAt = performance.now();
    const worker = (this.#options.createWorker ?? createModuleWorker)();
    const ready = Promise.withResolvers<number>();
    let instance: WorkerInstance | null = null;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'log') options.onLog(data.stream, data.text);
      else if (data.type === 'up') {
        const { memoryMb } = spec;
        worker.postMessage({ type: 'load', module, memoryMb } satisfies ToWorker);
      } else if (data.type === 'ready') ready.resolve(data.initMs);
      else if (data.type === 'start-failed') ready.reject(loadFailure(spec, data));
      else if (instance !== null) instance.told(data);
      else if (data.type === 'out-of-memory') {
        ready.reject(new Error(`${spec.file} went over its memory limit while it was loaded`));
      } else if (data.type === 'leaving') {
        ready.reject(new Error(`${spec.file} left while it was loaded (exit code ${data.code})`));
      }
    };
    worker.onerror = (event) => {
      ready.reject(new Error(`Its worker could not be started: ${event.message}`));
    };
    try {
      const initMs = await this.#inTime(ready, options.signal);
      const startMs = Math.max(0, performance.now() - askedAt - initMs);
      instance = new WorkerInstance(worker, startMs, initMs);
      return instance;
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  async #inTime(ready: PromiseWithResolvers<number>, signal?: AbortSignal): Promise<number> {
    const limitMs = this.#options.startTimeoutMs ?? START_TIMEOUT_MS;
    const late = setTimeout(() => {
      ready.reject(new Error(`it was not ready within ${limitMs / 1000} s. Do less while loading`));
    }, limitMs);
    const abort = (): void => ready.reject(new Error('its start was called off'));
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await ready.promise;
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', abort);
    }
  }
}

/** Whether scripts can read `set-cookie`: true in Node, false in a browser. */
function takesRepeatedHeaders(): boolean {
  return new Response(null, { headers: { 'set-cookie': 'a=1' } }).headers.has('set-cookie');
}

function createModuleWorker(): Worker {
  return new Worker(new URL('./worker-runtime.ts', import.meta.url), { type: 'module' });
}

function loadFailure(
  { file }: FunctionSpec,
  { message, stack }: Extract<FromWorker, { type: 'start-failed' }>,
): Error {
  const error = new Error(`${file} failed while it was loaded: ${message}`);
  error.stack = stack;
  return error;
}
