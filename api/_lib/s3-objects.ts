/**
 * A bucket that speaks S3 (Amazon S3, Cloudflare R2 and others). Its addresses are signed by AWS Signature
 * Version 4, in the query. Objects are under `private/`, and those that are published are copied to
 * `public/`, which the bucket shows at OBJECTS_PUBLIC_URL. How long a private one is kept is a rule of
 * the bucket's own there (lifecycle), and a page of another origin needs its CORS rule.
 */

import { AwsClient } from 'aws4fetch';
import type { Objects } from './object-addresses.ts';
import { NoObjects } from './no-objects.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = [
  'OBJECTS_S3_ENDPOINT',
  'OBJECTS_S3_KEY_ID',
  'OBJECTS_S3_SECRET',
  'OBJECTS_PUBLIC_URL',
] as const;

/** Null when the environment names none. @throws NoObjects when it names only a part of one */
export function s3Objects(env: Environment): Objects | null {
  const [endpoint, accessKeyId, secretAccessKey, shown] = NAMES.map((name) => env[name]);
  if (endpoint === undefined) return null;
  if (accessKeyId === undefined || secretAccessKey === undefined || shown === undefined) {
    const missing = NAMES.filter((name) => env[name] === undefined).join(', ');
    throw new NoObjects(503, `The object store ${endpoint} needs ${missing} too.`);
  }
  // `https://ACCOUNT.r2.cloudflarestorage.com/BUCKET`
  const region = env['OBJECTS_S3_REGION'];
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    service: 's3',
    ...(region !== undefined && { region }),
  });
  const at = (path: string): URL => new URL(`${endpoint.replace(/\/$/, '')}/${path}`);
  const of = (key: string): URL =>
    at(`private/${key.split('/').map(encodeURIComponent).join('/')}`);
  const sign = async (method: string, url: URL, seconds: number, headers = {}): Promise<string> => {
    url.searchParams.set('X-Amz-Expires', String(seconds));
    // Without `allHeaders` neither type nor length would be signed.
    const aws = { signQuery: true, allHeaders: true };
    return (await client.sign(url, { method, headers, aws })).url;
  };
  return {
    async uploadAddress(key, { type, length, sha256 }, seconds = 300) {
      const headers = {
        'content-type': type,
        'if-none-match': '*',
        // An address is signed without a hash of its payload; the store compares this with what has come.
        'x-amz-checksum-sha256': base64Of(sha256),
        'x-amz-meta-sha256': sha256,
      };
      // The length is signed, and every client sends it by itself.
      const all = { ...headers, 'content-length': String(length) };
      const url = await sign('PUT', of(key), seconds, all);
      const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
      return { method: 'PUT', url, headers, expiresAt };
    },
    readAddress: (key, seconds = 300) => sign('GET', of(key), seconds),
    async publish(key) {
      const found = await client.fetch(of(key), { method: 'HEAD' });
      if (found.status === 404) return null;
      const sha256 = found.headers.get('x-amz-meta-sha256');
      if (!found.ok || sha256 === null) {
        throw new NoObjects(
          503,
          `The object store answered ${found.status} for a picture, ${sha256 === null ? 'without' : 'with'} the hash that it was sent with.`,
        );
      }
      const type = found.headers.get('content-type') ?? 'application/octet-stream';
      const length = Number(found.headers.get('content-length'));
      const copied = await client.fetch(at(`public/${sha256}`), {
        method: 'PUT',
        headers: {
          'x-amz-copy-source': of(key).pathname,
          'x-amz-metadata-directive': 'REPLACE',
          'content-type': type,
          'cache-control': 'public, max-age=31536000, immutable',
        },
      });
      // A copy that fails on its way is a 200 with an error in it.
      if (!copied.ok || (await copied.text()).includes('<Error>')) {
        throw new NoObjects(503, `The object store did not copy a picture: ${copied.status}.`);
      }
      return { url: `${shown.replace(/\/$/, '')}/public/${sha256}`, type, length, sha256 };
    },
  };
}

/** @param hex an even number of hex digits */
function base64Of(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => parseInt(byte, 16))));
}
