/** Instances as operating-system processes: Node for TypeScript and JavaScript, Python for Python. */

import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import './no-debugger.mjs';
import type { FunctionSpec } from '../../core/function.ts';
import { KnownFailure } from '../failure.ts';
import type { Driver, Lacks, RunningInstance, StartOptions } from '../protocol.ts';
import { graceMs, readyOr, START_TIMEOUT_MS, startChild } from './child.ts';
import { ProcessInstance } from './instance.ts';
import { Ledger } from './ledger.ts';
import { MemoryWatch } from './memory-watch.ts';
import { ModuleSources } from './module-sources.ts';
import { inOwnFolder } from './own-folder.ts';
import { PythonPackages } from './python-packages.ts';
import { configuredPython, findPython, type PythonProgram } from './python-program.ts';
import type { ReportedCalls } from './reported-calls.ts';
import { nodeCommand, pythonCommand, type RuntimeCommand } from './runtime-command.ts';
import { startTurn } from './start-turn.ts';
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
  /**
   * Variables of what the platform hands the function, such as its database; asked for at each start of
   * an instance, and stronger than the project's own. @default none
   */
  readonly variablesFor?: (
    spec: FunctionSpec,
    instance: string,
  ) => Promise<Readonly<Record<string, string>>>;
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
  /** The program as configured. */
  readonly #python: string;
  readonly #startTimeoutMs: number;
  readonly #variablesFor: NonNullable<ProcessDriverOptions['variablesFor']>;
  readonly #modules: ModuleSources;
  readonly #watchdog = new Watchdog();
  readonly #memory = new MemoryWatch();
  readonly #packages: PythonPackages;
  /** Begun at the first question about Python, and asked once. */
  #search: Promise<PythonProgram> | null = null;
  /** What the search found; null until then. */
  #found: PythonProgram | null = null;

  constructor(options: ProcessDriverOptions) {
    // Node's permission flags need real paths.
    this.#root = realpathSync(options.root);
    this.#python = options.python ?? configuredPython(process.env);
    this.#variablesFor = options.variablesFor ?? (() => Promise.resolve({}));
    this.#startTimeoutMs = options.startTimeoutMs ?? START_TIMEOUT_MS;
    const cache = options.cacheFolder ?? join(this.#root, 'node_modules/.cache/scale-to-zero');
    this.#modules = new ModuleSources(cache);
    this.#packages = new PythonPackages({
      root: this.#root,
      onProgress: options.onProgress ?? (() => undefined),
      watchdog: this.#watchdog,
    });
  }

  /** Looks for Python, and waits until it is known whether there is one. */
  async prepare(): Promise<void> {
    await this.#findPython();
  }

  /** Python counts as present until it is known; `prepare` waits for that. */
  get lacks(): Lacks {
    const missing = this.#found?.missing;
    return {
      ...(process.platform === 'win32' && { signals: 'Windows has no signals.' }),
      ...(missing && { 'runtime:python': missing }),
    };
  }

  /** Never waits: as long as it is not known, a call waits for the answer in `start`. */
  missing(spec: FunctionSpec): string | null {
    if (spec.runtime === 'node') return null;
    if (this.#found === null) void this.#findPython();
    return whyWithoutPython(spec, this.#found);
  }

  async start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance> {
    const askedAt = performance.now();
    const { concurrency = 1, signal } = options;
    const token = randomUUID();
    const command = await this.#commandFor(spec, options.id, token, concurrency);
    await startTurn();
    signal?.throwIfAborted();
    const { folder } = this.#modules;
    const ledger = inOwnFolder(folder, () => new Ledger(folder, token));
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
    instance: string,
    token: string,
    concurrency: number,
  ): Promise<RuntimeCommand> {
    const lent = await this.#variablesFor(spec, instance);
    if (spec.runtime === 'node') {
      return nodeCommand(this.#root, spec, { modules: this.#modules, token, lent });
    }
    const python = await this.#findPython();
    const missing = whyWithoutPython(spec, python);
    if (missing !== null) throw new KnownFailure('runtime-missing', missing);
    // A version manager's shim would search for the interpreter again at each start.
    const own = python.executable || this.#python;
    const program = await this.#packages.programFor(own, spec.file);
    return pythonCommand(program, this.#root, spec, { token, concurrency, lent });
  }

  #findPython(): Promise<PythonProgram> {
    this.#search ??= findPython(this.#python, this.#watchdog).then((found) => {
      this.#found = found;
      return found;
    });
    return this.#search;
  }
}

function whyWithoutPython({ file }: FunctionSpec, python: PythonProgram | null): string | null {
  return python?.missing ? `${file} is written in Python. ${python.missing}` : null;
}

function failure({ message, stack }: StartFailedMessage, { file }: FunctionSpec): Error {
  const error = new Error(`${file} failed while it was loaded: ${message}`);
  error.stack = stack;
  return error;
}
