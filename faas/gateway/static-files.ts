/**
 * Serves the built site: one address for each page, and conditional requests, ranges and codings by
 * RFC 9110.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import fresh from 'fresh';
import Negotiator from 'negotiator';
import { problem } from '../core/problem.ts';
import type { Site } from './gateway.ts';
import { sendProblem } from './message.ts';
import { BuiltSite, type Coding, type SiteFile } from './site-files.ts';

/** @param folder `dist`. @param unbuilt answers while there is no site in it */
export function serveFiles(folder: string, unbuilt: Site): Site {
  const site = new BuiltSite(folder);
  return (request, response) => {
    const { current } = site;
    if (current === null) {
      unbuilt(request, response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const detail = `A page answers GET, not ${request.method ?? ''}. Functions are under /api/.`;
      sendProblem(response, problem('method-not-allowed', detail), { allow: 'GET, HEAD' });
      return;
    }
    const [path, query] = pathOf(request);
    const file = current.files.get(path);
    const moved = current.moved.get(path);
    if (file !== undefined) sendFile(request, response, file);
    else if (moved !== undefined) redirect(response, encodeURI(moved) + query);
    else sendWhole(response, 404, current.notFound, request);
  };
}

/** The decoded path and the query, `?` included. A path that cannot be decoded names no file. */
function pathOf({ url = '' }: IncomingMessage): readonly [path: string, query: string] {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  try {
    return [decodeURIComponent(path), at < 0 ? '' : url.slice(at)];
  } catch {
    return ['', ''];
  }
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(308, { location, 'content-length': 0, 'cache-control': 'no-cache' });
  response.end();
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: SiteFile): void {
  if (isRefusedByPrecondition(request, file)) {
    response.writeHead(412, { 'content-length': 0 }).end();
    return;
  }
  const range = rangeOf(request, file);
  if (range === null) {
    sendWhole(response, 200, file, request);
    return;
  }
  const size = file.bytes.byteLength;
  const headers = { ...file.headers, ...validators(file, null), 'accept-ranges': 'bytes' };
  if (isUnchanged(request, headers)) {
    response.writeHead(304, withoutContent(headers)).end();
  } else if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}`, 'content-length': 0 }).end();
  } else {
    const part = file.bytes.subarray(range.start, range.end + 1);
    response.writeHead(206, {
      ...headers,
      'content-range': `bytes ${range.start}-${range.end}/${size}`,
      'content-length': part.byteLength,
    });
    response.end(part);
  }
}

function sendWhole(
  response: ServerResponse,
  status: 200 | 404,
  file: SiteFile,
  request: IncomingMessage,
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
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** The smallest coding that the caller accepts and the build provides; null for none. */
function codingFor(request: IncomingMessage, { coded }: SiteFile): Coding | null {
  const made = Object.keys(coded) as Coding[];
  if (made.length === 0) return null;
  const accepted = new Negotiator(request).encodings([...made, 'identity']);
  return made.find((coding) => accepted.includes(coding)) ?? null;
}

/** Each coding is a representation of its own, so it has its own ETag. */
function validators(file: SiteFile, coding: Coding | null): Validators {
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
function isRefusedByPrecondition({ headers }: IncomingMessage, file: SiteFile): boolean {
  const match = headers['if-match'];
  if (match !== undefined) {
    const ours = [null, ...(Object.keys(file.coded) as Coding[])];
    const tags = match.split(',').map((tag) => tag.trim());
    return match.trim() !== '*' && !ours.some((c) => tags.includes(validators(file, c).etag));
  }
  const since = Date.parse(headers['if-unmodified-since'] ?? '');
  return !Number.isNaN(since) && seconds(file.modified) > since;
}

interface ByteRange {
  readonly start: number;
  /** Index of the last byte, inclusive. */
  readonly end: number;
}

/**
 * The requested range of the uncompressed file; null for the whole file. Multiple ranges, unknown
 * units and a range of another version are ignored (RFC 9110, 13.1.5, 14.2).
 */
function rangeOf(
  { method, headers }: IncomingMessage,
  file: SiteFile,
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

function isOfThisVersion(ifRange: string | undefined, file: SiteFile): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.startsWith('"')) return ifRange === validators(file, null).etag;
  return Date.parse(ifRange) === seconds(file.modified);
}

/** HTTP dates have whole seconds. */
function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}
