import { createHash, createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NoObjects } from '../_lib/no-objects.ts';
import { objects } from '../_lib/objects.ts';
import { s3Objects } from '../_lib/s3-objects.ts';

afterEach(() => vi.unstubAllEnvs());

function refused(): NoObjects {
  try {
    objects();
  } catch (error) {
    if (error instanceof NoObjects) return error;
  }
  throw new Error('nothing was refused');
}

describe('a function without an object store', () => {
  it('that is not granted one says which line grants it', async () => {
    vi.stubEnv('OBJECTS_URL', 'http://127.0.0.1:4321/_objects');
    vi.stubEnv('OBJECTS_NAME', '/api/hello');
    const { response } = refused();
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining('"grants": { "/api/hello": ["objects"] }') as string,
    });
  });

  it('where there is none says how there would be one', () => {
    expect(refused()).toMatchObject({
      status: 503,
      message: expect.stringMatching(/npm start/) as string,
    });
  });

  it('with half a bucket says which variables are missing', () => {
    vi.stubEnv('OBJECTS_S3_ENDPOINT', 'https://s3.test/bucket');
    vi.stubEnv('OBJECTS_S3_KEY_ID', 'id');
    expect(refused().message).toMatch(/needs OBJECTS_S3_SECRET, OBJECTS_PUBLIC_URL too/);
  });
});

describe('in the cloud', () => {
  const store = s3Objects({
    OBJECTS_S3_ENDPOINT: 'https://s3.test/bucket',
    OBJECTS_S3_KEY_ID: 'id',
    OBJECTS_S3_SECRET: 'secret',
    OBJECTS_S3_REGION: 'eu-north-1',
    OBJECTS_PUBLIC_URL: 'https://pictures.test',
  });
  const file = { type: 'image/png', length: 20, sha256: 'ab'.repeat(32) };

  /** AWS Signature Version 4 over what a client sends (docs.aws.amazon.com, "Authenticating Requests: Using Query Parameters"). */
  function signatureOver(method: string, address: string, headers: Record<string, string>): string {
    const url = new URL(address);
    const names = (url.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';');
    const sent: Record<string, string> = { ...headers, host: url.host };
    url.searchParams.delete('X-Amz-Signature');
    const query = [...url.searchParams]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join('&');
    const lines = names.map((name) => `${name}:${sent[name] ?? ''}\n`).join('');
    const request = [method, url.pathname, query, lines, names.join(';'), 'UNSIGNED-PAYLOAD'];
    const at = url.searchParams.get('X-Amz-Date') ?? '';
    const scope = `${at.slice(0, 8)}/eu-north-1/s3/aws4_request`;
    const digest = createHash('sha256').update(request.join('\n')).digest('hex');
    const key = scope
      .split('/')
      .reduce<Buffer | string>(
        (by, part) => createHmac('sha256', by).update(part).digest(),
        'AWS4secret',
      );
    const text = ['AWS4-HMAC-SHA256', at, scope, digest].join('\n');
    return createHmac('sha256', key).update(text).digest('hex');
  }

  it('an address for an upload signs length, type, hash and that it writes once', async () => {
    const address = await store?.uploadAddress('a b/ü.png', file, 60);
    const { url = '', headers = {} } = address ?? {};
    const query = new URL(url).searchParams;
    expect(query.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;if-none-match;x-amz-checksum-sha256;x-amz-meta-sha256',
    );
    expect(query.get('X-Amz-Expires')).toBe('60');
    const signature = query.get('X-Amz-Signature');
    expect(signatureOver('PUT', url, { ...headers, 'content-length': '20' })).toBe(signature);
    expect(Buffer.from(headers['x-amz-checksum-sha256'] ?? '', 'base64').toString('hex')).toBe(
      file.sha256,
    );
    for (const change of [
      { 'content-length': '21' },
      { 'content-type': 'text/html' },
      { 'x-amz-checksum-sha256': btoa('another') },
    ]) {
      const sent = { ...headers, 'content-length': '20', ...change };
      expect(signatureOver('PUT', url, sent)).not.toBe(signature);
    }
  });

  it('an address for reading is signed too', async () => {
    const url = (await store?.readAddress('a')) ?? '';
    expect(url).toMatch(/^https:\/\/s3\.test\/bucket\/private\/a\?/);
    expect(signatureOver('GET', url, {})).toBe(new URL(url).searchParams.get('X-Amz-Signature'));
  });

  it('publishing copies the object under its hash', async () => {
    const asked: Request[] = [];
    vi.stubGlobal('fetch', (request: Request) => {
      asked.push(request);
      const headers = {
        'content-type': 'image/png',
        'x-amz-meta-sha256': file.sha256,
        'content-length': '20',
      };
      return Promise.resolve(new Response(null, { headers }));
    });
    const published = await store?.publish('a b.png').finally(() => vi.unstubAllGlobals());
    expect(published).toEqual({ url: `https://pictures.test/public/${file.sha256}`, ...file });
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'HEAD https://s3.test/bucket/private/a%20b.png',
      `PUT https://s3.test/bucket/public/${file.sha256}`,
    ]);
    expect(asked[1]?.headers.get('x-amz-copy-source')).toBe('/bucket/private/a%20b.png');
  });

  it.each([
    ['a 200 with an error in it', '<Error><Code>InternalError</Code></Error>', file.sha256],
    ['a picture whose hash nobody knows', '', null],
  ])('%s is no publication', async (_what, body, sha256) => {
    vi.stubGlobal('fetch', ({ method }: Request) => {
      const headers: Record<string, string> = { 'content-length': '20' };
      if (sha256 !== null) headers['x-amz-meta-sha256'] = sha256;
      return Promise.resolve(new Response(method === 'HEAD' ? null : body, { headers }));
    });
    const publishing = store?.publish('a').finally(() => vi.unstubAllGlobals());
    await expect(publishing).rejects.toThrow(/^The object store/);
  });
});
