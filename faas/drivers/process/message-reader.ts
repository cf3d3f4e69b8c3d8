/** HTTP/1.1 messages, out of the bytes of a connection as they come (RFC 9112). */

import type { Framing } from './framing.ts';
import { MAX_HEAD_BYTES, parseHead, type Head } from './head.ts';

export interface Reading {
  /** Returns how its body is framed; null for a head that another follows, as interim answers are. */
  head(head: Head): Framing | null;
  data(part: Buffer): void;
  /** The message is over: what comes next is another. */
  end(): void;
}

const CHUNK_SIZE = /^([0-9a-fA-F]{1,12})(?:[ \t]*;.*)?$/;
const NOTHING = Buffer.alloc(0);

export class MessageReader {
  readonly #reading: Reading;
  /** What has been read of a line or a head whose end has not come. */
  #rest: Buffer = NOTHING;
  /** Null until a head is read. */
  #framing: Framing | null = null;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Whether the message lasts as long as its connection. */
  get endsWithConnection(): boolean {
    return this.#framing?.is === 'connection';
  }

  /** @throws when it is not HTTP */
  read(piece: Buffer): void {
    let bytes: Buffer | null = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    this.#rest = NOTHING;
    while (bytes !== null && bytes.length > 0) {
      bytes = this.#framing === null ? this.#readHead(bytes) : this.#readBody(bytes, this.#framing);
    }
  }

  /** Returns what comes after; null when more has to come first. */
  #readHead(bytes: Buffer): Buffer | null {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return this.#wait(bytes);
    if (end > MAX_HEAD_BYTES) throw new Error('The head of the message is too large');
    this.#framing = this.#reading.head(parseHead(bytes.toString('latin1', 0, end)));
    if (this.#framing?.is === 'none') this.#end();
    return bytes.subarray(end + 4);
  }

  #readBody(bytes: Buffer, framing: Framing): Buffer | null {
    if (framing.is === 'chunks') return this.#readChunks(bytes, framing);
    if (framing.is === 'length') {
      const part = bytes.subarray(0, framing.left);
      framing.left -= part.length;
      this.#reading.data(part);
      if (framing.left === 0) this.#end();
      return bytes.subarray(part.length);
    }
    this.#reading.data(bytes);
    return null;
  }

  #readChunks(bytes: Buffer, framing: Framing & { is: 'chunks' }): Buffer | null {
    if (framing.at === 'data') {
      const part = bytes.subarray(0, framing.left);
      framing.left -= part.length;
      if (framing.left === 0) framing.at = 'after data';
      this.#reading.data(part);
      return bytes.subarray(part.length);
    }
    const end = bytes.indexOf('\r\n');
    if (end < 0) return this.#wait(bytes);
    const line = bytes.toString('latin1', 0, end);
    if (framing.at === 'size') {
      const [, size] = CHUNK_SIZE.exec(line) ?? [];
      if (size === undefined) throw new Error('A chunk of the message has no size');
      framing.left = parseInt(size, 16);
      framing.at = framing.left === 0 ? 'trailer' : 'data';
    } else if (framing.at === 'after data') {
      if (line !== '') throw new Error('A chunk of the message is longer than it says');
      framing.at = 'size';
    } else if (line === '') this.#end();
    return bytes.subarray(end + 2);
  }

  #end(): void {
    this.#framing = null;
    this.#reading.end();
  }

  #wait(bytes: Buffer): null {
    if (bytes.length > MAX_HEAD_BYTES) throw new Error('The head of the message is too large');
    this.#rest = bytes;
    return null;
  }
}
