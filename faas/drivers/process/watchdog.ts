/**
 * Ensures that no instance outlives this process, however that ends. An instance notices the end of
 * its parent by itself, but not while it is in a busy loop, and a killed parent cannot clean up. So
 * a small shell keeps the list of child processes, which it gets over a pipe. The pipe closes when
 * this process ends; the shell then kills the children that are left.
 *
 * On Windows libuv puts every child into a job, which the system ends with the parent.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';

/** Ignores Ctrl-C, which reaches every process of the terminal: it must not exit before us. */
const SCRIPT = `
trap '' INT TERM HUP QUIT
pids=' '
while read -r what pid; do
  case $what in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -s "$0" "$pid"; done 2>/dev/null
`;

/** Signals the processes that were added if this process ends before they are deleted. */
export class Watchdog {
  readonly #pids = new Set<number>();
  readonly #signal: 'KILL' | 'INT';
  #shell: ChildProcess | null = null;

  /** @param signal what they get; a database gets time to leave. @default KILL */
  constructor(signal: 'KILL' | 'INT' = 'KILL') {
    this.#signal = signal;
  }

  add(pid: number): void {
    this.#pids.add(pid);
    this.#tell(`+ ${pid}\n`);
  }

  delete(pid: number): void {
    this.#pids.delete(pid);
    this.#tell(`- ${pid}\n`);
  }

  #tell(line: string): void {
    if (process.platform === 'win32') return;
    if (this.#shell === null) this.#start();
    else this.#shell.stdin?.write(line);
  }

  #start(): void {
    const shell = spawn('/bin/sh', ['-c', SCRIPT, this.#signal], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
    });
    shell.on('error', () => undefined);
    shell.on('exit', (_code, signal) => {
      if (this.#shell === shell) this.#shell = null;
      if (signal !== null && this.#shell === null && this.#pids.size > 0) this.#start();
    });
    // Missing when the system was out of file descriptors; the next instance tries again.
    const stdin = shell.stdin as (Writable & { unref?: () => void }) | undefined;
    if (stdin === undefined) return;
    stdin.on('error', () => undefined);
    for (const pid of this.#pids) stdin.write(`+ ${pid}\n`);
    // The shell must not keep this process running.
    shell.unref();
    stdin.unref?.();
    this.#shell = shell;
  }
}
