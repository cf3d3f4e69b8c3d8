/** Sends a handler's Response from a Node instance. */

import type { ServerResponse } from 'node:http';
import { lookAhead, piecesOf } from '../handler.ts';

/** Headers of the connection, which functions cannot set. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Sends a body that is complete with its first bytes in one piece, with its length; streams any
 * other.
 *
 * @param isOver called when the handler's body has ended, before the last byte is written
 * @returns whether the body was streamed
 * @throws the body's own error, or an error when its length differs from its `content-length`
 */
export async function sendAnswer(
  answered: Response,
  outgoing: ServerResponse,
  isOver: () => void,
): Promise<boolean> {
  const isHead = outgoing.req.method === 'HEAD';
  const stated = lengthOf(answered);
  const reader = answered.body?.getReader();
  if (reader !== undefined) {
    outgoing.on('close', () => {
      // The caller has left.
      if (!outgoing.writableFinished) void reader.cancel().catch(() => undefined);
    });
  }
  const body = await lookAhead(reader, turn);
  if (body.whole !== null) {
    const { byteLength } = body.whole;
    if (!isHead && stated !== null && stated !== byteLength && !isBodiless(answered)) {
      throw wrongLength(stated, byteLength);
    }
    writeHead(answered, isHead ? (stated ?? byteLength) : byteLength, outgoing);
    isOver();
    outgoing.end(body.whole);
    return false;
  }
  writeHead(answered, stated, outgoing);
  if (isHead) await reader?.cancel();
  else await flow(piecesOf(body), stated, outgoing);
  isOver();
  outgoing.end();
  return true;
}

/** Streams the body at the caller's pace, and stops when the caller leaves. */
async function flow(
  pieces: AsyncIterable<Uint8Array>,
  stated: number | null,
  outgoing: ServerResponse,
): Promise<void> {
  let sent = 0;
  for await (const piece of pieces) {
    if (outgoing.destroyed) return;
    sent += piece.byteLength;
    if (stated !== null && sent > stated) throw wrongLength(stated, sent);
    if (!outgoing.write(piece)) await room(outgoing);
  }
  if (stated !== null && sent < stated && !outgoing.destroyed) throw wrongLength(stated, sent);
}

/** Resolves when more can be written, or when the caller has left. */
function room(outgoing: ServerResponse): Promise<void> {
  if (outgoing.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const goOn = (): void => {
      outgoing.off('drain', goOn).off('close', goOn);
      resolve();
    };
    outgoing.on('drain', goOn).on('close', goOn);
  });
}

/** @param length of the body in bytes; null when unknown */
function writeHead(answered: Response, length: number | null, outgoing: ServerResponse): void {
  const headers: string[] = [];
  for (const [name, value] of answered.headers) {
    if (name !== 'content-length' && !OF_THE_CONNECTION.has(name)) headers.push(name, value);
  }
  if (length !== null && !isBodiless(answered)) headers.push('content-length', String(length));
  outgoing.writeHead(answered.status, headers);
}

function isBodiless({ status }: Response): boolean {
  return status === 204 || status === 304;
}

/** The handler's own `content-length` in bytes; null when it set none. */
function lengthOf(answered: Response): number | null {
  const stated = answered.headers.get('content-length');
  if (stated === null) return null;
  if (/^\d{1,15}$/.test(stated)) return Number(stated);
  throw new TypeError(
    `The answer's content-length is "${stated}". Expected its length in bytes, or no such header: the platform sets it.`,
  );
}

function wrongLength(stated: number, came: number): TypeError {
  const what = came > stated ? 'longer' : 'shorter';
  return new TypeError(
    `The answer's body is ${what} than its content-length says: ${stated} bytes were announced, ${came} came. Leave the header out: the platform sets it.`,
  );
}

/** A body of bytes or text ends within this many microtasks of its first piece. */
const TICKS = 16;

/** Much faster than a turn of the event loop, which would take a quarter of a warm call's time. */
async function turn(): Promise<undefined> {
  for (let tick = 0; tick < TICKS; tick++) await null;
}
