/** Finds out which process owns a connection. Only on Linux, by the files each process has open. */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * Whether one of these processes or their descendants holds the other end of a connection from this
 * machine. False where the system does not show it.
 */
export function isHeldBy(socket: Socket, pids: readonly number[]): boolean {
  // The system's table is read only where there is somebody to find: with many connections it is long.
  const inode = pids.length === 0 ? null : inodeOf(socket);
  if (inode === null) return false;
  const link = `socket:[${inode}]`;
  return pids.flatMap(withDescendants).some((pid) => linksOf(pid).includes(link));
}

/** Inode of the socket at the other end; null when that is on another machine or not found. */
function inodeOf({ remotePort, localPort }: Socket): string | null {
  if (remotePort === undefined || localPort === undefined) return null;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const row of linesOf(table)) {
      // sl, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode
      const [, local, remote, , , , , , , inode] = row.trim().split(/\s+/);
      if (portIn(local) === remotePort && portIn(remote) === localPort) return inode ?? null;
    }
  }
  return null;
}

/** `0100007F:10E1` → 4321 */
function portIn(address: string | undefined): number {
  return Number.parseInt(address?.split(':').at(-1) ?? '', 16);
}

function withDescendants(pid: number): number[] {
  const children = linesOf(`/proc/${pid}/task/${pid}/children`)
    .join(' ')
    .split(/\s+/)
    .filter((text) => text !== '')
    .map(Number);
  return [pid, ...children.flatMap(withDescendants)];
}

function linksOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  // A process may end or close a file at any moment.
  return quietly(() => readdirSync(folder), []).map((fd) =>
    quietly(() => readlinkSync(`${folder}/${fd}`), ''),
  );
}

function linesOf(file: string): string[] {
  return quietly(() => readFileSync(file, 'utf8'), '').split('\n');
}

function quietly<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
