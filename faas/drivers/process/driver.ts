/** Instances as operating-system processes: Node for TypeScript and JavaScript, Python for Python. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { FunctionSpec } from '../../core/function.ts';
import type { Driver, Lacks, RunningInstance, StartOptions } from '../protocol.ts';
import { graceMs, readyOr, START_TIMEOUT_MS, startChild } from './child.ts';
import { isOutOfFiles, tooManyFiles } from './file-limit.ts';
import { ProcessInstance } from './instance.ts';
import { Ledger } from './ledger.ts';
import { MemoryWatch } from './memory-watch.ts';
import { ModuleSources } from './module-sources.ts';
import { PythonPackages } from './python-packages.ts';
import {
  configuredPython,
  findPython,
  PYTHON_QUESTION,
  readPython,
  type PythonProgram,
} from './python-program.ts';
import type { ReportedCalls } from './reported-calls.ts';
import { nodeCommand, pythonCommand, type RuntimeCommand } from './runtime-command.ts';
import {
  readTelemetry,
  type ReadyMessage,
  type StartFailedMessage,
  type Telemetry,
} from './telemetry.ts';
import { Watchdog } from './watchdog.ts';

/** Where the functions are, and how their processes are started. */
export interface ProcessDriverOptions {
  /** Folder of the project. The `file` of a spec is relative to it. */
  readonly root: string;
  /**
   * Where JavaScript compiled from TypeScript is kept between runs.
   * @default node_modules/.cache/scale-to-zero in the project
   */
  readonly cacheFolder?: string;
  /** Python program, a name on the PATH or a path. @default FAAS_PYTHON, else `python3` */
  readonly python?: string;
  /** Called with each line of progress while Python packages are installed. @default none */
  readonly onProgress?: (line: string) => void;
  /** Longest time a start may take until ready, in ms. > 0. @default 10_000, Lambda's limit for init */
  readonly startTimeoutMs?: number;
}

/** Loading the HTTP client takes 50 ms, so it happens while the first instance starts. */
async function loadCalls() {
  const [{ Connections }, { ReportedCalls }] = await Promise.all([
    import('./connections.ts'),
    import('./reported-calls.ts'),
  ]);
  return { Connections, ReportedCalls };
}

/** Starts each instance as a child process with the runtime of its language. */
export class ProcessDriver implements Driver {
  readonly #root: string;
  /** The program as configured; once found, the interpreter's own path, without a shim. */
  #python: string;
  readonly #startTimeoutMs: number;
  readonly #modules: ModuleSources;
  readonly #watchdog = new Watchdog();
  readonly #memory = new MemoryWatch();
  readonly #packages: PythonPackages;
  /** Why there is no Python; null when there is one, undefined before the first check. */
  #missingPython: string | null | undefined;

  constructor(options: ProcessDriverOptions) {
    // Node's permission flags need real paths.
    this.#root = realpathSync(options.root);
    this.#python = options.python ?? configuredPython(process.env);
    this.#startTimeoutMs = options.startTimeoutMs ?? START_TIMEOUT_MS;
    const cache = options.cacheFolder ?? join(this.#root, 'node_modules/.cache/scale-to-zero');
    this.#modules = new ModuleSources(cache);
    this.#packages = new PythonPackages({
      root: this.#root,
      onProgress: options.onProgress ?? (() => undefined),
      watchdog: this.#watchdog,
    });
  }

  /** Looks for Python in advance. Otherwise the first question about it blocks while it looks. */
  async prepare(): Promise<void> {
    const answer = await new Promise<string | null>((resolve) => {
      execFile(this.#python, PYTHON_QUESTION, (error, stdout) => resolve(error ? null : stdout));
    });
    if (this.#missingPython === undefined) this.#take(readPython(this.#python, answer));
  }

  /** Python counts as present until the first check. */
  get lacks(): Lacks {
    return {
      ...(process.platform === 'win32' && { signals: 'Windows has no signals.' }),
      ...(this.#missingPython && { 'runtime:python': this.#missingPython }),
    };
  }

  missing({ runtime, file }: FunctionSpec): string | null {
    if (runtime === 'node') return null;
    const known = this.#missingPython;
    const missing = known === undefined ? this.#take(findPython(this.#python)) : known;
    return missing && `${file} is written in Python. ${this.#missingPython}`;
  }

  async start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance> {
    const askedAt = performance.now();
    const { concurrency = 1, signal } = options;
    const token = randomUUID();
    const command = await this.#commandFor(spec, token, concurrency);
    signal?.throwIfAborted();
    const ledger = this.#ledgerFor(token);
    let calls: ReportedCalls | null = null;
    const heard = Promise.withResolvers<ReadyMessage | StartFailedMessage>();
    const onMessage = (message: Telemetry): void => {
      if (message.type === 'ended') calls?.ended(message);
      else heard.resolve(message);
    };
    try {
      const child = startChild({
        command,
        cwd: this.#root,
        files: ['pipe', ledger.fd],
        memoryMb: spec.memoryMb,
        onLog: options.onLog,
        watchdog: this.#watchdog,
        memory: this.#memory,
      });
      const telemetry = (child.process.stdio as readonly unknown[] | undefined)?.[3];
      if (telemetry) readTelemetry(telemetry as Socket, onMessage);
      const limits = { timeoutMs: this.#startTimeoutMs, ...(signal && { signal }) };
      const loaded = loadCalls();
      const message = await readyOr(child, heard.promise, limits);
      if (message.type !== 'ready') throw failure(message, spec);
      const { port, initMs } = message;
      const { Connections, ReportedCalls } = await loaded;
      const connections = new Connections(port, concurrency);
      calls = new ReportedCalls({ connections, ledger, token, printed: child.printed });
      const startMs = Math.max(0, performance.now() - askedAt - initMs);
      return new ProcessInstance({ child, calls, startMs, initMs, graceMs: graceMs(spec) });
    } catch (error) {
      ledger.close();
      throw error;
    }
  }

  async #commandFor(
    spec: FunctionSpec,
    token: string,
    concurrency: number,
  ): Promise<RuntimeCommand> {
    if (spec.runtime === 'node') return nodeCommand(this.#root, spec, this.#modules, token);
    const program = await this.#packages.programFor(this.#python, spec.file);
    return pythonCommand(program, this.#root, spec, token, concurrency);
  }

  #ledgerFor(name: string): Ledger {
    try {
      return new Ledger(this.#modules.folder, name);
    } catch (error) {
      throw isOutOfFiles((error as NodeJS.ErrnoException).code) ? tooManyFiles() : error;
    }
  }

  /** Keeps what was found, and returns why Python functions cannot run. */
  #take({ executable, missing }: PythonProgram): string | null {
    // A version manager's shim would search for the interpreter again at each start.
    if (executable) this.#python = executable;
    this.#missingPython = missing;
    return missing;
  }
}

function failure({ message, stack }: StartFailedMessage, { file }: FunctionSpec): Error {
  const error = new Error(`${file} failed while it was loaded: ${message}`);
  error.stack = stack;
  return error;
}
