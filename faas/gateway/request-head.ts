/**
 * Checks of a request's head that HTTP/1.1 requires and Node's parser leaves out (RFC 9112, 3.2 and
 * 6.1): exactly one valid host, a valid target, and only a known transfer coding.
 */

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Why a request is refused, and with which status. */
export interface Refusal {
  readonly status: 400 | 501;
  /** What was expected and what came, for the problem document. */
  readonly detail: string;
}

/** Connections with a refused request. Its end is uncertain, so whatever follows it is ignored. */
const refused = new WeakSet<Socket>();

/** Whether a request was refused on this connection, so that it must carry no more. */
export function isRefused(socket: Socket): boolean {
  return refused.has(socket);
}

/** Normalises the request's target and host in place. Null when the request is acceptable. */
export function refusalOf(request: IncomingMessage): Refusal | null {
  const refusal = misframed(request) ?? mistargeted(request) ?? misnamed(request);
  if (refusal !== null) refused.add(request.socket);
  return refusal;
}

function misframed({ headers, httpVersion }: IncomingMessage): Refusal | null {
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return null;
  if (httpVersion === '1.0') {
    return malformed('A request of HTTP/1.0 has no Transfer-Encoding. Send its Content-Length.');
  }
  const [last = '', ...others] = coding
    .toLowerCase()
    .split(/\s*,\s*/)
    .toReversed();
  if (last !== 'chunked') return malformed(`A body in "${coding}" has no end. Send it in chunks.`);
  if (others.length === 0) return null;
  const detail = `The transfer coding "${coding}" is not understood. Expected "chunked" alone.`;
  return { status: 501, detail };
}

/** Splits a target that is a whole URL: its authority replaces the `Host` header. */
function mistargeted(request: IncomingMessage): Refusal | null {
  const { method, url = '' } = request;
  if (url.startsWith('/') || (url === '*' && method === 'OPTIONS')) return null;
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]*)([^#]*)$/i.exec(url) ?? [];
  if (authority === undefined || authority === '' || authority.includes('@')) {
    return malformed(`A request names a path that starts with "/", not "${url}".`);
  }
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.headers.host = authority;
  const at = request.rawHeaders.findIndex((name, i) => i % 2 === 0 && isHost(name));
  if (at < 0) request.rawHeaders.push('Host', authority);
  else request.rawHeaders[at + 1] = authority;
  return null;
}

/** A host with optional port (RFC 3986, 3.2.2 and 3.2.3); may be empty. */
const HOST = /^(?:\[[0-9a-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*)(?::\d*)?$/i;

/** The last valid host, cached because most callers send the same. */
let knownHost = '';

function misnamed({ headers, rawHeaders }: IncomingMessage): Refusal | null {
  let lines = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (isHost(rawHeaders[i] ?? '')) lines += 1;
  if (lines > 1) return malformed(`A request has one Host line, not ${lines}.`);
  const { host = '' } = headers;
  if (host === '' || host === knownHost) return null;
  if (HOST.test(host) && URL.canParse(`http://${host}/`)) {
    knownHost = host;
    return null;
  }
  return malformed(
    `The Host "${host}" is no host. Expected a name or an address, and perhaps a port.`,
  );
}

function isHost(name: string): boolean {
  return name.length === 4 && name.toLowerCase() === 'host';
}

function malformed(detail: string): Refusal {
  return { status: 400, detail };
}
