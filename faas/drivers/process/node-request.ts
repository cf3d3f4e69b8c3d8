/** A request to a Node instance: the platform's own headers, and the Request its handler sees. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { PRIVATE_HEADERS } from '../../api.ts';
import type { LedgerEntry } from './ledger.ts';

/** A request as it came in. */
export interface Asked {
  /** Proves that the platform is the caller: no one else knows it. */
  readonly token: string;
  readonly entry: LedgerEntry;
  /** Made on demand: it costs more than reading the headers does. */
  readonly toRequest: () => Request;
}

/** Headers of the connection between platform and instance. */
const NOT_ITS_OWN: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Separates the platform's headers from the caller's. Does not read the body. */
export function readRequest(incoming: IncomingMessage, outgoing: ServerResponse): Asked {
  const { rawHeaders } = incoming;
  // Pairs, because a Headers object would be parsed and validated a second time.
  const shown: [string, string][] = [];
  let [token, call, host, scheme] = ['', '', 'localhost', 'http'];
  // The platform sends names in lower case.
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    const value = rawHeaders[i + 1] ?? '';
    if (name === PRIVATE_HEADERS.token) token = value;
    else if (name === PRIVATE_HEADERS.call) call = value;
    else if (!NOT_ITS_OWN.has(name)) shown.push([name, value]);
    if (name === 'host') host = value;
    else if (name === 'x-forwarded-proto' && value === 'https') scheme = 'https';
  }
  const [number, slot] = call.split('.');
  const toRequest = (): Request => {
    const { method = 'GET', url = '/' } = incoming;
    const init: RequestInit & { duplex?: 'half' } = { method, headers: shown };
    if (hasBody(incoming)) {
      // Stopping early must not destroy the connection: the response still has to go out on it.
      init.body = incoming.iterator({ destroyOnReturn: false }) as unknown as BodyInit;
      init.duplex = 'half';
    }
    return withSignal(new Request(`${scheme}://${host}${url}`, init), outgoing);
  };
  return { token, entry: { call: Number(number), slot: Number(slot) }, toRequest };
}

function hasBody({ method, headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Creates the signal only when the handler reads it, because it is expensive. */
function withSignal(request: Request, outgoing: ServerResponse): Request {
  let controller: AbortController | null = null;
  const get = (): AbortSignal => {
    controller ??= abortedWith(outgoing);
    return controller.signal;
  };
  return Object.defineProperty(request, 'signal', { configurable: true, get });
}

/** Aborts when the caller leaves before it has the whole response. */
function abortedWith(outgoing: ServerResponse): AbortController {
  const controller = new AbortController();
  const look = (): void => {
    if (!outgoing.writableFinished) controller.abort();
  };
  if (outgoing.destroyed) look();
  else outgoing.once('close', look);
  return controller;
}
