/**
 * How HTTP sees one version of a file (RFC 9110): conditional requests, ranges and codings. What the
 * bytes are, in memory or on disk, only its `pour` knows.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import fresh from 'fresh';
import Negotiator from 'negotiator';

/** A content coding that the build provides. */
export type Coding = 'br' | 'gzip';

/** Content of a known length. */
export interface Sized {
  readonly byteLength: number;
}

/** One version of a file. */
export interface Representation<Content extends Sized = Sized> {
  readonly bytes: Content;
  /** The same content, compressed. */
  readonly coded: Readonly<Partial<Record<Coding, Content>>>;
  /** Hash of the content, without quotes, for the ETag. */
  readonly hash: string;
  readonly modified: Date;
  /** Headers for every response with this file; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The bytes that a request asked for. */
export interface ByteRange {
  readonly start: number;
  /** Index of the last byte, inclusive. */
  readonly end: number;
}

/** Writes the content, or a range of it, and ends the response. Its head has been written. */
export type Pour<Content extends Sized> = (
  response: ServerResponse,
  content: Content,
  range: ByteRange | null,
) => void;

/** Answers GET or HEAD for a file that is there: 200, 206, 304, 412 or 416. */
export function sendRepresentation<Content extends Sized>(
  request: IncomingMessage,
  response: ServerResponse,
  file: Representation<Content>,
  pour: Pour<Content>,
): void {
  if (isRefusedByPrecondition(request, file)) {
    response.writeHead(412, { 'content-length': 0 }).end();
    return;
  }
  const range = rangeOf(request, file);
  if (range === null) {
    sendWhole(request, response, { file, pour });
    return;
  }
  const size = file.bytes.byteLength;
  const headers = { ...file.headers, ...validators(file, null), 'accept-ranges': 'bytes' };
  if (isUnchanged(request, headers)) {
    response.writeHead(304, withoutContent(headers)).end();
  } else if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}`, 'content-length': 0 }).end();
  } else {
    response.writeHead(206, {
      ...headers,
      'content-range': `bytes ${range.start}-${range.end}/${size}`,
      'content-length': range.end - range.start + 1,
    });
    pour(response, file.bytes, range);
  }
}

/** What is sent as a whole. */
export interface WholeFile<Content extends Sized> {
  readonly file: Representation<Content>;
  readonly pour: Pour<Content>;
  /** @default 200 */
  readonly status?: 200 | 404;
}

/** Answers with the whole file, in a coding that the caller takes, or with 304. */
export function sendWhole<Content extends Sized>(
  request: IncomingMessage,
  response: ServerResponse,
  { file, pour, status = 200 }: WholeFile<Content>,
): void {
  const coding = codingFor(request, file);
  const headers = { ...file.headers, ...validators(file, coding) };
  if (status === 200 && isUnchanged(request, headers)) {
    response.writeHead(304, withoutContent(headers)).end();
    return;
  }
  const bytes = (coding === null ? undefined : file.coded[coding]) ?? file.bytes;
  response.writeHead(status, {
    ...headers,
    ...(status === 200 && { 'accept-ranges': 'bytes' }),
    ...(coding !== null && { 'content-encoding': coding }),
    'content-length': bytes.byteLength,
  });
  if (request.method === 'HEAD') response.end();
  else pour(response, bytes, null);
}

/** The smallest coding that the caller accepts and the build provides; null for none. */
function codingFor(request: IncomingMessage, { coded }: Representation): Coding | null {
  const made = Object.keys(coded) as Coding[];
  if (made.length === 0) return null;
  const accepted = new Negotiator(request).encodings([...made, 'identity']);
  return made.find((coding) => accepted.includes(coding)) ?? null;
}

/** Each coding is a representation of its own, so it has its own ETag. */
function validators(file: Representation, coding: Coding | null): Validators {
  const etag = coding === null ? `"${file.hash}"` : `"${file.hash}-${coding}"`;
  return { etag, 'last-modified': file.modified.toUTCString() };
}

interface Validators {
  readonly etag: string;
  readonly 'last-modified': string;
}

/** Whether the caller already has this version (RFC 9110, 13.1.2 and 13.1.3). */
function isUnchanged({ headers }: IncomingMessage, ours: Validators): boolean {
  const conditions = {
    'if-none-match': headers['if-none-match'],
    'if-modified-since': headers['if-modified-since'],
  };
  return fresh(conditions, { ...ours });
}

/** The headers of a 304: those of the 200 without the content's (RFC 9110, 15.4.5). */
function withoutContent(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'));
}

/** Whether `If-Match` or `If-Unmodified-Since` fails (RFC 9110, 13.1.1 and 13.1.4). */
function isRefusedByPrecondition({ headers }: IncomingMessage, file: Representation): boolean {
  const match = headers['if-match'];
  if (match !== undefined) {
    const ours = [null, ...(Object.keys(file.coded) as Coding[])];
    const tags = match.split(',').map((tag) => tag.trim());
    return match.trim() !== '*' && !ours.some((c) => tags.includes(validators(file, c).etag));
  }
  const since = Date.parse(headers['if-unmodified-since'] ?? '');
  return !Number.isNaN(since) && seconds(file.modified) > since;
}

/**
 * The requested range of the uncompressed file; null for the whole file. Multiple ranges, unknown
 * units and a range of another version are ignored (RFC 9110, 13.1.5, 14.2).
 */
function rangeOf(
  { method, headers }: IncomingMessage,
  file: Representation,
): ByteRange | 'unsatisfiable' | null {
  if (method !== 'GET' || headers.range === undefined) return null;
  if (!isOfThisVersion(headers['if-range'] as string | undefined, file)) return null;
  const match = /^bytes=\s*(?:(\d+)-(\d*)|-(\d+))\s*$/i.exec(headers.range);
  if (match === null) return null;
  const [, first, last, suffix] = match;
  const size = file.bytes.byteLength;
  if (suffix !== undefined) {
    const start = Math.max(0, size - Number(suffix));
    return start < size ? { start, end: size - 1 } : 'unsatisfiable';
  }
  const start = Number(first);
  const end = last === '' ? Infinity : Number(last);
  if (end < start) return null;
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable';
}

function isOfThisVersion(ifRange: string | undefined, file: Representation): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.startsWith('"')) return ifRange === validators(file, null).etag;
  return Date.parse(ifRange) === seconds(file.modified);
}

/** HTTP dates have whole seconds. */
function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}
