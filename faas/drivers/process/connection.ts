/**
 * A connection from the platform to one instance, which carries one call after another. It is our
 * own, and not a general client's: each warm call passes here, and the other end is known.
 */

import { connect, type Socket } from 'node:net';
import type { Body } from '../protocol.ts';
import { Answer, type Received } from './answer.ts';
import { BodyWriter } from './body-writer.ts';
import { frameResponse, type Framing } from './framing.ts';
import { headerOf, parseLength, requestHead, type Head, type RequestParts } from './head.ts';
import { MessageReader } from './message-reader.ts';

export interface Sent extends RequestParts {
  readonly body: Body;
}

export interface Owner {
  /** It can be given the next call. */
  free(connection: Connection): void;
  closed(connection: Connection): void;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/;

export class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  readonly #owner: Owner;
  readonly #reader: MessageReader;
  #answer: Answer | null = null;
  #toHead = false;
  #keepsOpen = false;
  /** A body that has not been sent to its end. */
  #sending: AsyncIterator<Uint8Array> | null = null;

  constructor(port: number, owner: Owner) {
    this.#host = `127.0.0.1:${port}`;
    this.#owner = owner;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#reader = new MessageReader({
      head: (head) => this.#head(head),
      data: (part) => this.#answer?.data(part),
      end: () => this.#end(this.#keepsOpen),
    });
    this.#socket.on('data', (piece: Buffer) => this.#read(piece));
    this.#socket.on('error', (error) => this.#break(error));
    this.#socket.on('close', () => this.#closed());
  }

  /** Whether a call can be sent over it. */
  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  /** Rejects when the connection breaks, or when `sent` would be read as another. */
  call(sent: Sent): Promise<Received> {
    const answer = new Answer({
      abort: (reason) => this.#abort(answer, reason),
      pause: () => this.#socket.pause(),
      resume: () => this.#socket.resume(),
    });
    this.#answer = answer;
    this.#toHead = sent.method === 'HEAD';
    try {
      this.#send(sent);
    } catch (error) {
      this.#break(error as Error);
    }
    return answer.received;
  }

  close(): void {
    this.#break(new Error('The connection was closed'));
  }

  #send(sent: Sent): void {
    const { body } = sent;
    if (body === null || body instanceof Uint8Array) {
      const head = requestHead(sent, this.#host, body?.byteLength ?? null);
      if (body !== null && body.byteLength > 0) {
        this.#socket.cork();
        this.#socket.write(head, 'latin1');
        this.#socket.write(body);
        this.#socket.uncork();
      } else this.#socket.write(head, 'latin1');
      return;
    }
    const length = parseLength(headerOf(sent.headers, 'content-length'));
    this.#socket.write(requestHead(sent, this.#host, length ?? 'chunked'), 'latin1');
    void this.#flow(body[Symbol.asyncIterator](), new BodyWriter(this.#socket, length));
  }

  async #flow(pieces: AsyncIterator<Uint8Array>, writer: BodyWriter): Promise<void> {
    this.#sending = pieces;
    const isWanted = (): boolean => this.#sending === pieces;
    try {
      for (let next = await pieces.next(); isWanted(); next = await pieces.next()) {
        if (next.done === true) {
          writer.end();
          this.#sending = null;
          break;
        }
        await writer.write(next.value);
      }
    } catch (error) {
      if (isWanted()) this.#break(error as Error);
    }
  }

  #read(piece: Buffer): void {
    try {
      if (this.#answer === null) throw new Error('The instance said what nobody had asked for');
      this.#reader.read(piece);
    } catch (error) {
      this.#break(error as Error);
    }
  }

  #head({ first, headers }: Head): Framing | null {
    const answer = this.#answer;
    if (answer === null) throw new Error('The instance answered more than it was asked');
    const [, minor, code] = STATUS_LINE.exec(first) ?? [];
    if (code === undefined) throw new Error('The answer is not HTTP/1.1');
    const status = Number(code);
    if (status === 101) throw new Error('The answer changes the protocol, which was not asked for');
    // An interim answer is not the answer.
    if (status < 200) return null;
    const isPersistent = minor === '1';
    const { framing, keepsOpen } = frameResponse({ status, isPersistent }, headers, this.#toHead);
    this.#keepsOpen = keepsOpen;
    answer.head(status, headers, lengthOf(framing));
    return framing;
  }

  #end(keepsOpen: boolean): void {
    const answer = this.#answer;
    this.#answer = null;
    // An answer that came before all was sent leaves a connection that nobody can tell the state of.
    const isClean = keepsOpen && this.#sending === null;
    this.#stopSending();
    // Its last part may have been more than its reader wants for now; the next answer is another's.
    this.#socket.resume();
    if (isClean && this.isOpen) this.#owner.free(this);
    else this.#socket.destroy();
    answer?.end();
  }

  /** An answer that has no other end ends with its connection. */
  #closed(): void {
    if (this.#reader.endsWithConnection) this.#end(false);
    else this.#break(new Error('The instance closed the connection before the end of its answer'));
    this.#owner.closed(this);
  }

  #abort(answer: Answer, reason: Error): void {
    if (this.#answer === answer) this.#break(reason);
  }

  #break(reason: Error): void {
    const answer = this.#answer;
    this.#answer = null;
    this.#stopSending();
    this.#socket.destroy();
    answer?.fail(reason);
  }

  #stopSending(): void {
    const pieces = this.#sending;
    this.#sending = null;
    void pieces?.return?.().catch(() => undefined);
  }
}

function lengthOf(framing: Framing): number | null {
  if (framing.is === 'none') return 0;
  return framing.is === 'length' ? framing.left : null;
}
