/** Instances as operating-system processes: Node for TypeScript and JavaScript, Python for Python. */

import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { FunctionSpec } from '../../core/function.ts';
import type { Driver, Exit, Lacks, RunningInstance, StartOptions } from '../protocol.ts';
import { ProcessInstance, type Child } from './instance.ts';
import { MemoryWatch } from './memory-watch.ts';
import { ModuleSources } from './module-sources.ts';
import { PrintedLines } from './printed-lines.ts';
import { memoryMeter } from './process-memory.ts';
import { PythonPackages } from './python-packages.ts';
import {
  environmentFor,
  nodeCommand,
  pythonCommand,
  type RuntimeCommand,
} from './runtime-command.ts';
import { readLines, readTelemetry, type Telemetry } from './telemetry.ts';
import { Watchdog } from './watchdog.ts';

export interface ProcessDriverOptions {
  /** Folder of the project, which the files of functions are relative to. */
  readonly root: string;
  /**
   * Where JavaScript that was made from TypeScript is kept between runs.
   * @default node_modules/.cache/scale-to-zero in the project
   */
  readonly cacheFolder?: string;
  /** Python program, a name on the PATH or a path. @default FAAS_PYTHON, else `python3` */
  readonly python?: string;
  /** Told, a line at a time, when packages for Python are installed. @default nobody */
  readonly onProgress?: (line: string) => void;
  /** Longest time from asked-for to ready, in ms. > 0. @default 10_000, Lambda's limit for init */
  readonly startTimeoutMs?: number;
}

const START_TIMEOUT_MS = 10_000;
/** More than an invocation may take: an instance leaves once what runs is done. */
const GRACE_MS = 1_000;

/** What V8 prints before it aborts a process whose heap is full. */
const HEAP_IS_FULL = /^FATAL ERROR: .*heap out of memory/;

const PYTHON_QUESTION = ['-I', '-c', 'import sys; print(*sys.version_info[:2], sys.executable)'];

export class ProcessDriver implements Driver {
  readonly #root: string;
  /** As it was named; once it has been found, the interpreter itself and no shim before it. */
  #python: string;
  readonly #startTimeoutMs: number;
  readonly #modules: ModuleSources;
  readonly #watchdog = new Watchdog();
  readonly #memory = new MemoryWatch();
  readonly #packages: PythonPackages;
  /** Why there is no Python; null when there is, undefined until someone asks. */
  #missingPython: string | null | undefined;

  constructor(options: ProcessDriverOptions) {
    // A child's permissions name real paths.
    this.#root = realpathSync(options.root);
    this.#python = options.python ?? (process.env['FAAS_PYTHON'] || 'python3');
    this.#startTimeoutMs = options.startTimeoutMs ?? START_TIMEOUT_MS;
    const cache = options.cacheFolder ?? join(this.#root, 'node_modules/.cache/scale-to-zero');
    this.#modules = new ModuleSources(cache);
    this.#packages = new PythonPackages({
      root: this.#root,
      onProgress: options.onProgress ?? (() => undefined),
      watchdog: this.#watchdog,
    });
  }

  /** Looks for Python ahead of need; without this the first question about it waits for the look. */
  async prepare(): Promise<void> {
    const answer = await new Promise<string | null>((resolve) => {
      execFile(this.#python, PYTHON_QUESTION, (error, stdout) => resolve(error ? null : stdout));
    });
    if (this.#missingPython === undefined) this.#missingPython = this.#judgePython(answer);
  }

  /** Python counts as there until someone has looked for it. */
  get lacks(): Lacks {
    return {
      ...(process.platform === 'win32' && { signals: 'Windows has no signals.' }),
      ...(this.#missingPython && { 'runtime:python': this.#missingPython }),
    };
  }

  missing({ runtime, file }: FunctionSpec): string | null {
    if (runtime === 'node') return null;
    if (this.#missingPython === undefined) this.#missingPython = this.#lookForPython();
    return this.#missingPython && `${file} is written in Python. ${this.#missingPython}`;
  }

  async start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance> {
    const askedAt = performance.now();
    const token = randomUUID();
    const command = await this.#commandFor(spec, options.concurrency ?? 1);
    options.signal?.throwIfAborted();
    const env = { ...environmentFor(token), ...command.env };
    const child = spawn(command.program, command.args, {
      cwd: this.#root,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const watched = this.#watch(child, spec, options);
    let instance: ProcessInstance | null = null;
    const heard = Promise.withResolvers<Telemetry>();
    readTelemetry(child.stdio[3] as Socket, (message) => {
      if (message.type === 'report') instance?.reported(message);
      else heard.resolve(message);
    });
    const message = await this.#firstWord(watched, heard.promise, options.signal);
    if (message.type !== 'ready') throw failure(message, spec);
    const totalMs = performance.now() - askedAt;
    instance = new ProcessInstance({
      child: watched,
      port: message.port,
      token,
      startMs: Math.max(0, totalMs - message.initMs),
      initMs: message.initMs,
      graceMs: spec.maxDurationS * 1000 + GRACE_MS,
    });
    return instance;
  }

  async #commandFor(spec: FunctionSpec, concurrency: number): Promise<RuntimeCommand> {
    if (spec.runtime === 'node') return nodeCommand(this.#root, spec, this.#modules);
    const program = await this.#packages.programFor(this.#python, spec.file);
    return pythonCommand(program, this.#root, spec, concurrency);
  }

  /** From its first moment: no child outlives us or its memory limit. */
  #watch(process: ChildProcess, spec: FunctionSpec, { onLog }: StartOptions): Child {
    const { pid } = process;
    const meter = memoryMeter(pid ?? 0);
    const { promise: exited, resolve } = Promise.withResolvers<Exit>();
    const printed = new PrintedLines();
    const child: Child = { process, meter, exited, printed, ending: null };
    let heapIsFull = false;
    for (const stream of ['stdout', 'stderr'] as const) {
      const pipe = process[stream];
      if (pipe === null) continue;
      readLines(pipe, (line) => {
        heapIsFull ||= stream === 'stderr' && HEAP_IS_FULL.test(line);
        onLog(stream, line);
        printed.add();
      });
    }
    const watched = {
      memoryMb: () => meter.read(),
      limitMb: spec.memoryMb,
      exceeded: () => {
        child.ending ??= 'out-of-memory';
        process.kill('SIGKILL');
      },
    };
    const ended = (code: number | null, signal: string | null): void => {
      this.#memory.delete(watched);
      if (pid !== undefined) this.#watchdog.delete(pid);
      meter.close();
      printed.end();
      resolve({
        code,
        signal,
        asked: child.ending === 'asked',
        // A heap can be full before the watch has looked.
        outOfMemory: child.ending === 'out-of-memory' || (heapIsFull && child.ending === null),
      });
    };
    process.once('error', () => ended(null, null));
    process.once('close', ended);
    if (pid !== undefined) this.#watchdog.add(pid);
    this.#memory.add(watched);
    return child;
  }

  /** Rejects, and ends the child, when it does not come. */
  async #firstWord(
    child: Child,
    heard: Promise<Telemetry>,
    signal: AbortSignal | undefined,
  ): Promise<Telemetry> {
    const { promise: given, reject } = Promise.withResolvers<never>();
    const giveUp = (reason: string): void => {
      child.ending ??= 'asked';
      child.process.kill('SIGKILL');
      reject(new Error(reason));
    };
    const abort = (): void => giveUp('its start was called off');
    const late = setTimeout(() => {
      giveUp(`it was not ready within ${this.#startTimeoutMs / 1000} s. Do less while loading`);
    }, this.#startTimeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    const spawning = new Promise<never>((_resolve, fail) => {
      child.process.once('error', fail);
    });
    const dead = child.exited.then(({ code, signal: by, outOfMemory }) => {
      if (outOfMemory) throw new Error('it went over its memory limit while loading');
      throw new Error(
        `its process ended before it was ready (${by ?? `exit code ${code ?? 'unknown'}`})`,
      );
    });
    try {
      return await Promise.race([heard, given, spawning, dead]);
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', abort);
      for (const promise of [given, spawning, dead]) promise.catch(() => undefined);
    }
  }

  #lookForPython(): string | null {
    const found = spawnSync(this.#python, PYTHON_QUESTION, { encoding: 'utf8' });
    return this.#judgePython(found.status === 0 ? found.stdout : null);
  }

  /** @param answer to the question; null when there was none */
  #judgePython(answer: string | null): string | null {
    const cure =
      'Install Python 3.9 or newer (python.org, or your package manager), or set FAAS_PYTHON to the program, and start again. TypeScript functions work without it.';
    if (answer === null) return `No program called ${this.#python} was found. ${cure}`;
    const [, major, minor, executable] = /^(\d+) (\d+) (.*)$/m.exec(answer) ?? [];
    const isNew = Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 9);
    if (!isNew) return `${this.#python} is version ${major}.${minor}. ${cure}`;
    // A version manager's shim would look for the interpreter again at every start.
    if (executable) this.#python = executable;
    return null;
  }
}

function failure(message: Telemetry, { file }: FunctionSpec): Error {
  const text = message.type === 'start-failed' ? message.message : 'it said something unexpected';
  const error = new Error(`${file} failed while it was loaded: ${text}`);
  if (message.type === 'start-failed') error.stack = message.stack;
  return error;
}
