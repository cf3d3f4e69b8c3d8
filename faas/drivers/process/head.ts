/** The head of an HTTP/1.1 message: its first line and its headers, read and written (RFC 9112). */

/** Names in lower case, and values, in turn. */
export type FlatHeaders = readonly string[];

export interface RequestParts {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: FlatHeaders;
}

export interface Head {
  readonly first: string;
  readonly headers: FlatHeaders;
}

/** A head is refused beyond this, so that memory is bounded. In bytes. */
export const MAX_HEAD_BYTES = 65_536;

/** RFC 9110, 5.6.2. */
export const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
/** RFC 9110, 5.5, for what is written. */
const NO_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const NO_PATH = /[^\x21-\x7e\x80-\xff]/;
/** What no head holds, line ends aside. */
const NO_TEXT = /[^\t\r\n\x20-\x7e\x80-\xff]/;

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/** @throws when it is no head @param text all of it, without the empty line at its end */
export function parseHead(text: string): Head {
  if (NO_TEXT.test(text)) throw new Error('A header is malformed');
  const [first = '', ...lines] = text.split('\r\n');
  const headers: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    if (!TOKEN.test(name) || line.includes('\r') || line.includes('\n')) {
      throw new Error('A header is malformed');
    }
    headers.push(name.toLowerCase(), withoutSpace(line, colon + 1));
  }
  return { first, headers };
}

/** The value of the first header of that name, which is in lower case. */
export function headerOf(headers: FlatHeaders, name: string): string | undefined {
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === name) return headers[i + 1];
  return undefined;
}

/** Of a `content-length`, in bytes; null when it says none. */
export function parseLength(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/** Spaces and tabs around a value are no part of it. Others that `trim` knows are. */
function withoutSpace(line: string, from: number): string {
  let [start, end] = [from, line.length];
  while (start < end && isSpace(line.charCodeAt(start))) start += 1;
  while (end > start && isSpace(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/**
 * The head of a request, whole.
 *
 * @param host for one that names none
 * @param length of its body in bytes, or that nobody knows it; null without a body
 * @throws when a part of it would not be understood as what it is
 */
export function requestHead(
  { method, path, headers }: RequestParts,
  host: string,
  length: number | 'chunked' | null,
): string {
  if (!TOKEN.test(method)) throw new TypeError(`"${method}" is no method`);
  if (NO_PATH.test(path)) throw new TypeError(`"${path}" is no path`);
  let head = `${method} ${path} HTTP/1.1\r\n`;
  let hasHost = false;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? '';
    const value = headers[i + 1] ?? '';
    if (name === 'content-length') continue;
    if (!TOKEN.test(name) || NO_VALUE.test(value)) throw new TypeError(`"${name}" is no header`);
    hasHost ||= name === 'host';
    head += `${name}: ${value}\r\n`;
  }
  if (!hasHost) head += `host: ${host}\r\n`;
  if (length === 'chunked') head += 'transfer-encoding: chunked\r\n';
  else if (length !== null) head += `content-length: ${length}\r\n`;
  else if (METHODS_WITH_BODY.has(method)) head += 'content-length: 0\r\n';
  return `${head}\r\n`;
}
