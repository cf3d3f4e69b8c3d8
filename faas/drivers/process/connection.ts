/**
 * One connection to an instance, for calls whose body is known: HTTP/1.1 with nothing that such a
 * call does not need. A general client costs a tenth of a warm call more.
 */

import { connect, type Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { ResponseReader } from './response-reader.ts';

export interface Sent {
  readonly method: string;
  readonly path: string;
  /** Names, in lower case, and values in turn. */
  readonly headers: readonly string[];
  readonly body: Uint8Array | null;
}

export interface Owner {
  /** It can be given the next call. */
  free(connection: Connection): void;
  closed(connection: Connection): void;
}

/** A body of up to this many bytes goes out in one piece with its head. */
const ONE_PIECE_BYTES = 65_536;

/** RFC 9110, 5.6.2 and 5.5. */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
const NO_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const NO_PATH = /[^\x21-\x7e\x80-\xff]/;

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

export class Connection implements Dispatcher.DispatchController {
  readonly #socket: Socket;
  readonly #host: string;
  readonly #owner: Owner;
  #reader: ResponseReader | null = null;
  #handler: Dispatcher.DispatchHandler | null = null;
  rawHeaders: string[] = [];
  aborted = false;
  reason: Error | null = null;

  constructor(port: number, owner: Owner) {
    this.#host = `127.0.0.1:${port}`;
    this.#owner = owner;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (piece: Buffer) => this.#read(piece));
    this.#socket.on('error', (error) => this.#break(error));
    this.#socket.on('close', () => this.#closed());
  }

  get paused(): boolean {
    return this.#socket.isPaused();
  }

  /** Whether a call can be sent over it. */
  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  dispatch(sent: Sent, handler: Dispatcher.DispatchHandler): void {
    this.#handler = handler;
    handler.onRequestStart?.(this, null);
    if (this.aborted) return;
    let head: string;
    try {
      head = headOf(sent, this.#host);
    } catch (error) {
      this.#break(error as Error);
      return;
    }
    this.#reader = new ResponseReader(sent.method === 'HEAD');
    const { body } = sent;
    if (body === null) this.#socket.write(head, 'latin1');
    else if (body.byteLength <= ONE_PIECE_BYTES) {
      this.#socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
    } else {
      this.#socket.write(head, 'latin1');
      this.#socket.write(body);
    }
  }

  abort(reason: Error): void {
    this.#break(reason);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#break(new Error('The connection was closed'));
  }

  #read(piece: Buffer): void {
    const reader = this.#reader;
    const handler = this.#handler;
    // Nobody has asked for anything.
    if (reader === null || handler === null) return this.close();
    try {
      reader.read(piece, {
        head: (status, headers) => {
          this.rawHeaders = headers;
          handler.onResponseStart?.(this, status, {});
        },
        data: (part) => handler.onResponseData?.(this, part),
      });
    } catch (error) {
      this.#break(error as Error);
      return;
    }
    if (reader.isOver) this.#end(reader.keepsOpen);
  }

  #end(keepsOpen: boolean): void {
    const handler = this.#handler;
    this.#handler = null;
    this.#reader = null;
    if (keepsOpen && this.isOpen) this.#owner.free(this);
    else this.#socket.destroy();
    handler?.onResponseEnd?.(this, {});
  }

  /** An answer that has no other end ends with its connection. */
  #closed(): void {
    if (this.#reader?.endsWithConnection === true) this.#end(false);
    else this.#break(new Error('The instance closed the connection before the end of its answer'));
    this.#owner.closed(this);
  }

  #break(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#socket.destroy();
    const handler = this.#handler;
    this.#handler = null;
    this.#reader = null;
    handler?.onResponseError?.(this, reason);
  }
}

/** @throws when a part of it would not be understood as what it is */
function headOf({ method, path, headers, body }: Sent, host: string): string {
  if (!NAME.test(method)) throw new TypeError(`"${method}" is no method`);
  if (NO_PATH.test(path)) throw new TypeError(`"${path}" is no path`);
  let head = `${method} ${path} HTTP/1.1\r\n`;
  let hasHost = false;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? '';
    const value = headers[i + 1] ?? '';
    if (name === 'content-length') continue;
    if (!NAME.test(name) || NO_VALUE.test(value)) throw new TypeError(`"${name}" is no header`);
    hasHost ||= name === 'host';
    head += `${name}: ${value}\r\n`;
  }
  if (!hasHost) head += `host: ${host}\r\n`;
  if (body !== null) head += `content-length: ${body.byteLength}\r\n`;
  else if (METHODS_WITH_BODY.has(method)) head += 'content-length: 0\r\n';
  return `${head}\r\n`;
}
