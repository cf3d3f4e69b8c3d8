/**
 * What the front door's rules need beside themselves: hashes, signatures and schemas, with what a browser
 * has too. The library that reads tokens is loaded with the first of them.
 */

import type * as Library from 'jose';
import type { Identity } from '../core/rules/grant-lines.ts';
import type { DoorChecks, Proof } from '../core/rules/door-call.ts';
import type { SchemaDocument, TokenRule } from '../core/rules/route-rules.ts';
import type { ProblemEntry } from '../core/problem.ts';
import { JsonSchema } from '../json-schema/json-schema.ts';

/** The claims that every token of a session has; a function that makes one writes the same. */
const SESSION = { issuer: 'scale-to-zero', algorithms: ['HS256'] };

/** Longest token that is read. In characters. */
const LONGEST_TOKEN = 8192;

/** Checks by Web Crypto, `jose` and JSON Schema. */
export class WebDoorChecks implements DoorChecks {
  readonly #secret: Uint8Array | null;
  readonly #whyNone: string;

  /**
   * @param secret that signs sessions, known to the functions that make them; null when there is none
   * @param whyNone why there is none, and what to do
   */
  constructor(
    secret: string | null,
    whyNone = 'no secret signs sessions. Set SESSION_SECRET, and start again.',
  ) {
    this.#secret = secret === null ? null : new TextEncoder().encode(secret);
    this.#whyNone = whyNone;
  }

  async digest(text: string): Promise<string> {
    const hash = await subtle().digest('SHA-256', new TextEncoder().encode(text));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  async session(cookie: string, now: number): Promise<Proof> {
    const secret = this.#secret;
    if (secret === null) throw new Error(this.#whyNone);
    const { jwtVerify } = await loadJose();
    return read(cookie, () => jwtVerify(cookie, secret, verifying(SESSION, now)));
  }

  async bearer({ jwks, ...of }: TokenRule, token: string, now: number): Promise<Proof> {
    const { jwtVerify, createLocalJWKSet } = await loadJose();
    const keys = createLocalJWKSet(jwks as Parameters<typeof createLocalJWKSet>[0]);
    return read(token, () => jwtVerify(token, keys, verifying(of, now)));
  }

  schema(document: SchemaDocument): (value: unknown) => readonly ProblemEntry[] {
    const schema = new JsonSchema(document);
    return (value) =>
      schema.mistakesIn(value).map(({ path, expected, found, cure }) => ({
        pointer: `#${path.map((step) => `/${escaped(step)}`).join('')}`,
        detail: `is ${found === 'nothing' ? 'missing' : found}: expected ${expected}.${cure === undefined ? '' : ` ${cure}`}`,
      }));
  }
}

/** What a token must say, whatever it says of itself (RFC 8725, 3.1, 3.8 and 3.9). */
function verifying(
  of: {
    readonly issuer: string;
    readonly algorithms: readonly string[];
    readonly audience?: string;
  },
  now: number,
) {
  const { issuer, audience, algorithms } = of;
  return {
    issuer,
    ...(audience !== undefined && { audience }),
    algorithms: [...algorithms],
    requiredClaims: ['sub', 'exp'],
    currentDate: new Date(now),
  };
}

type Verified = { readonly payload: Readonly<Record<string, unknown>> };

async function read(token: string, verify: () => Promise<Verified>): Promise<Proof> {
  subtle();
  if (token.length > LONGEST_TOKEN) return { why: `it is longer than ${LONGEST_TOKEN} characters` };
  try {
    return { identity: identityOf((await verify()).payload) };
  } catch (error) {
    return { why: reasonOf(error) };
  }
}

function identityOf({ sub, exp, roles }: Verified['payload']): Identity {
  return {
    user: String(sub),
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    expiresAt: Number(exp) * 1000,
  };
}

/** By the library's codes, since its messages may change. */
function reasonOf(error: unknown): string {
  const { code, claim, message } = error as { code?: string; claim?: string; message?: string };
  switch (code) {
    case 'ERR_JWT_EXPIRED':
      return 'it has expired';
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED':
      return `its "${claim ?? ''}" is not what is asked for`;
    case 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED':
      return 'its signature is wrong';
    case 'ERR_JWKS_NO_MATCHING_KEY':
      return 'no key that is known has signed it';
    case 'ERR_JOSE_ALG_NOT_ALLOWED':
      return 'its algorithm is not one that is accepted';
    default:
      return `it is no token (${message ?? 'it cannot be read'})`;
  }
}

/** RFC 6901. */
function escaped(step: string | number): string {
  return String(step).replaceAll('~', '~0').replaceAll('/', '~1');
}

function subtle(): SubtleCrypto {
  // A page that came over plain HTTP from another machine has none.
  const { subtle: found } = globalThis.crypto as Partial<Crypto>;
  if (found !== undefined) return found;
  throw new Error(
    'this page did not come over https, so that the browser lends it no cryptography.',
  );
}

type Jose = typeof Library;

let jose: Promise<Jose> | null = null;

function loadJose(): Promise<Jose> {
  jose ??= import('jose');
  return jose;
}
