/** A machine without Python: its functions say what is missing, and the others work. */

import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CONTROLS } from '#faas/api.ts';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';

const project = new Project();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(project, { PATH: project.root, FAAS_PYTHON: undefined });
});

afterAll(async () => {
  await gateway.stop();
  project.remove();
});

test('a Python function is 503 and names what to install', async () => {
  const answer = await gateway.call('/api/py/hello');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    code: 'runtime-missing',
    detail: expect.stringMatching(/python3.*Install Python/),
  });
});

test('the list of functions says so before anyone calls', async () => {
  const list = () => gateway.json<{ runtime: string; missing?: string }[]>(CONTROLS.functions);
  await vi.waitUntil(async () => (await list()).some(({ missing }) => missing !== undefined));
  const functions = await list();
  for (const { runtime, missing } of functions) {
    if (runtime === 'python') expect(missing).toContain('Install Python');
    else expect(missing).toBeUndefined();
  }
});

test('a TypeScript function works', async () => {
  const answer = await gateway.call('/api/hello?name=Ada');
  expect(await answer.json()).toEqual({ greeting: 'Hello, Ada!' });
});

test.skipIf(process.platform === 'win32')(
  'while a program that hangs is asked whether it is Python, only Python waits',
  async () => {
    project.write('hangs', '#!/bin/sh\nexec sleep 60\n');
    const program = join(project.root, 'hangs');
    chmodSync(program, 0o755);
    const waiting = await RunningGateway.start(project, { FAAS_PYTHON: program });
    let answered = false;
    const python = waiting.call('/api/py/hello').finally(() => (answered = true));
    for (let n = 0; n < 5; n += 1) expect((await waiting.call('/api/hello')).status).toBe(200);
    expect(answered).toBe(false);

    const answer = await python;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      code: 'runtime-missing',
      detail: expect.stringMatching(/said nothing within 10 s .* Install Python/),
    });
    await waiting.stop();
  },
);
