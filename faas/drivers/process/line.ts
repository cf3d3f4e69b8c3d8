/** The line to one instance: a request message goes out over HTTP, an answer comes back. */

import type { Readable } from 'node:stream';
import { PRIVATE_HEADERS, type HeaderList } from '../../api.ts';
import type { RequestMessage } from '../protocol.ts';
import { Connection } from './connection.ts';
import type { FlatHeaders } from './head.ts';
import type { Usage } from './telemetry.ts';

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
  PRIVATE_HEADERS.token,
  PRIVATE_HEADERS.call,
]);

export class Line {
  readonly #port: number;
  readonly #token: string;
  readonly #open = new Set<Connection>();
  /** Those of them that carry no call, the last used at the end. */
  readonly #idle: Connection[] = [];

  /** @param token that the instance wants to see */
  constructor(port: number, token: string) {
    this.#port = port;
    this.#token = token;
  }

  /** Rejects when the instance or the caller's body breaks it off before the head. */
  async exchange(message: RequestMessage, call: number): Promise<Exchanged> {
    const { method, url: path, body } = message;
    const headers = this.#headersOf(message, call);
    const received = await this.#connection().call({ method, path, headers, body });
    return { ...received, ...readHeaders(received.headers) };
  }

  close(): void {
    for (const connection of this.#open) connection.close();
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
    const flat = [PRIVATE_HEADERS.token, this.#token, PRIVATE_HEADERS.call, String(call)];
    for (const [name, value] of headers) {
      if (!NOT_PASSED.has(name)) flat.push(name, value);
    }
    return flat;
  }
}

/** What is the function's, and what the instance says of the call. */
function readHeaders(flat: FlatHeaders): Pick<Exchanged, 'headers' | 'usage'> {
  const headers: [string, string][] = [];
  let usage: Usage | null = null;
  for (let i = 0; i < flat.length; i += 2) {
    const name = flat[i] ?? '';
    const value = flat[i + 1] ?? '';
    if (name === PRIVATE_HEADERS.usage) usage = JSON.parse(value) as Usage;
    else if (name !== 'date') headers.push([name, value]);
  }
  return { headers, usage };
}
