import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TokenRule } from '../core/rules/route-rules.ts';
import { WebDoorChecks } from './door-checks.ts';

const SECRET = 'a secret of thirty-two bytes or more';
const NOW = Date.UTC(2026, 10, 30);
const checks = new WebDoorChecks(SECRET);

let privateKey: CryptoKey;
let publicKey: JWK;
let rule: TokenRule;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  publicKey = { ...(await exportJWK(pair.publicKey)), kid: 'k1' };
  rule = {
    issuer: 'https://issuer.example',
    audience: 'course',
    algorithms: ['ES256'],
    jwks: { keys: [{ ...publicKey }] },
  };
});

interface Claims {
  readonly iss?: string;
  readonly aud?: string;
  readonly sub?: string;
  readonly exp?: number;
  readonly nbf?: number;
  readonly roles?: unknown;
}

const SECONDS = NOW / 1000;
const right: Claims = {
  iss: 'https://issuer.example',
  aud: 'course',
  sub: 'ada',
  exp: SECONDS + 600,
};

function signed(claims: Claims, head = { alg: 'ES256', kid: 'k1' }, key = privateKey) {
  return new SignJWT({ ...claims }).setProtectedHeader(head).sign(key);
}

const part = (of: unknown): string => Buffer.from(JSON.stringify(of)).toString('base64url');

describe('a bearer token', () => {
  it('says who calls, with their roles, and until when', async () => {
    const token = await signed({ ...right, roles: ['clerk', 7] });
    expect(await checks.bearer(rule, token, NOW)).toEqual({
      identity: { user: 'ada', roles: ['clerk'], expiresAt: NOW + 600_000 },
    });
  });

  it.each<[string, Claims, string]>([
    ['of another issuer', { ...right, iss: 'https://else.example' }, 'its "iss" is not'],
    ['for another audience', { ...right, aud: 'another' }, 'its "aud" is not'],
    ['that has expired', { ...right, exp: SECONDS - 1 }, 'it has expired'],
    ['that is not valid yet', { ...right, nbf: SECONDS + 60 }, 'its "nbf" is not'],
    ['that never ends', { iss: right.iss ?? '', aud: 'course', sub: 'ada' }, 'its "exp" is not'],
    ['of nobody', { ...right, sub: undefined as unknown as string }, 'its "sub" is not'],
  ])('%s proves nothing', async (_name, claims, why) => {
    const proof = await checks.bearer(rule, await signed(claims), NOW);
    expect(proof).toMatchObject({ why: expect.stringContaining(why) as unknown });
  });

  it('of another key proves nothing', async () => {
    const other = (await generateKeyPair('ES256')).privateKey;
    const token = await signed(right, { alg: 'ES256', kid: 'k1' }, other);
    expect(await checks.bearer(rule, token, NOW)).toEqual({ why: 'its signature is wrong' });
    const unknown = await signed(right, { alg: 'ES256', kid: 'k2' });
    expect(await checks.bearer(rule, unknown, NOW)).toEqual({
      why: 'no key that is known has signed it',
    });
  });

  it('by no algorithm, or with the public key as a shared secret, proves nothing', async () => {
    const none = `${part({ alg: 'none' })}.${part(right)}.`;
    expect(await checks.bearer(rule, none, NOW)).toHaveProperty('why');
    // The public key is known to all: whoever takes it for a secret believes everyone (RFC 8725, 2.1).
    const head = `${part({ alg: 'HS256', kid: 'k1' })}.${part(right)}`;
    const mac = createHmac('sha256', JSON.stringify(publicKey)).update(head).digest('base64url');
    expect(await checks.bearer(rule, `${head}.${mac}`, NOW)).toEqual({
      why: 'its algorithm is not one that is accepted',
    });
  });

  it.each(['', 'x', 'a.b.c', '....', `${'a'.repeat(9000)}`])(
    'that is none proves nothing (%#)',
    async (token) => {
      expect(await checks.bearer(rule, token, NOW)).toHaveProperty('why');
    },
  );

  it('of an old and of a new key proves who calls, while both are listed', async () => {
    const next = await generateKeyPair('ES256');
    const keys = [{ ...publicKey }, { ...(await exportJWK(next.publicKey)), kid: 'k2' }];
    const both = { ...rule, jwks: { keys } };
    const tokens = [
      await signed(right),
      await signed(right, { alg: 'ES256', kid: 'k2' }, next.privateKey),
    ];
    for (const token of tokens) {
      expect(await checks.bearer(both, token, NOW)).toHaveProperty('identity');
    }
  });
});

describe('a session', () => {
  const session = (claims: Claims, secret = SECRET, alg = 'HS256') =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
  const ours = { iss: 'scale-to-zero', sub: 'ada', exp: SECONDS + 600 };

  it('is read with the secret that signed it, and with no other', async () => {
    expect(await checks.session(await session(ours), NOW)).toMatchObject({
      identity: { user: 'ada', roles: [] },
    });
    const other = await session(ours, 'another secret of thirty-two bytes');
    expect(await checks.session(other, NOW)).toEqual({ why: 'its signature is wrong' });
    const stronger = await session(ours, SECRET, 'HS512');
    expect(await checks.session(stronger, NOW)).toHaveProperty('why');
  });

  it('cannot be read where there is no secret', async () => {
    const none = new WebDoorChecks(null);
    await expect(none.session(await session(ours), NOW)).rejects.toThrow('SESSION_SECRET');
  });
});

it('a hash is SHA-256, as any other program makes it', async () => {
  expect(await checks.digest('abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

it('a schema says what is wrong by its place', () => {
  const check = checks.schema({
    type: 'object',
    properties: { 'a/b': { type: 'number', minimum: 1 } },
    required: ['name'],
  });
  expect(check({ name: 'Ada', 'a/b': 1 })).toEqual([]);
  expect(check({ 'a/b': 0 })).toEqual([
    { pointer: '#/name', detail: 'is missing: expected a value.' },
    { pointer: '#/a~1b', detail: 'is 0: expected a number ≥ 1.' },
  ]);
});
