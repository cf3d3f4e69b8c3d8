import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isSigned,
  readSignedAddress,
  signAddress,
  signingKey,
  textToSign,
  whyExpired,
  type Claims,
  type ReadAddress,
} from './signed-address.ts';

const secret = Buffer.alloc(32, 7);
const key = signingKey(secret, '/api/guestbook');
const put: Claims = {
  method: 'PUT',
  by: '/api/guestbook',
  key: 'pictures/a b.png',
  expires: 1_000,
  upload: { length: 20, type: 'image/png', sha256: 'ab'.repeat(32), keepS: 60 },
};
const get: Claims = { ...put, method: 'GET', upload: null };

/** @throws when the address is none */
function read(url: string): ReadAddress {
  const found = readSignedAddress(url);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

test('what is signed has one line each', () => {
  expect(textToSign(put).split('\n')).toEqual([
    'objects-1',
    'PUT',
    '/api/guestbook',
    'pictures/a b.png',
    '20',
    'image/png',
    'ab'.repeat(32),
    '60',
    '1000',
  ]);
});

test('an address is read as it was signed, whatever the key', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), (parts) => {
      const claims = { ...get, key: parts.join('/') };
      const found = readSignedAddress(signAddress(key, claims));
      if (typeof found === 'string') return /key/i.test(found);
      expect(found.claims).toEqual(claims);
      return isSigned(key, found);
    }),
  );
});

test('a URL parser leaves the path of an address as it was signed', () => {
  for (const name of ['a b', 'A%2e', 'ü/ß', 'x?y#z', '~(1)!', 'back\\slash']) {
    const url = signAddress(key, { ...get, key: name });
    expect(
      read(new URL(url, 'http://localhost').href.slice('http://localhost'.length)).claims.key,
    ).toBe(name);
  }
});

describe('a change is another signature', () => {
  const url = signAddress(key, put);
  test.for([
    ['method', url.replace('method=PUT', 'method=POST')],
    ['path', url.replace('a%20b.png', 'a%20c.png')],
    ['case of the path', url.replace('a%20b.png', 'A%20b.png')],
    ['signer', url.replace('guestbook', 'guest')],
    ['length', url.replace('length=20', 'length=21')],
    ['type', url.replace('image%2Fpng', 'text%2Fhtml')],
    ['hash', url.replace('sha256=ab', 'sha256=ac')],
    ['time it is kept', url.replace('keep=60', 'keep=61')],
    ['expiry', url.replace('expires=1000', 'expires=2000')],
    ['signature', url.replace(/signature=./, 'signature=-')],
    ['signature, shorter', url.slice(0, -1)],
  ])('%s', ([, changed = '']) => {
    expect(changed).not.toBe(url);
    expect(isSigned(key, read(changed))).toBe(false);
  });

  test('and another function has another key', () => {
    expect(isSigned(signingKey(secret, '/api/other'), read(url))).toBe(false);
    expect(isSigned(key, read(url))).toBe(true);
  });
});

describe('an address that is none says why', () => {
  const url = signAddress(key, put);
  test.for([
    [url.replace(/&signature.*/, ''), /not signed/],
    [url.replace('PUT', 'PATCH'), /PUT, GET, POST/],
    [url.replace('expires=1000', 'expires=1e3'), /when it expires/],
    [url.replace('length=20', 'length=-1'), /length, type and sha256/],
    [url.replace('length=20', 'length=020'), /length, type and sha256/],
    [url.replace('image%2Fpng', 'image%0Apng'), /length, type and sha256/],
    [url.replace('keep=60', 'keep=x'), /length, type and sha256/],
    [`${url}&length=21`, /"length" is given more than once/],
    [url.replace('pictures/', '../'), /"\.\." came/],
    [url.replace('pictures/', '%2e%2e/'), /"\.\." came/],
    [url.replace('pictures/', '/'), /"" came/],
    [url.replace('pictures/', 'a%00/'), /control characters/],
    [url.replace('pictures/', 'a%0A/'), /control characters/],
    [url.replace('pictures/', '%zz/'), /percent-encoding/],
    [url.replace('pictures/', `${'x'.repeat(1024)}/`), /1 to 1024 bytes/],
  ] as const)('%s', ([changed, reason]) => {
    expect(readSignedAddress(changed)).toMatch(reason);
  });
});

test('an address expires, and none lasts longer than a week', () => {
  expect(whyExpired(get, 999_000)).toBeNull();
  expect(whyExpired(get, 1_000_000)).toMatch(/expired at 1970-01-01T00:16:40.000Z/);
  expect(whyExpired({ ...get, expires: 604_802 }, 1_000)).toMatch(/seven days/);
  expect(whyExpired({ ...get, expires: 99_999_999_999_999 }, 1_000)).toMatch(/seven days/);
});
