/**
 * In the sandbox: digest, HMAC and `randomUUID` where the browser takes them away. Chromium does not
 * count an opaque origin as secure, and has only `getRandomValues` there.
 */

import type { Favors } from './favors.ts';

const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

/** An HMAC key as `importKey` of the lent `subtle` makes it. */
interface LentKey {
  readonly type: 'secret';
  readonly algorithm: { readonly name: 'HMAC'; readonly hash: { readonly name: string } };
}

/** Adds what is missing to `crypto`; what is there stays. */
export function lendCrypto(favors: Favors): void {
  const { crypto } = globalThis as { crypto: Partial<Crypto> & Pick<Crypto, 'getRandomValues'> };
  if (crypto.randomUUID === undefined) define('randomUUID', () => uuidOf(crypto));
  if (crypto.subtle === undefined) define('subtle', lentSubtle(favors));

  function define(name: string, value: unknown): void {
    Object.defineProperty(crypto, name, { configurable: true, value });
  }
}

/** A version 4 UUID (RFC 9562, 5.4). */
function uuidOf({ getRandomValues }: Pick<Crypto, 'getRandomValues'>): string {
  const bytes = new Uint8Array(16);
  getRandomValues.call(crypto, bytes);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function lentSubtle(favors: Favors): object {
  const keys = new WeakMap<LentKey, Uint8Array>();

  async function sign(algorithm: unknown, key: LentKey, data: BufferSource): Promise<ArrayBuffer> {
    const secret = keys.get(key);
    if (secret === undefined || nameOf(algorithm) !== 'HMAC') throw unsupported('sign', algorithm);
    const hash = key.algorithm.hash.name;
    const { bytes } = await favors.ask({ kind: 'hmac', hash, key: secret, data: bytesOf(data) });
    return bufferOf(bytes);
  }

  return {
    async digest(algorithm: unknown, data: BufferSource): Promise<ArrayBuffer> {
      const hash = hashOf('digest', algorithm);
      const { bytes } = await favors.ask({ kind: 'digest', hash, data: bytesOf(data) });
      return bufferOf(bytes);
    },

    importKey(format: string, data: BufferSource, algorithm: unknown): Promise<LentKey> {
      if (format !== 'raw' || nameOf(algorithm) !== 'HMAC') {
        return Promise.reject(unsupported('importKey', algorithm));
      }
      const hash = hashOf('importKey', (algorithm as { hash?: unknown }).hash);
      const key: LentKey = { type: 'secret', algorithm: { name: 'HMAC', hash: { name: hash } } };
      keys.set(key, bytesOf(data));
      return Promise.resolve(key);
    },

    sign,

    async verify(
      algorithm: unknown,
      key: LentKey,
      signature: BufferSource,
      data: BufferSource,
    ): Promise<boolean> {
      const [given, right] = [bytesOf(signature), await sign(algorithm, key, data)];
      const expected = new Uint8Array(right);
      return given.length === expected.length && given.every((byte, at) => byte === expected[at]);
    },
  };
}

function nameOf(algorithm: unknown): string {
  const name =
    typeof algorithm === 'object' && algorithm !== null && 'name' in algorithm
      ? algorithm.name
      : algorithm;
  return String(name).toUpperCase();
}

function hashOf(method: string, algorithm: unknown): string {
  const name = nameOf(algorithm);
  if (HASHES.includes(name)) return name;
  throw unsupported(method, algorithm);
}

function unsupported(method: string, algorithm: unknown): Error {
  return new DOMException(
    `crypto.subtle.${method} with ${nameOf(algorithm)} is not lent to code in this tab: HMAC and ${HASHES.join(', ')} are.`,
    'NotSupportedError',
  );
}

/** A copy, since the caller may change its own. */
function bytesOf(data: BufferSource): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0));
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
