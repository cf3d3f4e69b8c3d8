/**
 * What HTTP/1.1 asks of a request's head beyond what Node's parser sees to (RFC 9112, 3.2 and 6.1):
 * one host that is one, a target that is one, and no coding of the body that is not understood.
 */

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

export interface Refusal {
  readonly status: 400 | 501;
  /** What was expected, and what came. */
  readonly detail: string;
}

/** Connections on which something was refused: where it ended is not certain, so nothing after it counts. */
const refused = new WeakSet<Socket>();

/** Whether the connection has had its last answer. */
export function isRefused(socket: Socket): boolean {
  return refused.has(socket);
}

/** Puts target and host as the rest of the gateway reads them. Null when there is nothing to refuse. */
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

/** A target that names the whole URL is taken apart: its authority is the host, whatever `Host` says. */
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

/** RFC 3986, 3.2.2 and 3.2.3; it may be empty. */
const HOST = /^(?:\[[0-9a-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*)(?::\d*)?$/i;

/** The last that was found to be one: most callers name the same. */
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
