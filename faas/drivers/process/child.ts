/** A process of ours, watched from its first moment: it outlives neither us nor its memory limit. */

import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { FunctionSpec } from '../../core/function.ts';
import type { Exit, StartOptions } from '../protocol.ts';
import {
  countInstance,
  hasRoomForInstance,
  isOutOfFiles,
  tooManyFiles,
  tooManyProcesses,
} from './file-limit.ts';
import type { MemoryWatch } from './memory-watch.ts';
import { PrintedLines } from './printed-lines.ts';
import { memoryMeter, type MemoryMeter } from './process-memory.ts';
import type { RuntimeCommand } from './runtime-command.ts';
import { readLines } from './telemetry.ts';
import type { Watchdog } from './watchdog.ts';

export interface Child {
  readonly process: ChildProcess;
  readonly meter: MemoryMeter;
  /** Rejects when the process could not be started; resolves once it was. */
  readonly spawned: Promise<undefined>;
  /** Resolves when it is gone and all that it printed has been read; also when it was not started. */
  readonly exited: Promise<Exit>;
  /** Why it is being ended by us; null while it is not. */
  ending: 'asked' | 'out-of-memory' | null;
  readonly printed: PrintedLines;
}

export interface ChildOptions {
  readonly command: RuntimeCommand;
  readonly cwd: string;
  /** File descriptors from 3 on. */
  readonly files: readonly ('pipe' | number)[];
  readonly memoryMb: number;
  readonly onLog: StartOptions['onLog'];
  readonly watchdog: Watchdog;
  readonly memory: MemoryWatch;
}

/** From asked-for to ready: Lambda's limit for init. */
export const START_TIMEOUT_MS = 10_000;

/** How long an instance may take to leave, once it was asked to: what runs in it is finished. */
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
  process.once('error', (error) => spawned.reject(outOf(error)));
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
    // A heap can be full before the watch has looked.
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
    // There is none when the system had no file left for it, whatever the types say.
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

/** What the failure of `spawn` means, for the reader. */
function outOf(error: NodeJS.ErrnoException): Error {
  if (isOutOfFiles(error.code)) return tooManyFiles();
  return error.code === 'EAGAIN' || error.code === 'ENOMEM' ? tooManyProcesses(error.code) : error;
}

export interface StartLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** What `ready` resolves with. Rejects, and ends the child, when that does not come. */
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
