/** How many files and connections this process may have open, and what is said when there are no more. */

import { readdirSync, readFileSync } from 'node:fs';
import { KnownFailure } from '../failure.ts';

/** Open for one instance: two that it prints to, telemetry, ledger, its memory, a connection. */
const PER_INSTANCE = 6;
/** Open for a moment while a process is started: the child's ends of all that. */
const WHILE_STARTING = 8;
/** Instances take this share of all that may be open at most: who calls needs a connection too. */
const SHARE_OF_INSTANCES = 0.25;
/** Left for callers who come while an instance is started, and are to be told that there is no room. */
const FOR_CALLERS = 16;

let most: number | null | undefined;
let instances = 0;

/** Counts a process that was started, for as long as it lives. */
export function countInstance(exited: Promise<unknown>): void {
  instances += 1;
  void exited.then(() => (instances -= 1));
}

/** Whether another instance can be started. True where the system does not say. */
export function hasRoomForInstance(): boolean {
  most ??= limit();
  if (most === null) return true;
  if ((instances + 1) * PER_INSTANCE > most * SHARE_OF_INSTANCES) return false;
  return openNow() + PER_INSTANCE + WHILE_STARTING + FOR_CALLERS <= most;
}

/** Whether an error of this code says that a limit of the system is reached. */
export function isOutOfFiles(code: string | undefined): boolean {
  return code === 'EMFILE' || code === 'ENFILE';
}

export function tooManyFiles(): KnownFailure {
  const had = most ? ` It may have ${most} open at once.` : '';
  return new KnownFailure(
    'no-capacity',
    `The platform has too many files and connections open to start another instance.${had} Call again after the time in Retry-After; to run more at once, raise the limit before the start: ulimit -n 4096.`,
    1,
  );
}

/** @param code with which the system refused: `EAGAIN`, `ENOMEM` */
export function tooManyProcesses(code: string): KnownFailure {
  return new KnownFailure(
    'no-capacity',
    `This machine lets the platform start no other process (${code}). Call again after the time in Retry-After; to run more at once, raise the limit before the start (ulimit -u), or end other programs.`,
    1,
  );
}

/** Null where the system does not list it. */
function limit(): number | null {
  try {
    const [, soft] =
      /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}

function openNow(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    // There is none left to list them with.
    return Infinity;
  }
}
