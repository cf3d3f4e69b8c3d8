/** The line to one instance: a request message goes out over HTTP, an answer comes back. */

import { Readable } from 'node:stream';
import { Pool, type Dispatcher } from 'undici';
import type { Body, HeaderList, RequestMessage } from '../protocol.ts';
import { Answer } from './answer.ts';
import { CALL_HEADER, TOKEN_HEADER, USAGE_HEADER, type Usage } from './telemetry.ts';

export interface Exchanged {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array | Readable | null;
  /** Null when the instance tells it later. */
  readonly usage: Usage | null;
}

/** Framing is this connection's own; the rest is ours. */
const NOT_PASSED = new Set([
  'connection',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  TOKEN_HEADER,
  CALL_HEADER,
]);

export class Line {
  readonly #connections: Pool;
  readonly #token: string;

  /** @param token that the instance wants to see */
  constructor(port: number, token: string) {
    // How long a call may take is the pool's to say, and an idle instance keeps its connections.
    this.#connections = new Pool(`http://127.0.0.1:${port}`, {
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 600_000,
      pipelining: 1,
    });
    this.#token = token;
  }

  /** Rejects when the instance, the caller's body or `signal` breaks it off before the head. */
  async exchange(message: RequestMessage, call: number, signal: AbortSignal): Promise<Exchanged> {
    signal.throwIfAborted();
    const answer = new Answer();
    const abort = (): void => answer.abort();
    signal.addEventListener('abort', abort, { once: true });
    this.#connections.dispatch(
      {
        path: message.url,
        method: message.method as Dispatcher.HttpMethod,
        headers: this.#headersOf(message, call),
        body: sendable(message.body),
      },
      answer,
    );
    try {
      const { status, headers, body } = await answer.received;
      const usage = headers.find(([name]) => name === USAGE_HEADER)?.[1];
      return {
        status,
        headers: headers.filter(([name]) => name !== USAGE_HEADER && name !== 'date'),
        body,
        usage: usage === undefined ? null : (JSON.parse(usage) as Usage),
      };
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  close(): void {
    void this.#connections.destroy();
  }

  /** Names and values in turn. */
  #headersOf({ headers }: RequestMessage, call: number): string[] {
    const flat = [TOKEN_HEADER, this.#token, CALL_HEADER, String(call)];
    for (const [name, value] of headers) {
      if (!NOT_PASSED.has(name)) flat.push(name, value);
    }
    return flat;
  }
}

function sendable(body: Body): Uint8Array | Readable | null {
  if (body === null || body instanceof Uint8Array || body instanceof Readable) return body;
  return Readable.from(body, { objectMode: false });
}
