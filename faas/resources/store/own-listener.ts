/**
 * The store's own ports on this machine. Functions in flight still need their database while the front
 * door closes, so what they ask does not go through it.
 */

import { createServer, type Server } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server as NetServer } from 'node:net';

/** Listens on a free port. @returns the port */
export async function listenOnLoopback(server: Server | NetServer): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // The functions end first; a server must not keep the process.
  server.unref();
  const at = server.address();
  return typeof at === 'object' && at !== null ? at.port : 0;
}

/** An HTTP server for the processes of this machine. */
export class OwnListener {
  readonly #server: Server;
  #port: Promise<number> | null = null;

  /** @param answer may reject: the caller then gets a bare 500 */
  constructor(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
    // An instance may sleep for long between two statements.
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      request.on('error', () => undefined);
      answer(request, response).catch(() => {
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    });
  }

  /** Begins to listen at the first question. */
  get port(): Promise<number> {
    this.#port ??= listenOnLoopback(this.#server);
    return this.#port;
  }

  async close(): Promise<void> {
    if (this.#port === null) return;
    await this.#port;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}
