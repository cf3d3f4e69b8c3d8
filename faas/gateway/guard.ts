/** Protects a server on a reader's own machine from other sites' pages and other machines. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether the `Host` header names this server. Another site can point its own name at 127.0.0.1 (DNS
 * rebinding), but the browser still sends that name.
 *
 * @param allowed names beyond loopback and the connection's local address; `*` is any
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

/** Whether another site's page sent this request. Only browsers send the headers that show it. */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

/** Headers that a proxy adds (RFC 7239, RFC 9110 7.6.3, and custom). */
const FORWARDED = /^(forwarded|via|x-forwarded-.*|x-real-ip)$/;

/**
 * Whether the caller is on this machine and uses a loopback name. A request through a local proxy
 * keeps its outside name, or has a forwarding header, and so does not count. If a proxy does neither,
 * its callers count as local.
 */
export function isFromThisMachine({ headers, socket }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLoopback = address === '::1' || address.startsWith('127.');
  const isForwarded = Object.keys(headers).some((name) => FORWARDED.test(name));
  return isLoopback && !isForwarded && LOOPBACK.includes(hostname(headers.host) ?? '');
}

/**
 * Whether the request carries this start's token: as `Authorization: Bearer TOKEN`, or as
 * `?token=TOKEN` where no header can be set, as for an event stream.
 */
export function holdsToken({ headers, url = '' }: IncomingMessage, token: string | null): boolean {
  if (token === null) return false;
  const [, bearer] = /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const given = bearer ?? new URLSearchParams(url.split('?')[1] ?? '').get('token');
  return given !== null && isSameToken(given, token);
}

/** Compares in a time that says nothing of where they differ. */
export function isSameToken(given: string, token: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(token));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `Example.org:80` → `example.org`; null when it is not a valid host. */
function hostname(host: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/?#@[\]]+)(?::\d{0,5})?$/i.exec(host ?? '');
  return match?.[1]?.toLowerCase() ?? null;
}

/** A socket's address as it stands in a URL. */
function bracketed(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? `[${plain}]` : plain;
}
