/** One HTTP/1.1 response, out of the bytes of a connection as they come (RFC 9112). */

export interface Told {
  /** @param headers names and values in turn; also called for interim answers, below 200 */
  head(status: number, headers: string[]): void;
  data(part: Buffer): void;
}

/** How the end of the body is known. */
type Framing =
  | { readonly is: 'none' }
  | { readonly is: 'length'; left: number }
  | { readonly is: 'chunks'; left: number; at: 'size' | 'data' | 'after data' | 'trailer' }
  | { readonly is: 'connection' };

/** A head or a chunk's size line is refused beyond this, so that memory is bounded. In bytes. */
const MAX_HEAD_BYTES = 65_536;

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;
const CHUNK_SIZE = /^([0-9a-fA-F]{1,12})(?:[ \t]*;.*)?$/;
const NOTHING = Buffer.alloc(0);

export class ResponseReader {
  readonly #toHead: boolean;
  /** What has been read of a line or a head whose end has not come. */
  #rest: Buffer = NOTHING;
  /** Null until the head of the final answer is read. */
  #framing: Framing | null = null;
  isOver = false;
  /** Whether the connection can carry another exchange afterwards. */
  keepsOpen = false;

  /** @param toHead whether it answers HEAD, and so has no body whatever its head says */
  constructor(toHead: boolean) {
    this.#toHead = toHead;
  }

  get endsWithConnection(): boolean {
    return this.#framing?.is === 'connection';
  }

  /** @throws when it is not HTTP, or has more than one answer */
  read(piece: Buffer, told: Told): void {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    this.#rest = NOTHING;
    while (!this.isOver) {
      const left =
        this.#framing === null ? this.#readHead(bytes, told) : this.#readBody(bytes, told);
      if (left === null) return;
      bytes = left;
    }
    if (bytes.length > 0) throw new Error('The instance answered more than it was asked');
  }

  /** Returns what comes after; null when more has to come first. */
  #readHead(bytes: Buffer, told: Told): Buffer | null {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return this.#wait(bytes);
    if (end > MAX_HEAD_BYTES) throw new Error('The head of the answer is too large');
    const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
    const [, minor, code] = STATUS_LINE.exec(first) ?? [];
    if (code === undefined) throw new Error('The answer is not HTTP/1.1');
    const status = Number(code);
    const headers: string[] = [];
    for (const line of lines) {
      const [, name, value] = HEADER.exec(line) ?? [];
      if (name === undefined || value === undefined || /[\0\r\n]/.test(value)) {
        throw new Error('A header of the answer is malformed');
      }
      headers.push(name, value);
    }
    if (status === 101) throw new Error('The answer changes the protocol, which was not asked for');
    if (status >= 200) this.#frame(status, headers, minor === '1');
    told.head(status, headers);
    if (this.#framing?.is === 'none') this.isOver = true;
    return bytes.subarray(end + 4);
  }

  #frame(status: number, headers: readonly string[], isPersistent: boolean): void {
    const of = (name: string): string[] =>
      headers.filter((_, i) => i % 2 === 1 && headers[i - 1]?.toLowerCase() === name);
    const connection = of('connection').join(',').toLowerCase();
    this.keepsOpen = isPersistent
      ? !/\bclose\b/.test(connection)
      : /\bkeep-alive\b/.test(connection);
    const lengths = of('content-length');
    const codings = of('transfer-encoding');
    if (this.#toHead || status === 204 || status === 304) this.#framing = { is: 'none' };
    else if (codings.length > 0) {
      if (codings.join().toLowerCase() !== 'chunked' || lengths.length > 0) {
        throw new Error('The framing of the answer is ambiguous');
      }
      this.#framing = { is: 'chunks', left: 0, at: 'size' };
    } else if (lengths.length > 0) {
      const [length = ''] = lengths;
      if (lengths.length > 1 || !/^\d{1,15}$/.test(length)) {
        throw new Error('The length of the answer is ambiguous');
      }
      this.#framing =
        Number(length) === 0 ? { is: 'none' } : { is: 'length', left: Number(length) };
    } else {
      this.#framing = { is: 'connection' };
      this.keepsOpen = false;
    }
  }

  #readBody(bytes: Buffer, told: Told): Buffer | null {
    const framing = this.#framing;
    if (bytes.length === 0 || framing === null) return null;
    if (framing.is === 'chunks') return this.#readChunks(bytes, framing, told);
    if (framing.is === 'length') {
      const part = bytes.subarray(0, framing.left);
      framing.left -= part.length;
      this.isOver = framing.left === 0;
      told.data(part);
      return this.isOver ? bytes.subarray(part.length) : null;
    }
    told.data(bytes);
    return null;
  }

  #readChunks(bytes: Buffer, framing: Framing & { is: 'chunks' }, told: Told): Buffer | null {
    if (framing.at === 'data') {
      const part = bytes.subarray(0, framing.left);
      framing.left -= part.length;
      if (framing.left === 0) framing.at = 'after data';
      told.data(part);
      return bytes.subarray(part.length);
    }
    const end = bytes.indexOf('\r\n');
    if (end < 0) return this.#wait(bytes);
    const line = bytes.toString('latin1', 0, end);
    if (framing.at === 'size') {
      const [, size] = CHUNK_SIZE.exec(line) ?? [];
      if (size === undefined) throw new Error('A chunk of the answer has no size');
      framing.left = parseInt(size, 16);
      framing.at = framing.left === 0 ? 'trailer' : 'data';
    } else if (framing.at === 'after data') {
      if (line !== '') throw new Error('A chunk of the answer is longer than it says');
      framing.at = 'size';
    } else if (line === '') this.isOver = true;
    return bytes.subarray(end + 2);
  }

  #wait(bytes: Buffer): null {
    if (bytes.length > MAX_HEAD_BYTES) throw new Error('The head of the answer is too large');
    this.#rest = bytes;
    return null;
  }
}
