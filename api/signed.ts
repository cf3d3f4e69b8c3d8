/** A token made by hand: `?user=ada` gives one, and `?token=…` is checked. Only a library should do this in earnest. */

import { problem } from './_lib/problem.ts';

/** Everybody can read this one. A real secret stands in no file. */
const SECRET = 'a secret that is printed in a lesson is none';

export default {
  // #region handler
  async fetch(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const token = query.get('token');
    if (token === null) {
      const user = query.get('user') ?? '';
      return Response.json({ token: `${user}.${await signatureOf(user)}` });
    }
    const [user = '', signature = ''] = token.split('.');
    if (!(await isSignatureOf(user, signature))) return refused();
    return Response.json({ signed: user, claimed: query.get('user') });
  },
  // #endregion
};

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

// #region signature
async function signatureOf(user: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', bytesOf(SECRET), HMAC, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, bytesOf(user));
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}
// #endregion

/** Takes as long for a signature that is nearly right as for any other, so that its time tells nothing. */
async function isSignatureOf(user: string, signature: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', bytesOf(SECRET), HMAC, false, ['verify']);
  const pairs = signature.match(/[0-9a-f]{2}/g) ?? [];
  const given = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
  return signature.length === 64 && crypto.subtle.verify('HMAC', key, given, bytesOf(user));
}

function refused(): Response {
  const detail = 'The signature does not belong to this name. Get a token with ?user=ada.';
  return problem(401, 'Unauthorized', detail, { 'www-authenticate': 'Token' });
}
