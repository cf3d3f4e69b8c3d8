/** Between Node's requests and responses and the platform's messages. Bytes flow as they come. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HeaderList } from '../api.ts';
import type { Problem } from '../core/problem.ts';
import type { Body, RequestMessage, ResponseMessage } from '../drivers/protocol.ts';

/** What belongs to one connection and not to the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * A body that is known to be no larger than this is read before a function is asked, so that who
 * sends it slowly holds no instance. A larger one flows.
 */
const READ_FIRST_BYTES = 65_536;

export async function toRequestMessage(request: IncomingMessage): Promise<RequestMessage> {
  const body = bodyOf(request);
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: headersOf(request),
    body: body instanceof Promise ? await body : body,
  };
}

function headersOf(request: IncomingMessage): HeaderList {
  const { rawHeaders } = request;
  const named = connectionHeaders(request.headers.connection);
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    if (!HOP_BY_HOP.has(name) && !named.includes(name))
      headers.push([name, rawHeaders[i + 1] ?? '']);
  }
  return headers;
}

/** Headers that `Connection` itself names are the connection's too. */
function connectionHeaders(value: string | undefined): readonly string[] {
  if (value === undefined || /^(keep-alive|close)$/i.test(value)) return [];
  return value.split(',').map((name) => name.trim().toLowerCase());
}

function bodyOf(request: IncomingMessage): Body | Promise<Body> {
  const length = request.headers['content-length'];
  if (length === undefined)
    return request.headers['transfer-encoding'] === undefined ? null : flowing(request);
  if (Number(length) === 0) return null;
  return Number(length) <= READ_FIRST_BYTES ? readAll(request) : flowing(request);
}

/** Who stops reading it has not broken the connection: the answer still has to go out on it. */
function flowing(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

/** A body as text. @throws when it is larger than `maxBytes` */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new RangeError(`The body may have ${maxBytes} bytes; more came.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Resolves when the last byte is handed to the system, or when either side broke off. */
export async function sendMessage(
  response: ServerResponse,
  message: ResponseMessage,
): Promise<void> {
  const { status, body } = message;
  const headers = message.headers.filter(([name]) => !HOP_BY_HOP.has(name));
  if (body === null || body instanceof Uint8Array) {
    if (body !== null && !headers.some(([name]) => name === 'content-length')) {
      headers.push(['content-length', String(body.byteLength)]);
    }
    response.writeHead(status, headers.flat());
    response.end(body ?? undefined);
    return;
  }
  const stream = body instanceof Readable ? body : Readable.from(body);
  response.writeHead(status, headers.flat());
  // The head goes out at once: the first byte of the body may be long in coming.
  response.flushHeaders();
  // A body that breaks off has broken the connection too, which is all the caller can be told.
  await pipeline(stream, response).catch(() => undefined);
}

export function sendProblem(
  response: ServerResponse,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(problem);
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}

export function sendJson(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
