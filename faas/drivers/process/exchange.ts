/** One request to an instance and the one response to it, on a connection of the platform's. */

import type { Socket } from 'node:net';
import { BodyWriter } from './body-writer.ts';
import { parseLength, type FlatHeaders } from './head.ts';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: FlatHeaders;
  readonly body: ReadableStream<Uint8Array> | null;
}

/** A body of up to this many bytes goes out in one piece with its head. */
const ONE_PIECE_BYTES = 65_536;

/** Headers that are the connection's: functions neither see nor set them. */
export const FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'trailer',
]);

export class Exchange {
  readonly asked: Asked;
  /** Whether the head of the response is written. */
  hasBegun = false;
  /** Whether the platform broke it off before its end. */
  isBroken = false;
  readonly #socket: Socket;
  readonly #over: () => void;
  readonly #listeners: (() => void)[] = [];

  /** @param over is called once the last byte of the response is written */
  constructor(asked: Asked, socket: Socket, over: () => void) {
    this.asked = asked;
    this.#socket = socket;
    this.#over = over;
  }

  /** The listener is told when the platform breaks it off. */
  onBreak(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** A response that is known whole. */
  respond(status: number, headers: Iterable<readonly [string, string]>, body: Uint8Array): void {
    const isHead = this.asked.method === 'HEAD';
    const { head, length } = headOf(status, headers);
    const stated = isHead && length !== null ? length : body.byteLength;
    const text = `${head}${isBodiless(status) ? '' : `content-length: ${stated}\r\n`}\r\n`;
    this.hasBegun = true;
    if (isHead || isBodiless(status)) this.#socket.write(text, 'latin1');
    else if (body.byteLength <= ONE_PIECE_BYTES) this.#socket.write(inOnePiece(text, body));
    else {
      this.#socket.write(text, 'latin1');
      this.#socket.write(body);
    }
    this.#over();
  }

  /** The head of a response whose body flows; null when its status or method lets it have none. */
  begin(status: number, headers: Iterable<readonly [string, string]>): BodyWriter | null {
    const { head, length } = headOf(status, headers);
    const hasBody = !isBodiless(status);
    let framing = '';
    if (hasBody && length === null) framing = 'transfer-encoding: chunked\r\n';
    else if (hasBody) framing = `content-length: ${length}\r\n`;
    this.hasBegun = true;
    this.#socket.write(`${head}${framing}\r\n`, 'latin1');
    if (hasBody && this.asked.method !== 'HEAD') return new BodyWriter(this.#socket, length);
    return null;
  }

  /** A response that was begun has come to its end. */
  end(): void {
    this.#over();
  }

  /** The rest of a response that was begun will not come: all that is left to say so is to go. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** The connection is gone. */
  break(): void {
    this.isBroken = true;
    for (const listener of this.#listeners) listener();
  }
}

function isBodiless(status: number): boolean {
  return status === 204 || status === 304;
}

function inOnePiece(text: string, body: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(text.length + body.byteLength);
  bytes.write(text, 'latin1');
  bytes.set(body, text.length);
  return bytes;
}

/** The first line and the headers, but for framing, and the length that they state. */
function headOf(
  status: number,
  headers: Iterable<readonly [string, string]>,
): { head: string; length: number | null } {
  let head = `HTTP/1.1 ${status} \r\n`;
  let length: number | null = null;
  for (const [name, value] of headers) {
    if (name === 'content-length') length = parseLength(value);
    else if (!FRAMING.has(name)) head += `${name}: ${value}\r\n`;
  }
  return { head, length };
}
