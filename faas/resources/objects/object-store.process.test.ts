import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { localObjects } from '../../../api/_lib/local-objects.ts';
import type { Announced, Objects, UploadAddress } from '../../../api/_lib/object-addresses.ts';
import { objectServer, type ObjectServer } from './fixtures/object-server.ts';

const PICTURE = Buffer.from('not really a picture');
let root: string;
let at: ObjectServer;
let now: number;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'object-store-'));
  now = Date.now();
  at = await objectServer(join(root, 'objects'), () => now);
});
afterAll(async () => {
  await at.server.stop(1_000);
  rmSync(root, { recursive: true });
});
beforeEach(() => {
  at.events.length = 0;
});
afterEach(() => {
  now = Date.now();
  at.granted.add('/api/a');
  expect(at.errors.splice(0)).toEqual([]);
});

/** The store as a function has it. */
function objectsOf(name = '/api/a', server = at): Objects {
  const found = localObjects(server.variables(name));
  if (found === null) throw new Error('the platform hands no store');
  return found;
}

function announced(bytes: Uint8Array, type = 'image/png'): Announced {
  return {
    length: bytes.byteLength,
    type,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

let keys = 0;
const freshKey = (): string => `pictures/${(keys += 1)}.png`;

function send({ url, method, headers }: UploadAddress, body: Uint8Array): Promise<Response> {
  return fetch(at.origin + url, { method, headers, body: body as BodyInit });
}

async function stored(key: string, bytes: Uint8Array = PICTURE): Promise<void> {
  const answer = await send(await objectsOf().uploadAddress(key, announced(bytes)), bytes);
  expect(answer.status).toBe(201);
}

async function refusal(answer: Response): Promise<readonly [number, string, string]> {
  const { code, detail } = (await answer.json()) as { code: string; detail: string };
  return [answer.status, code, detail];
}

describe('an upload', () => {
  test('of 20 MB is stored as it was sent, and the trace tells of it', async () => {
    const bytes = randomBytes(20_000_000);
    const key = freshKey();
    const answer = await send(await objectsOf().uploadAddress(key, announced(bytes)), bytes);
    const { sha256 } = announced(bytes);
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, `"${sha256}"`]);
    const read = await fetch(at.origin + (await objectsOf().readAddress(key)));
    expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true);
    expect(at.events).toEqual([
      {
        type: 'object.created',
        at: now,
        subject: { kind: 'object', name: '/api/a' },
        key,
        bytes: 20_000_000,
        contentType: 'image/png',
        sha256,
      },
    ]);
  });

  test('whose address is used twice changes nothing the second time', async () => {
    const address = await objectsOf().uploadAddress(freshKey(), announced(PICTURE));
    expect((await send(address, PICTURE)).status).toBe(201);
    const again = await refusal(await send(address, PICTURE));
    expect(again).toEqual([412, 'object-exists', expect.stringContaining('writes once')]);
    expect(at.events).toHaveLength(1);
  });

  test('of another length or type is refused, and the connection goes on', async () => {
    const address = await objectsOf().uploadAddress(freshKey(), announced(PICTURE));
    const longer = await refusal(await send(address, Buffer.concat([PICTURE, PICTURE])));
    expect(longer).toEqual([
      403,
      'address-refused',
      expect.stringContaining('20 bytes, and 40 came'),
    ]);
    const headers = { 'content-type': 'text/html' };
    const html = await refusal(await send({ ...address, headers }, PICTURE));
    expect(html).toEqual([403, 'address-refused', expect.stringContaining('"text/html" came')]);
    expect((await send(address, PICTURE)).status).toBe(201);
  });

  test('of other bytes than were announced is refused, and can be sent rightly', async () => {
    const address = await objectsOf().uploadAddress(freshKey(), announced(PICTURE));
    const other = await refusal(
      await send(address, Buffer.from('not quite the picture'.slice(0, 20))),
    );
    expect(other).toEqual([422, 'other-content', expect.stringContaining('announced')]);
    expect((await send(address, PICTURE)).status).toBe(201);
  });

  test('without a length is refused', async () => {
    const { url, headers } = await objectsOf().uploadAddress(freshKey(), announced(PICTURE));
    const request = httpRequest(at.origin + url, { method: 'PUT', headers });
    request.write(PICTURE);
    request.end();
    const [answer] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(411);
  });

  test('that the caller breaks off leaves nothing', async () => {
    const key = freshKey();
    const { url, headers } = await objectsOf().uploadAddress(key, announced(PICTURE));
    const length = { 'content-length': PICTURE.byteLength };
    const request = httpRequest(at.origin + url, {
      method: 'PUT',
      headers: { ...headers, ...length },
    });
    request.on('error', () => undefined);
    request.write(PICTURE.subarray(0, 5));
    const arriving = join(root, 'objects/arriving');
    await vi.waitFor(() => expect(readdirSync(arriving)).toHaveLength(1));
    request.destroy();
    await vi.waitFor(() => expect(readdirSync(arriving)).toEqual([]));
    expect((await fetch(at.origin + (await objectsOf().readAddress(key)))).status).toBe(404);
  });
});

describe('an address', () => {
  test('is for its method only', async () => {
    const key = freshKey();
    await stored(key);
    const read = at.origin + (await objectsOf().readAddress(key));
    expect((await fetch(read, { method: 'HEAD' })).status).toBe(200);
    for (const method of ['PUT', 'POST', 'DELETE']) {
      const refused = await refusal(await fetch(read, { method }));
      expect(refused).toEqual([403, 'address-refused', expect.stringContaining(`${method} came`)]);
    }
  });

  test('expires', async () => {
    const address = await objectsOf().uploadAddress(freshKey(), announced(PICTURE), 60);
    now += 61_000;
    const late = await refusal(await send(address, PICTURE));
    expect(late).toEqual([403, 'address-refused', expect.stringContaining('expired at')]);
  });

  test.for(['', '?by=/api/a&method=GET&expires=9999999999&signature=AAAA'])(
    'that nobody signed reads nothing: "%s"',
    async (query) => {
      const key = freshKey();
      await stored(key);
      const refused = await refusal(await fetch(`${at.origin}/_objects/private/${key}${query}`));
      expect(refused).toEqual([403, 'address-refused', expect.stringMatching(/sign/)]);
    },
  );

  test('of another function reads another object, never this one', async () => {
    const key = freshKey();
    await stored(key);
    const theirs = await objectsOf('/api/b').readAddress(key);
    expect((await fetch(at.origin + theirs)).status).toBe(404);
    const claimed = theirs.replace('by=%2Fapi%2Fb', 'by=%2Fapi%2Fa');
    expect((await fetch(at.origin + claimed)).status).toBe(403);
    expect(await objectsOf('/api/b').publish(key)).toBeNull();
  });

  test('is refused when the grant is gone, with the line that gives it', async () => {
    const read = await objectsOf().readAddress(freshKey());
    at.granted.delete('/api/a');
    const refused = await refusal(await fetch(at.origin + read));
    expect(refused).toEqual([403, 'not-granted', expect.stringContaining('"/api/a": ["objects"]')]);
    expect(() => objectsOf()).toThrow('"grants": { "/api/a": ["objects"] }');
  });

  test.for([
    '/_objects/private/../public/x?signature=a',
    '/_objects/private/%2e%2e/secret?signature=a',
    '/_objects/private/..%2f..%2fetc%2fpasswd?signature=a',
    '/_objects/private/a%00.png?signature=a',
    '/_objects/private/NUL?signature=a',
    '/_objects/public/..%2fsecret',
    '/_objects/public/../secret',
    '/_objects/public/NUL',
    '/_objects/secret',
    '/_objects/',
  ])('that plays with the path gets nowhere: %s', async (path) => {
    const request = httpRequest({ host: '127.0.0.1', port: new URL(at.origin).port, path });
    request.end();
    const [answer] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect([403, 404]).toContain(answer.statusCode);
  });
});

describe('an object that is read', () => {
  test('has the hash of its content as its ETag, ranges, and runs nothing in a browser', async () => {
    const key = freshKey();
    await stored(key);
    const read = at.origin + (await objectsOf().readAddress(key));
    const whole = await fetch(read);
    const etag = whole.headers.get('etag') ?? '';
    expect(etag).toBe(`"${announced(PICTURE).sha256}"`);
    expect(whole.headers.get('cache-control')).toBe('private, no-cache');
    expect(whole.headers.get('content-security-policy')).toContain('sandbox');
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    const unchanged = await fetch(read, { headers: { 'if-none-match': etag } });
    expect(unchanged.status).toBe(304);
    const part = await fetch(read, { headers: { range: 'bytes=4-9' } });
    expect([part.status, await part.text()]).toEqual([206, 'really']);
    const last = await fetch(read, { headers: { range: 'bytes=-7', 'if-range': etag } });
    expect(await last.text()).toBe('picture');
    const none = await fetch(read, { headers: { range: 'bytes=99-' } });
    expect(none.status).toBe(416);
  });

  test('is public under its hash once it is published, for ever, and not before', async () => {
    const key = freshKey();
    const bytes = Buffer.from(`a picture of ${key}`);
    await stored(key, bytes);
    const { sha256 } = announced(bytes);
    const address = `/_objects/public/${sha256}`;
    expect((await fetch(at.origin + address)).status).toBe(404);
    const published = await objectsOf().publish(key);
    expect(published).toMatchObject({
      url: address,
      sha256,
      type: 'image/png',
      length: bytes.length,
    });
    expect(await objectsOf().publish(key)).toEqual(published);
    const shown = await fetch(at.origin + address);
    expect(shown.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await fetch(at.origin + address, { method: 'PUT', body: 'x' })).status).toBe(405);
  });
});

test('the list of resources counts the objects', () => {
  expect(at.store.entry()).toMatchObject({ kind: 'objects', state: 'ready' });
});

/** The store in a process of its own. */
class Elsewhere {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  origin = '';
  variables: Record<string, string> = {};

  private constructor(folder: string) {
    const file = fileURLToPath(new URL('fixtures/object-server.ts', import.meta.url));
    this.process = spawn(process.execPath, [file, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdout } = this.process;
    if (stdout === null) throw new Error('no output');
    this.#lines = createInterface(stdout)[Symbol.asyncIterator]();
  }

  static async start(folder: string): Promise<Elsewhere> {
    const started = new Elsewhere(folder);
    const { value } = await started.#lines.next();
    return Object.assign(started, JSON.parse(value as string) as object);
  }

  async rssBytes(): Promise<number> {
    this.process.stdin?.write('\n');
    return Number((await this.#lines.next()).value);
  }

  address(key: string, file: Announced): Promise<UploadAddress> {
    const found = localObjects(this.variables);
    if (found === null) throw new Error('the platform hands no store');
    return found.uploadAddress(key, file);
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await once(this.process, 'exit');
    }
  }
}

test('SIGKILL in the middle of an upload leaves no object, and the next one sweeps its rest', async () => {
  const folder = join(root, 'killed');
  const first = await Elsewhere.start(folder);
  const { url, headers } = await first.address('a', announced(PICTURE));
  const length = { 'content-length': PICTURE.byteLength };
  const request = httpRequest(first.origin + url, {
    method: 'PUT',
    headers: { ...headers, ...length },
  });
  request.on('error', () => undefined);
  request.write(PICTURE.subarray(0, 5));
  await vi.waitFor(() => expect(readdirSync(join(folder, 'arriving'))).toHaveLength(1));
  await first.kill();

  const second = await Elsewhere.start(folder);
  // The secret is the same, and so is the address.
  const answer = await fetch(second.origin + url, {
    method: 'PUT',
    headers,
    body: PICTURE as BodyInit,
  });
  expect(answer.status).toBe(201);
  expect(readdirSync(join(folder, 'arriving'))).toEqual([]);
  await second.kill();

  // What was acknowledged is there after another kill.
  const third = await objectServer(folder);
  const read = await fetch(third.origin + (await objectsOf('/api/a', third).readAddress('a')));
  expect(await read.text()).toBe(PICTURE.toString());
  await third.server.stop(1_000);
});

test('an upload takes the memory of its buffers, however large it is', async () => {
  const elsewhere = await Elsewhere.start(join(root, 'large'));
  const piece = randomBytes(1_000_000);
  const upload = async (key: string, pieces: number): Promise<number> => {
    const hash = createHash('sha256');
    for (let i = 0; i < pieces; i += 1) hash.update(piece);
    const file = { length: pieces * piece.length, type: 'video/mp4', sha256: hash.digest('hex') };
    const { url, headers } = await elsewhere.address(key, file);
    const request = httpRequest(elsewhere.origin + url, {
      method: 'PUT',
      headers: { ...headers, 'content-length': file.length },
    });
    const answered = once(request, 'response');
    let most = 0;
    for (let i = 0; i < pieces; i += 1) {
      if (!request.write(piece)) await once(request, 'drain');
      most = Math.max(most, await elsewhere.rssBytes());
    }
    request.end();
    const [answer] = (await answered) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(201);
    return most;
  };
  await upload('first', 10);
  const small = await upload('small', 10);
  const large = await upload('large', 100);
  await elsewhere.kill();
  // When garbage is collected is the engine's own affair; a file that were kept would be 90 MB more.
  expect(large - small).toBeLessThan(60_000_000);
});

describe('a disk', () => {
  const full = mkdtempSync(join(tmpdir(), 'full-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', full]).status === 0;
  afterAll(() => {
    if (mounted) spawnSync('umount', [full]);
    rmSync(full, { recursive: true, force: true });
  });

  // Needs the right to mount.
  test.skipIf(!mounted)('that is full says so, and keeps nothing', async () => {
    const small = await objectServer(join(full, 'objects'));
    const bytes = randomBytes(100_000);
    const address = await objectsOf('/api/a', small).uploadAddress('a', announced(bytes));
    const refused = await refusal(
      await fetch(small.origin + address.url, { ...address, body: bytes as BodyInit }),
    );
    expect(refused).toEqual([507, 'storage-full', expect.stringContaining('Make room there')]);
    expect(readdirSync(join(full, 'objects/arriving'))).toEqual([]);
    await small.server.stop(1_000);
  });

  test('that has a file where the folder should be says so, to callers and at a start', async () => {
    const blocked = await objectServer(join(import.meta.filename, 'objects'));
    const url = `${blocked.origin}/_objects/private/a?method=GET&by=/api/a&expires=1&signature=a`;
    expect(await refusal(await fetch(url))).toEqual([
      503,
      'store-unavailable',
      expect.stringContaining('Let this user write there'),
    ]);
    expect(() => blocked.variables()).toThrow('Let this user write there');
    await blocked.server.stop(1_000);
  });
});
