/** The gateway on a socket: limits against slow and malformed clients, and a stop that finishes all calls. */

import { createServer, STATUS_CODES, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { problem } from '../core/problem.ts';
import type { Gateway } from './gateway.ts';
import { isRefused } from './request-head.ts';

/** Node's parser refuses larger, slower or malformed requests before our code runs. */
const LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  requireHostHeader: true,
  insecureHTTPParser: false,
  // A request without a body then has no stream that has to end.
  optimizeEmptyRequests: true,
} as const;

/** Most connections at once; further ones are dropped. */
const MAX_CONNECTIONS = 4_096;

/** A connection that reads none of its pending data for this long is dropped. */
const STALLED_MS = 30_000;

/** A gateway that accepts connections. */
export interface RunningServer {
  /** `http://localhost:4321` */
  readonly origin: string;
  /**
   * Accepts no more connections and finishes the requests in flight. Resolves when all are answered,
   * or after `graceMs`.
   */
  stop(graceMs: number): Promise<void>;
  /** Lets the process end although the server still listens. */
  unref(): void;
}

/** @throws with the cure when the address cannot be listened on */
export async function listen(gateway: Gateway, host: string, port: number): Promise<RunningServer> {
  const server = createServer(LIMITS);
  let stopping = false;
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', (request, response) => {
    // A stopping server closes the connection after this response.
    if (stopping) response.shouldKeepAlive = false;
    void gateway.handle(request, response);
  });
  server.on('clientError', refuse);
  dropStalled(server);
  await bind(server, host, port);
  const address = server.address() as AddressInfo;
  gateway.origin = `http://${numbered(host)}:${address.port}`;
  return {
    origin: `http://${nameOf(host)}:${address.port}`,
    unref: () => server.unref(),
    async stop(graceMs) {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection whose last response began before the stop becomes idle only later.
      const sweep = setInterval(() => server.closeIdleConnections(), 20);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([gateway.drain().then(() => closed), late]);
      clearTimeout(timer);
      clearInterval(sweep);
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Checks whether another program listens on the same port of `[::1]`, since a browser may reach that
 * one under `localhost`. @returns a warning for the reader, or null
 */
export async function twinOf(host: string, { origin }: RunningServer): Promise<string | null> {
  if (host !== '127.0.0.1') return null;
  const port = Number(new URL(origin).port);
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: '::1', port });
    const done = (answer: boolean): void => {
      resolve(answer);
      socket.destroy();
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });
  if (!answers) return null;
  return `Another program listens on port ${port} of [::1], and localhost may mean that one. Use http://127.0.0.1:${port}, or take another port: PORT=${port + 1} npm start\n`;
}

/** Resolves when the address is free. @throws with the cure when it is not */
export async function probe(host: string, port: number): Promise<void> {
  const server = createServer();
  await bind(server, host, port);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
  } catch (error) {
    throw new Error(cureFor(error as NodeJS.ErrnoException, host, port), { cause: error });
  }
}

function cureFor(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Stop that program, or take another port: PORT=${port + 1} npm start`;
  }
  if (error.code === 'EACCES') {
    return `Port ${port} may not be listened on by this user. Take one from 1024 up: PORT=4321 npm start`;
  }
  return `Cannot listen on ${host}, port ${port} (${error.message}). HOST is an address of this machine, such as 127.0.0.1.`;
}

/** A server on a loopback or wildcard address is reached as localhost. */
function nameOf(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** The address as a process on this machine writes it, without asking what `localhost` means. */
function numbered(host: string): string {
  if (host === '::' || host === '::1') return '[::1]';
  if (host === '0.0.0.0' || host === 'localhost') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

const REFUSALS: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, `The request's head is larger than ${LIMITS.maxHeaderSize} bytes.`],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of a chunk are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/** Answers a request that the parser refused with a problem document, and closes the connection. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET' || isRefused(socket)) {
    socket.destroy();
    return;
  }
  const [status, detail] = REFUSALS[error.code ?? ''] ?? [400, 'The request is not HTTP/1.1.'];
  const body = JSON.stringify({ ...problem('bad-request', detail), status });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    // Unread input must not keep the socket open.
    () => socket.destroy(),
  );
}

/** Drops connections that do not read. Idle ones stay, because a function may take long to answer. */
function dropStalled(server: Server): void {
  server.setTimeout(STALLED_MS, (socket) => {
    if (socket.writableLength > 0) socket.destroy();
    else socket.setTimeout(STALLED_MS);
  });
}
