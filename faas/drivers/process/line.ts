/** The line to one instance: a request message goes out over HTTP, an answer comes back. */

import { Readable } from 'node:stream';
import { Pool, type Dispatcher } from 'undici';
import type { HeaderList, RequestMessage } from '../protocol.ts';
import { Answer } from './answer.ts';
import { Connection } from './connection.ts';
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
  readonly #port: number;
  readonly #token: string;
  readonly #open = new Set<Connection>();
  /** Those of them that carry no call, the last used at the end. */
  readonly #idle: Connection[] = [];
  /** For bodies that flow, made with the first of them. */
  #flowing: Pool | null = null;

  /** @param token that the instance wants to see */
  constructor(port: number, token: string) {
    this.#port = port;
    this.#token = token;
  }

  /** Rejects when the instance, the caller's body or `signal` breaks it off before the head. */
  async exchange(message: RequestMessage, call: number, signal: AbortSignal): Promise<Exchanged> {
    signal.throwIfAborted();
    const answer = new Answer();
    const abort = (): void => answer.abort();
    signal.addEventListener('abort', abort, { once: true });
    this.#dispatch(message, this.#headersOf(message, call), answer);
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
    for (const connection of this.#open) connection.close();
    void this.#flowing?.destroy();
  }

  #dispatch({ method, url: path, body }: RequestMessage, headers: string[], answer: Answer): void {
    if (body === null || body instanceof Uint8Array) {
      this.#connection().dispatch({ method, path, headers, body }, answer);
      return;
    }
    // How long a call may take is the pool's to say, and an idle instance keeps its connections.
    this.#flowing ??= new Pool(`http://127.0.0.1:${this.#port}`, {
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 600_000,
      pipelining: 1,
    });
    const stream = body instanceof Readable ? body : Readable.from(body, { objectMode: false });
    this.#flowing.dispatch(
      { path, method: method as Dispatcher.HttpMethod, headers, body: stream },
      answer,
    );
  }

  #connection(): Connection {
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (last.isOpen) return last;
    }
    const made = new Connection(this.#port, {
      free: (connection) => this.#idle.push(connection),
      closed: (connection) => this.#open.delete(connection),
    });
    this.#open.add(made);
    return made;
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
