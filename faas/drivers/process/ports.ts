/** Chooses ports for programs that take a fixed port and do not report one. */

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Below the range that Linux and macOS assign automatically, so there are no clashes with those. */
const [LEAST, MOST] = [10_000, 32_000];
const TRIES = 100;

/** Between two tries whether a program accepts connections, in ms. */
const PROBE_MS = 10;

/** A port of 127.0.0.1 that is free now. @throws when none is found */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LEAST, MOST);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port was found from ${LEAST} to ${MOST} in ${TRIES} tries`);
}

/** Resolves once the port accepts connections; never if `signal` aborts first. */
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
