/**
 * Runs any HTTP server as an instance, as a container would: the program listens on PORT, at
 * 127.0.0.1 or all addresses, is ready once it accepts connections, and on SIGTERM finishes its calls
 * and exits (Knative's runtime contract). It needs to know nothing of this platform.
 */

import { realpathSync } from 'node:fs';
import type { FunctionSpec } from '../../core/function.ts';
import type { Driver, Lacks, RunningInstance, StartOptions } from '../protocol.ts';
import { graceMs, readyOr, START_TIMEOUT_MS, startChild } from './child.ts';
import { ProcessInstance } from './instance.ts';
import { MemoryWatch } from './memory-watch.ts';
import { PlainCalls } from './plain-calls.ts';
import { accepts, freePort } from './ports.ts';
import { environmentFor } from './runtime-command.ts';
import { startTurn } from './start-turn.ts';
import { Watchdog } from './watchdog.ts';

/** Which program serves each function, and how it is started. */
export interface ServerDriverOptions {
  /** Working directory of the programs. */
  readonly root: string;
  readonly programOf: (spec: FunctionSpec) => ServerProgram;
  /** Longest time a start may take until ready, in ms. > 0. @default 10_000 */
  readonly startTimeoutMs?: number;
}

/** The program to start, and its arguments. */
export interface ServerProgram {
  readonly program: string;
  readonly args: readonly string[];
}

/** Starts each instance as a child process that serves HTTP on a port chosen for it. */
export class ServerDriver implements Driver {
  readonly lacks: Lacks = {
    'init-time': 'What of its start is loading, only a server itself could say.',
    'cpu-time': 'A server does not say what CPU time a call has used.',
    'error-report': 'A server says nothing of its errors but a status, and what it logs.',
    'printed-lines': 'A server does not say how many lines it has printed by the end of a call.',
    ...(process.platform === 'win32' && { signals: 'Windows has no signals.' }),
  };
  readonly #root: string;
  readonly #programOf: ServerDriverOptions['programOf'];
  readonly #timeoutMs: number;
  readonly #watchdog = new Watchdog();
  readonly #memory = new MemoryWatch();

  constructor({ root, programOf, startTimeoutMs }: ServerDriverOptions) {
    this.#root = realpathSync(root);
    this.#programOf = programOf;
    this.#timeoutMs = startTimeoutMs ?? START_TIMEOUT_MS;
  }

  missing(): null {
    return null;
  }

  async start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance> {
    const askedAt = performance.now();
    const { concurrency = 1, signal, onLog } = options;
    await startTurn();
    const port = await freePort();
    signal?.throwIfAborted();
    const child = startChild({
      command: { ...this.#programOf(spec), env: environmentFor(port) },
      cwd: this.#root,
      files: [],
      memoryMb: spec.memoryMb,
      onLog,
      watchdog: this.#watchdog,
      memory: this.#memory,
    });
    const tried = new AbortController();
    try {
      const limits = { timeoutMs: this.#timeoutMs, ...(signal && { signal }) };
      await readyOr(child, accepts(port, tried.signal), limits);
    } finally {
      tried.abort();
    }
    return new ProcessInstance({
      child,
      calls: new PlainCalls(port, concurrency),
      startMs: performance.now() - askedAt,
      initMs: 0,
      graceMs: graceMs(spec),
    });
  }
}
