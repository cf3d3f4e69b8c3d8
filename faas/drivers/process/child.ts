/** A child process. It is killed if it exceeds its memory limit or if the platform ends. */

import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { FunctionSpec } from '../../core/function.ts';
import type { Exit, StartOptions } from '../protocol.ts';
import { countInstance, hasRoomForInstance, tooManyFiles, spawnFailure } from './file-limit.ts';
import type { MemoryWatch } from './memory-watch.ts';
import { PrintedLines } from './printed-lines.ts';
import { memoryMeter, type MemoryMeter } from './process-memory.ts';
import type { RuntimeCommand } from './runtime-command.ts';
import { readLines } from './telemetry.ts';
import type { Watchdog } from './watchdog.ts';

/** A started process, with its memory meter and printed lines. */
export interface Child {
  readonly process: ChildProcess;
  readonly meter: MemoryMeter;
  /** Resolves when the process has started; rejects when it could not be. */
  readonly spawned: Promise<undefined>;
  /** Resolves when it has ended and its output has been read, and also if it never started. */
  readonly exited: Promise<Exit>;
  /** Why the platform is ending it; null while it is not. */
  ending: 'asked' | 'out-of-memory' | null;
  readonly printed: PrintedLines;
}

/** How a child is started and watched. */
export interface ChildOptions {
  readonly command: RuntimeCommand;
  readonly cwd: string;
  /** Its file descriptors from 3 on. */
  readonly files: readonly ('pipe' | number)[];
  readonly memoryMb: number;
  readonly onLog: StartOptions['onLog'];
  readonly watchdog: Watchdog;
  readonly memory: MemoryWatch;
}

/** Longest time a start may take until ready: Lambda's limit for init. */
export const START_TIMEOUT_MS = 10_000;

/** Time an instance has to finish its calls and exit after SIGTERM, in ms. */
export function graceMs({ maxDurationS }: FunctionSpec): number {
  return maxDurationS * 1000 + 1_000;
}

/** What V8 prints before it aborts a process whose heap is full. */
const HEAP_IS_FULL = /^FATAL ERROR: .*heap out of memory/;

/** @throws KnownFailure `no-capacity` when the system has no room for another process */
export function startChild(options: ChildOptions): Child {
  const { command, cwd, files, memoryMb, watchdog, memory } = options;
  if (!hasRoomForInstance()) throw tooManyFiles();
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...files];
  const process = spawn(command.program, command.args, { cwd, env: command.env, stdio });
  const spawned = Promise.withResolvers<undefined>();
  const exited = Promise.withResolvers<Exit>();
  process.once('spawn', () => spawned.resolve(undefined));
  process.once('error', (error) => spawned.reject(spawnFailure(error)));
  spawned.promise.catch(() => exited.resolve({ code: null, signal: null, asked: false }));

  const child: Child = {
    process,
    meter: memoryMeter(process.pid ?? null),
    spawned: spawned.promise,
    exited: exited.promise,
    ending: null,
    printed: new PrintedLines(),
  };
  const output = readOutput(child, options.onLog);
  const { pid } = process;
  if (pid === undefined) return child;
  countInstance(child.exited);
  const watched = {
    memoryMb: () => child.meter.read(),
    limitMb: memoryMb,
    exceeded: () => {
      child.ending ??= 'out-of-memory';
      process.kill('SIGKILL');
    },
  };
  process.once('close', (code, signal) => {
    memory.delete(watched);
    watchdog.delete(pid);
    child.meter.close();
    child.printed.end();
    const { ending } = child;
    // The heap can fill up between two looks of the memory watch.
    const outOfMemory = ending === 'out-of-memory' || (output.heapIsFull && ending === null);
    exited.resolve({ code, signal, asked: ending === 'asked', outOfMemory });
  });
  watchdog.add(pid);
  memory.add(watched);
  return child;
}

function readOutput({ process, printed }: Child, onLog: ChildOptions['onLog']) {
  const output = { heapIsFull: false };
  for (const name of ['stdout', 'stderr'] as const) {
    // Missing when the system was out of file descriptors, although the type says otherwise.
    const pipe = process[name] ?? null;
    if (pipe === null) continue;
    readLines(pipe, (line) => {
      output.heapIsFull ||= name === 'stderr' && HEAP_IS_FULL.test(line);
      onLog(name, line);
      printed.add();
    });
  }
  return output;
}

/** When a start is given up. */
export interface StartLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Resolves with `ready`. On time-out, abort or exit it kills the child and rejects. */
export async function readyOr<Word>(
  child: Child,
  ready: Promise<Word>,
  { timeoutMs, signal }: StartLimits,
): Promise<Word> {
  const { promise: given, reject } = Promise.withResolvers<never>();
  const giveUp = (reason: string): void => {
    child.ending ??= 'asked';
    child.process.kill('SIGKILL');
    reject(new Error(reason));
  };
  const abort = (): void => giveUp('its start was called off');
  const late = setTimeout(() => {
    giveUp(`it was not ready within ${timeoutMs / 1000} s. Do less while loading`);
  }, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  const dead = child.exited.then(async ({ code, signal: by, outOfMemory }) => {
    await child.spawned;
    if (outOfMemory) throw new Error('it went over its memory limit while loading');
    throw new Error(
      `its process ended before it was ready (${by ?? `exit code ${code ?? 'unknown'}`})`,
    );
  });
  try {
    return await Promise.race([ready, given, dead]);
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', abort);
    for (const promise of [given, dead]) promise.catch(() => undefined);
  }
}
