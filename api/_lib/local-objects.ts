/** The object store of this machine. The platform hands a function a key of its own to sign with. */

import { NoObjects } from './no-objects.ts';
import type { Announced, Objects, PublicObject } from './object-addresses.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Null when the platform hands none. @throws NoObjects when the project does not grant it */
export function localObjects(env: Environment): Objects | null {
  const { OBJECTS_URL: store, OBJECTS_NAME: by = '', OBJECTS_KEY: key } = env;
  if (store === undefined) return null;
  if (key === undefined) {
    throw new NoObjects(
      403,
      `${by} may not use the object store. Grant it in api/_platform.json: "grants": { "${by}": ["objects"] }`,
    );
  }
  const address = (claims: Claims): Promise<string> => signed(key, { ...claims, by });
  return {
    // #region upload
    async uploadAddress(name, file, seconds = 300) {
      const expires = inSeconds(seconds);
      const url = await address({ method: 'PUT', name, ...file, expires });
      const expiresAt = new Date(expires * 1000).toISOString();
      return { method: 'PUT', url, headers: { 'content-type': file.type }, expiresAt };
    },
    // #endregion
    readAddress(name, seconds = 300) {
      return address({ method: 'GET', name, expires: inSeconds(seconds) });
    },
    async publish(name) {
      const path = await address({ method: 'POST', name, expires: inSeconds(60) });
      const answer = await fetch(new URL(path, store), { method: 'POST' });
      if (answer.status === 404) return null;
      if (answer.ok) return (await answer.json()) as PublicObject;
      throw new NoObjects(answer.status, ((await answer.json()) as { detail: string }).detail);
    },
  };
}

interface Claims extends Partial<Announced> {
  readonly method: 'PUT' | 'GET' | 'POST';
  readonly name: string;
  /** In s since the Unix epoch. */
  readonly expires: number;
}

// #region sign
/** Path and query of an address that nobody without the key can make, or change. */
async function signed(hexKey: string, claims: Claims & { readonly by: string }): Promise<string> {
  const { method, by, name, length = '', type = '', sha256 = '', keepS = '', expires } = claims;
  const lines = ['objects-1', method, by, name, length, type, sha256, keepS, expires].join('\n');
  const query = new URLSearchParams({ method, by });
  const of = { length, type, sha256, keep: keepS, expires };
  for (const [field, value] of Object.entries(of)) if (value !== '') query.set(field, `${value}`);
  query.set('signature', await hmac(hexKey, lines));
  return `/_objects/private/${name.split('/').map(encodeURIComponent).join('/')}?${query}`;
}
// #endregion

/** HMAC with SHA-256, in base64url. @param hexKey the key in hex */
async function hmac(hexKey: string, text: string): Promise<string> {
  const bytes = Uint8Array.from(hexKey.match(/../g) ?? [], (hex) => parseInt(hex, 16));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(mac)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
