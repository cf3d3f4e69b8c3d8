/**
 * Sees that no instance outlives this process, however it ends. An instance notices the end of its
 * parent by itself, but not while it is in a busy loop, and a parent that was killed cannot clean
 * up. So one small shell reads from a pipe of ours which processes there are; when the pipe ends,
 * and it ends with us, it kills those that are left.
 *
 * On Windows libuv puts every child into a job that the system ends with its parent.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';

/** It hears of Ctrl-C in its terminal as everyone does, and must not leave before us. */
const SCRIPT = `
trap '' INT TERM HUP QUIT
pids=' '
while read -r what pid; do
  case $what in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -9 "$pid"; done 2>/dev/null
`;

export class Watchdog {
  readonly #pids = new Set<number>();
  #shell: ChildProcess | null = null;

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
    const shell = spawn('/bin/sh', ['-c', SCRIPT], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
    });
    shell.on('error', () => undefined);
    shell.on('exit', (_code, signal) => {
      if (this.#shell === shell) this.#shell = null;
      if (signal !== null && this.#shell === null && this.#pids.size > 0) this.#start();
    });
    // There is none when the system had no file left for it; the next instance tries again.
    const stdin = shell.stdin as (Writable & { unref?: () => void }) | undefined;
    if (stdin === undefined) return;
    stdin.on('error', () => undefined);
    for (const pid of this.#pids) stdin.write(`+ ${pid}\n`);
    // It is there as long as we are, and must not keep us.
    shell.unref();
    stdin.unref?.();
    this.#shell = shell;
  }
}
