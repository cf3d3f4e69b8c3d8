/** Ports for programs that are told where to listen, and cannot say where they do. */

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Below what Linux and macOS give to programs that ask for any port: those never get one of these. */
const [LEAST, MOST] = [10_000, 32_000];
const TRIES = 100;

/** Between two tries whether a program accepts connections, in ms. */
const PROBE_MS = 10;

/** One that nobody listens on now. @throws when none is found */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LEAST, MOST);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port was found from ${LEAST} to ${MOST} in ${TRIES} tries`);
}

/** Resolves once connections are accepted there; never when `signal` aborts before. */
export async function accepts(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (await accepted(port)) return;
    await pause(PROBE_MS);
  }
  await new Promise(() => undefined);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

async function accepted(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
