/** Converts between Node's requests and responses and the platform's messages. Bodies are streamed. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HeaderList } from '../api.ts';
import type { Problem } from '../core/problem.ts';
import type { Body, RequestMessage, ResponseMessage } from '../drivers/protocol.ts';

/** Headers of one connection, which are not part of the message (RFC 9110, 7.6.1). */
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
 * A body whose `content-length` is at most this many bytes is read before the function is called, so
 * that a slow sender does not occupy an instance. A larger one is streamed.
 */
const READ_FIRST_BYTES = 65_536;

/** The request without its connection's headers; header names in lower case. @throws when the body breaks off */
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

/** Names of further headers that belong to the connection: those listed in `Connection`. */
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

/** Stopping early must not destroy the connection: the response still has to go out on it. */
function flowing(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

/** A body as text. Rejects when it breaks off, or is larger than `maxBytes`: what is left of it then flows away. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= maxBytes) chunks.push(chunk);
      else {
        chunks = [];
        reject(new RangeError(`The body may have ${maxBytes} bytes; more came.`));
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString()));
    request.once('error', reject);
    request.once('close', () => {
      // Every whole body closes too, and an error that nobody wants takes long to make.
      if (!request.complete) reject(new Error('The body broke off.'));
    });
  });
}

/** Sends a response. Resolves when its last byte is handed to the system, or either side breaks off. */
export async function sendMessage(
  response: ServerResponse,
  message: ResponseMessage,
): Promise<void> {
  const { status, body } = message;
  // Alternating names and values, which Node takes as they are.
  const headers: string[] = [];
  let hasLength = false;
  for (const [name, value] of message.headers) {
    if (HOP_BY_HOP.has(name)) continue;
    if (name === 'content-length') hasLength = true;
    headers.push(name, value);
  }
  if (body === null || body instanceof Uint8Array) {
    if (body !== null && !hasLength) headers.push('content-length', String(body.byteLength));
    response.writeHead(status, headers);
    response.end(body ?? undefined);
    return;
  }
  const stream = body instanceof Readable ? body : Readable.from(body);
  response.writeHead(status, headers);
  // Sends the head now, because the body's first byte may take long to come.
  response.flushHeaders();
  // If the body fails, the pipeline closes the connection; nothing else can be sent to the caller.
  await pipeline(stream, response).catch(() => undefined);
}

/** Sends a problem document. If the head has already gone out, closes the connection instead. */
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

/** Sends a value as JSON with status 200, not cached. */
export function sendJson(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
