/**
 * A port in front of the database for clients of Postgres itself: a connection wakes the database, and
 * keeps it awake for as long as it is open. Nothing is read of what goes through.
 */

import { connect, createServer, type Server, type Socket } from 'node:net';
import { listenOnLoopback } from './own-listener.ts';
import type { DatabaseAddress } from './database.ts';

/** Wakes what is behind the port. */
export type Wake = () => Promise<{ readonly address: DatabaseAddress; release(): void }>;

/** The listening port. */
export class WakePort {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #port: Promise<number> | null = null;

  constructor(wake: Wake) {
    this.#server = createServer((client) => void this.#join(client, wake));
  }

  /** Begins to listen at the first question. */
  get port(): Promise<number> {
    this.#port ??= listenOnLoopback(this.#server);
    return this.#port;
  }

  /** Open connections. */
  get count(): number {
    return this.#open.size;
  }

  async close(): Promise<void> {
    if (this.#port === null) return;
    await this.#port;
    for (const socket of this.#open) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #join(client: Socket, wake: Wake): Promise<void> {
    this.#open.add(client);
    client.on('error', () => undefined);
    client.once('close', () => this.#open.delete(client));
    let awake: Awaited<ReturnType<Wake>>;
    try {
      awake = await wake();
    } catch {
      // To a client that is a server which does not answer.
      client.destroy();
      return;
    }
    const { host, port } = awake.address;
    const server = connect({ host, port, noDelay: true });
    client.setNoDelay(true);
    server.on('error', () => client.destroy());
    server.once('close', () => awake.release());
    // A half that ends lets the other one send what it still has.
    client.pipe(server).pipe(client);
    client.once('close', () => server.destroy());
    if (client.destroyed) server.destroy();
  }
}
