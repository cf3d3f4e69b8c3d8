/** What the gateway refuses, and how it says so. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Gate } from './fixtures/gate.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';

const project = new Project();
const gate = await Gate.in(project);
let gateway: RunningGateway;

afterAll(() => {
  gate.close();
  project.remove();
});

/** A problem document is JSON of its own type, with everything RFC 9457 asks for. */
async function problemOf(answer: Response): Promise<Record<string, unknown>> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const document = (await answer.json()) as Record<string, unknown>;
  expect(document).toMatchObject({
    type: `urn:scale-to-zero:problem:${document['code']}`,
    status: answer.status,
    title: expect.any(String),
    detail: expect.stringMatching(/\.$/),
  });
  return document;
}

describe('refusals', () => {
  beforeAll(async () => {
    gateway = await RunningGateway.start(project, { FAAS_MAX_BODY_BYTES: '100000' });
    return async () => void (await gateway.stop());
  });

  test.for([
    '/api/nothing',
    '/api/hello.ts',
    '/api/hello/more',
    '/api/_lib/bad-request',
    '/api/_tests/hello.test',
    '/api/%5flib/bad-request',
    '/api/items/..%2fhello',
    '/api/items/%2e%2e',
    '/api/items/%00',
    '/api/items/%zz',
    '/api/items/',
    '/api//hello',
    '/api/../api/hello',
    '/api/./hello',
    '/api/hello%00',
    '/api/hello%2f',
    '/api',
  ])('there is no function at %s', async (path) => {
    const answer = await gateway.raw(
      `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toContain('"code":"function-not-found"');
  });

  test('a dynamic segment arrives in the query, whatever the caller put there', async () => {
    const answer = await gateway.call('/api/items/42?id=7&id=8');
    expect(await answer.json()).toEqual({ id: 42, name: 'Item 42' });
  });

  test('a method that the function does not answer is 405 with those it does', async () => {
    const answer = await gateway.call('/api/py/hello', { method: 'POST' });
    expect(answer.headers.get('allow')).toBe('GET');
    expect(await problemOf(answer)).toMatchObject({ code: 'method-not-allowed', status: 405 });
  });

  test.for<[string, () => RequestInit]>([
    ['a length that is too large', () => ({ body: 'x'.repeat(100_001) })],
    [
      'a stream that grows too large',
      () => ({ body: new Blob(['x'.repeat(1_000_000)]).stream(), duplex: 'half' }) as RequestInit,
    ],
  ])('a body with %s is 413', async ([, init]) => {
    const answer = await gateway.call('/api/echo', { method: 'POST', ...init() });
    expect(await problemOf(answer)).toMatchObject({ code: 'body-too-large', status: 413 });
    expect((await gateway.call('/api/echo')).status).toBe(200);
  });

  test('a body as large as may be arrives whole', async () => {
    const body = 'x'.repeat(100_000);
    const answer = await gateway.call('/api/echo', { method: 'POST', body });
    expect(((await answer.json()) as { body: string }).body).toBe(body);
  });
});

describe('one instance, one place in the queue', () => {
  beforeAll(async () => {
    gateway = await RunningGateway.start(project, {
      FAAS_MAX_INSTANCES: '1',
      FAAS_MAX_QUEUED: '1',
      FAAS_MAX_QUEUE_MS: '300',
    });
    return async () => void (await gateway.stop());
  });

  test('the call that finds the queue full is 429, the one that waits too long is 503', async () => {
    const running = gateway.call(gate.path);
    await gate.holds(1);
    // Whichever comes first of the three, the queue has one place.
    const answers = await Promise.all([1, 2, 3].map(() => gateway.call(gate.path)));
    gate.open();

    const codes = await Promise.all(
      answers.map(async (answer) => (await problemOf(answer))['code']),
    );
    expect(codes.toSorted()).toEqual(['no-capacity', 'throttled', 'throttled']);
    for (const answer of answers) {
      expect([429, 503]).toContain(answer.status);
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    }
    expect((await running).status).toBe(200);
    expect((await gateway.call('/api/work')).status).toBe(200);
  });
});
