/**
 * Who is signed in: a cookie with a token that only holders of the secret can make, read by a library.
 * A front door may have read it already. The function reads it again, since not every way to it leads
 * through that door.
 */

import { jwtVerify, SignJWT } from 'jose';
import { problem } from './problem.ts';

/** Somebody who is signed in. */
export interface Session {
  readonly user: string;
  readonly roles: readonly string[];
}

const NAME = 'session';
/** How long one lasts, in s. A token cannot be called back before. */
const LASTS_S = 3600;
// #region fixed
/** Fixed here, whatever a token says of itself. */
const ISSUER = 'scale-to-zero';
const ALGORITHM = 'HS256';
// #endregion

const env =
  (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {};

// #region read
/** Null when nobody is, or nothing proves who. */
export async function sessionOf(request: Request): Promise<Session | null> {
  const token = cookieOf(request);
  const secret = secretBytes();
  if (token === null || secret === null) return null;
  try {
    const options = { issuer: ISSUER, algorithms: [ALGORITHM], requiredClaims: ['sub', 'exp'] };
    const { payload } = await jwtVerify(token, secret, options);
    const roles = Array.isArray(payload['roles']) ? payload['roles'].map(String) : [];
    return { user: String(payload.sub), roles };
  } catch {
    return null;
  }
}
// #endregion

// #region write
/** The value of `Set-Cookie` that signs somebody in; null where no secret is set. */
export async function signedIn(request: Request, { user, roles }: Session): Promise<string | null> {
  const secret = secretBytes();
  if (secret === null) return null;
  const token = await new SignJWT({ roles })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(user)
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime(`${LASTS_S} s`)
    .sign(secret);
  return cookie(request, token, LASTS_S);
}
// #endregion

/** The value of `Set-Cookie` that signs out. */
export function signedOut(request: Request): string {
  return cookie(request, '', 0);
}

/** The answer to a call that must be somebody's. */
export function notSignedIn(): Response {
  const detail =
    'Expected the cookie of somebody who is signed in. Sign in: POST {"user": "ada"} to /api/session.';
  return problem(401, 'Unauthorized', detail, {
    'www-authenticate': `Cookie cookie-name="${NAME}"`,
  });
}

/** No script reads it, no other site's form sends it, and over https nobody on the way sees it. */
function cookie(request: Request, value: string, lastsS: number): string {
  const isSecure =
    new URL(request.url).protocol === 'https:' ||
    request.headers.get('x-forwarded-proto') === 'https';
  const secure = isSecure ? '; Secure' : '';
  return `${NAME}=${value}; Path=/; Max-Age=${lastsS}; HttpOnly; SameSite=Lax${secure}`;
}

function cookieOf(request: Request): string | null {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1) || null;
}

function secretBytes(): Uint8Array | null {
  const secret = env['SESSION_SECRET'];
  return secret ? new TextEncoder().encode(secret) : null;
}
