/** Who may speak to a server that listens on a reader's own machine. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether the `Host` header names this server. A site elsewhere can point its own name at
 * 127.0.0.1 (DNS rebinding), but the browser then still sends that name.
 *
 * @param allowed names beyond loopback and the address that the connection came in at; `*` is any
 */
export function namesThisServer(request: IncomingMessage, allowed: readonly string[]): boolean {
  if (allowed.includes('*')) return true;
  const name = hostname(request.headers.host);
  if (name === null) return false;
  return (
    LOOPBACK.includes(name) ||
    allowed.includes(name) ||
    name === bracketed(request.socket.localAddress ?? '')
  );
}

/** Whether another site's page makes this request. A caller that is no browser sends neither header. */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

/** Headers that a proxy adds (RFC 7239, RFC 9110 7.6.3, and custom). */
const FORWARDED = /^(forwarded|via|x-forwarded-.*|x-real-ip)$/;

/**
 * Whether the caller is on this machine and calls it by a name that only such a caller has. What
 * comes through a proxy on this machine keeps the name it was called by outside, or says that it
 * was forwarded; a proxy that does neither makes its callers callers of this machine.
 */
export function isFromThisMachine({ headers, socket }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLoopback = address === '::1' || address.startsWith('127.');
  const isForwarded = Object.keys(headers).some((name) => FORWARDED.test(name));
  return isLoopback && !isForwarded && LOOPBACK.includes(hostname(headers.host) ?? '');
}

/**
 * Whether the caller proves that it was given the token of this start: `Authorization: Bearer TOKEN`,
 * or `?token=TOKEN` where no header can be set, as for an event stream.
 */
export function holdsToken({ headers, url = '' }: IncomingMessage, token: string | null): boolean {
  if (token === null) return false;
  const [, bearer] = /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const given = bearer ?? new URLSearchParams(url.split('?')[1] ?? '').get('token');
  return given !== null && timingSafeEqual(digestOf(given), digestOf(token));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `Example.org:80` → `example.org`; null when it is no host at all. */
function hostname(host: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/?#@[\]]+)(?::\d{0,5})?$/i.exec(host ?? '');
  return match?.[1]?.toLowerCase() ?? null;
}

/** A socket's address as it stands in a URL. */
function bracketed(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? `[${plain}]` : plain;
}
