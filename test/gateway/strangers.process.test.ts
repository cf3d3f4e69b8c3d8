/** Who may not speak to a server on the reader's own machine, and what may not reach a function. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTROLS } from '#faas/api.ts';
import { Project } from './project.ts';
import { RunningGateway } from './running-gateway.ts';
import { Watcher } from './watcher.ts';

const project = new Project();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(project, { FAAS_ALLOWED_HOSTS: 'course.test' });
});

afterAll(async () => {
  await gateway.stop();
  project.remove();
});

const callAs = (host: string) =>
  gateway.raw(`GET /api/hello HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);

test('a foreign host is refused, an allowed one is not', async () => {
  expect(await callAs('evil.test')).toMatch(/^HTTP\/1.1 421 [^]*"code":"foreign-host"/);
  expect(await callAs('course.test')).toMatch(/^HTTP\/1.1 200 /);
});

test('a page of another site cannot use the controls', async () => {
  const headers = { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' };
  const answer = await gateway.call(CONTROLS.instances, { headers });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'cross-site' });
});

test('a request hidden in the body of another is not answered', async () => {
  const hidden = 'GET /api/hello?name=Smuggler HTTP/1.1\r\nhost: localhost\r\n\r\n';
  const watcher = await Watcher.open(gateway.origin);
  await gateway.raw(
    `POST /api/echo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  );
  const answer = await gateway.raw(
    `POST /api/echo HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}`,
  );
  expect(answer).toContain('Smuggler');
  await watcher.until(() => watcher.of('request.done').length === 1);
  expect(watcher.of('request.queued').map(({ url }) => url)).toEqual(['/api/echo']);
  await watcher.close();
});
