/**
 * The HTTP/1.1 server of an instance. It is our own, and smaller than Node's: its one caller is the
 * platform, which sends a request after the answer to the last, and limits what it passes on. What
 * else may find the port is turned away by the token.
 */

import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Exchange } from './exchange.ts';
import { frameRequest, type Framing } from './framing.ts';
import { TOKEN, type Head } from './head.ts';
import { MessageReader } from './message-reader.ts';
import { RequestBody } from './request-body.ts';

const REQUEST_LINE = /^(\S+) (\S+) HTTP\/1\.1$/;

export class InstanceServer {
  readonly #server: Server;
  readonly #connections = new Set<ServedConnection>();
  #isLeaving = false;

  /** @param serve answers the exchange, now or later */
  constructor(serve: (exchange: Exchange) => void) {
    this.#server = createServer({ noDelay: true }, (socket) => {
      const connection = new ServedConnection(socket, serve, () => this.#isLeaving);
      this.#connections.add(connection);
      socket.on('close', () => this.#connections.delete(connection));
    });
  }

  /** On 127.0.0.1. @param port 0 for any free one @param listening is told which it is */
  listen(port: number, listening: (port: number) => void): void {
    this.#server.listen(port, '127.0.0.1', () => {
      listening((this.#server.address() as AddressInfo).port);
    });
  }

  /** Takes no new connection, answers what it was asked, and calls `left` when all are closed. */
  leave(left: () => void): void {
    this.#isLeaving = true;
    this.#server.close(left);
    for (const connection of this.#connections) connection.closeIfIdle();
  }
}

class ServedConnection {
  readonly #socket: Socket;
  readonly #serve: (exchange: Exchange) => void;
  readonly #isLeaving: () => boolean;
  readonly #reader: MessageReader;
  #exchange: Exchange | null = null;
  #body: RequestBody | null = null;
  /** Of the exchange that runs: whether its request has been read to its end. */
  #isRead = true;
  #keepsOpen = true;

  constructor(socket: Socket, serve: (exchange: Exchange) => void, isLeaving: () => boolean) {
    this.#socket = socket;
    this.#serve = serve;
    this.#isLeaving = isLeaving;
    this.#reader = new MessageReader({
      head: (head) => this.#head(head),
      data: (part) => this.#body?.push(part),
      end: () => this.#read(),
    });
    socket.on('data', (piece: Buffer) => this.#take(piece));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#closed());
  }

  closeIfIdle(): void {
    if (this.#exchange === null) this.#socket.destroy();
  }

  #take(piece: Buffer): void {
    try {
      this.#reader.read(piece);
    } catch {
      // It is not the platform that speaks like this.
      this.#socket.end('HTTP/1.1 400 \r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      this.#socket.destroySoon();
    }
  }

  #head({ first, headers }: Head): Framing {
    const [, method, url] = REQUEST_LINE.exec(first) ?? [];
    if (this.#exchange !== null || method === undefined || url === undefined) {
      throw new Error('Expected one HTTP/1.1 request after the answer to another');
    }
    if (!TOKEN.test(method)) throw new Error('The method is malformed');
    const { framing, keepsOpen } = frameRequest(headers);
    this.#keepsOpen = keepsOpen;
    this.#isRead = false;
    const body = framing.is === 'none' ? null : new RequestBody(this.#socket);
    this.#body = body;
    const asked = { method, url, headers, body: body?.stream ?? null };
    const exchange = new Exchange(asked, this.#socket, () => this.#answered());
    this.#exchange = exchange;
    this.#serve(exchange);
    return framing;
  }

  #read(): void {
    this.#isRead = true;
    this.#body?.end();
    // Its last part may have been more than its handler wants for now; the next request is another.
    this.#socket.resume();
    if (this.#exchange === null) this.#rest();
  }

  #answered(): void {
    this.#exchange = null;
    if (this.#isRead) this.#rest();
    else this.#body?.discard();
  }

  /** Between one exchange and the next. */
  #rest(): void {
    this.#body = null;
    if (!this.#keepsOpen || this.#isLeaving()) this.#socket.end();
  }

  #closed(): void {
    this.#body?.fail(new Error('The caller broke off'));
    this.#exchange?.break();
    this.#exchange = null;
  }
}
