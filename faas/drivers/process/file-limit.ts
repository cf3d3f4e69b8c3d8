/** The limit on files and connections that this process may have open, and the errors when it is reached. */

import { readdirSync, readFileSync } from 'node:fs';
import { KnownFailure } from '../failure.ts';

/** Descriptors for one instance: stdout, stderr, telemetry, ledger, its memory file, a connection. */
const PER_INSTANCE = 6;
/** Further descriptors during a start: the child's ends of these. */
const WHILE_STARTING = 8;
/** Most of the limit that instances may take, as a share: callers need connections too. */
const SHARE_OF_INSTANCES = 0.25;
/** Kept free for callers that arrive during a start, so that they can still be answered. */
const FOR_CALLERS = 16;

let most: number | null | undefined;
let instances = 0;

/** Counts a started instance until `exited` resolves. */
export function countInstance(exited: Promise<unknown>): void {
  instances += 1;
  void exited.then(() => (instances -= 1));
}

/** Whether there are descriptors for another instance. True where the limit is unknown. */
export function hasRoomForInstance(): boolean {
  most ??= limit();
  if (most === null) return true;
  if ((instances + 1) * PER_INSTANCE > most * SHARE_OF_INSTANCES) return false;
  return openNow() + PER_INSTANCE + WHILE_STARTING + FOR_CALLERS <= most;
}

/** Whether this error code means that no more files can be opened. */
export function isOutOfFiles(code: string | undefined): boolean {
  return code === 'EMFILE' || code === 'ENFILE';
}

/** The failure `no-capacity` for a process that has reached its limit of open files. */
export function tooManyFiles(): KnownFailure {
  const had = most ? ` It may have ${most} open at once.` : '';
  return new KnownFailure(
    'no-capacity',
    `The platform has too many files and connections open to start another instance.${had} Call again after the time in Retry-After; to run more at once, raise the limit before the start: ulimit -n 4096.`,
    1,
  );
}

/** What is told of a `spawn` that failed: `no-capacity` where the system has run out of something. */
export function spawnFailure(error: NodeJS.ErrnoException): Error {
  if (isOutOfFiles(error.code)) return tooManyFiles();
  return error.code === 'EAGAIN' || error.code === 'ENOMEM' ? tooManyProcesses(error.code) : error;
}

function tooManyProcesses(code: string): KnownFailure {
  return new KnownFailure(
    'no-capacity',
    `This machine lets the platform start no other process (${code}). Call again after the time in Retry-After; to run more at once, raise the limit before the start (ulimit -u), or end other programs.`,
    1,
  );
}

/** The limit on open files; null where the system does not report it. */
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
    // Listing them needs a descriptor, and there is none left.
    return Infinity;
  }
}
