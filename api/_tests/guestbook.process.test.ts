/** The guestbook on a database of its own, as the platform runs it. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project } from '../../test/gateway/fixtures/project.ts';
import { startOwnPlatform, type OwnPlatform } from '#faas/resources/store/fixtures/own-platform.ts';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly at: string;
}

// A call may take longer there, and a busy machine starts few instances at once.
const FEW = { FAAS_MAX_INSTANCES: '5', FAAS_MAX_QUEUE_MS: 'unlimited' };
const project = new Project();
let platform: OwnPlatform;
beforeAll(async () => {
  platform = await startOwnPlatform(FEW, project.root);
});
afterAll(async () => {
  await platform.stop();
  project.remove();
});

const post = (body: unknown): Promise<Response> =>
  platform.call('/api/guestbook', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
/** As a caller does who is told to come again: under the same id. */
async function signUntilTaken(entry: object): Promise<number> {
  const id = crypto.randomUUID();
  for (;;) {
    const { status } = await post({ id, ...entry });
    if (status !== 503) return status;
  }
}
const entries = async (query = ''): Promise<Entry[]> => {
  const answer = await platform.call(`/api/guestbook${query}`);
  return ((await answer.json()) as { entries: Entry[] }).entries;
};

test('an entry is answered with 201, and is the newest', async () => {
  const answer = await post({ name: 'Ada', text: ' Hello ' });
  expect(answer.status).toBe(201);
  const made = (await answer.json()) as Entry;
  expect(made).toMatchObject({
    name: 'Ada',
    text: 'Hello',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(new Date(made.at).getTime()).toBeGreaterThan(0);
  expect((await entries())[0]).toEqual(made);
});

test('what is sent twice under one id is one entry', async () => {
  const entry = { id: '5f0c3e2a-6b1d-4c8e-9a57-2f1b0c9d8e7f', name: 'Grace', text: 'Once' };
  const answers = await Promise.all([post(entry), post(entry), post(entry)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  const all = await Promise.all(answers.map((answer) => answer.json()));
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  expect((await entries()).filter(({ name }) => name === 'Grace')).toHaveLength(1);
});

test('another entry under the same id is a conflict', async () => {
  const id = '00000000-0000-4000-8000-000000000001';
  await post({ id, name: 'Alan', text: 'first' });
  const second = await post({ id, name: 'Alan', text: 'second' });
  expect(second.status).toBe(409);
  expect((await entries()).find((entry) => entry.id === id)?.text).toBe('first');
});

test('fifty at once are fifty entries', async () => {
  const before = (await entries('?limit=100')).length;
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => signUntilTaken({ name: 'Many', text: String(n) })),
  );
  expect(answers.filter((status) => status !== 201 && status !== 200)).toEqual([]);
  expect(await entries('?limit=100')).toHaveLength(Math.min(100, before + 50));
});

test('SQL in a field stays text', async () => {
  const evil = `Robert'); DROP TABLE guestbook; --`;
  expect((await post({ name: evil, text: evil })).status).toBe(201);
  expect((await entries())[0]).toMatchObject({ name: evil, text: evil });
});

test('a form signs the book too, and leads back to its page', async () => {
  const body = new URLSearchParams({ name: 'Form', text: "It's <b>me</b> & you" });
  const answer = await platform.call('/api/guestbook', {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '../guestbook/']);
  expect((await entries())[0]).toMatchObject({ name: 'Form', text: "It's <b>me</b> & you" });
});

describe('a picture', () => {
  const bytes = Buffer.from('a picture, as far as the store knows');
  const file = {
    type: 'image/png',
    length: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };

  interface Announcement {
    readonly key: string;
    readonly see: string;
    readonly upload: {
      readonly method: string;
      readonly url: string;
      readonly headers: HeadersInit;
    };
  }

  async function announce(): Promise<Announcement> {
    const answer = await platform.call('/api/guestbook?picture', {
      method: 'POST',
      body: JSON.stringify(file),
    });
    expect(answer.status).toBe(201);
    return (await answer.json()) as Announcement;
  }

  test('is private until an entry names it, and public under its hash from then on', async () => {
    const { key, see, upload } = await announce();
    const url = `/_objects/public/${file.sha256}`;
    expect((await platform.call(upload.url, { ...upload, body: bytes })).status).toBe(201);
    expect(await (await platform.call(see)).text()).toBe(bytes.toString());
    expect((await platform.call(`/_objects/private/${key}`)).status).toBe(403);
    expect((await platform.call(url)).status).toBe(404);

    const entry = { name: 'Ada', text: 'with a picture', picture: key };
    const made = (await (await post(entry)).json()) as Entry & { picture: string };
    expect(made.picture).toBe(url);
    expect((await entries())[0]).toEqual(made);
    const shown = await platform.call(url);
    expect(shown.headers.get('cache-control')).toContain('immutable');
    expect(await shown.text()).toBe(bytes.toString());
    // A caller that did not hear the answer sends it again.
    expect((await post({ ...entry, id: made.id })).status).toBe(200);
  });

  test('that was never sent cannot be named', async () => {
    const { key } = await announce();
    const answer = await post({ name: 'Ada', text: 'without', picture: key });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/Send it first/);
    expect((await entries()).some(({ text }) => text === 'without')).toBe(false);
  });

  test.for([
    [{ ...file, type: 'text/html' }, /"type" is one of image\/avif/],
    [{ ...file, length: 20_000_001 }, /may have 20000000 bytes/],
    [{ ...file, length: '7' }, /number of bytes/],
    [{ ...file, sha256: 'x' }, /64 digits/],
    [null, /"type" is one of/],
  ] as const)('that is none is refused: %j', async ([body, message]) => {
    const answer = await platform.call('/api/guestbook?picture', {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(message);
  });
});

describe('what is no entry is refused, with what was expected', () => {
  test.for([
    ['', /is no such JSON/],
    ['[]', /is no such JSON/],
    ['{"name":"Ada"}', /"text" has 1 to 1000/],
    ['{"name":"","text":"x"}', /"name" has 1 to 80/],
    [JSON.stringify({ name: 'x'.repeat(81), text: 'x' }), /"name" has 1 to 80/],
    [JSON.stringify({ name: 'x', text: 'a\0b' }), /"text" has 1 to 1000/],
    ['{"id":"1","name":"Ada","text":"x"}', /"id" is a UUID/],
    ['{"name":"Ada","text":"x","picture":"../a"}', /"picture" is the key/],
  ] as const)('%s', async ([body, message]) => {
    const answer = await post(body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json',
    ]);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(message);
  });

  test.for(['0', '101', 'all', '1.5'])('limit=%s', async (limit) => {
    expect((await platform.call(`/api/guestbook?limit=${limit}`)).status).toBe(400);
  });
});

test('eighty letters are eighty letters in every script', async () => {
  expect((await post({ name: '😀'.repeat(80), text: '小明' })).status).toBe(201);
});
