/** A machine without Python: its functions say what is missing, and the others work. */

import { afterAll, beforeAll, expect, test } from 'vitest';
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
  const functions = await gateway.json<{ runtime: string; missing?: string }[]>(CONTROLS.functions);
  for (const { runtime, missing } of functions) {
    if (runtime === 'python') expect(missing).toContain('Install Python');
    else expect(missing).toBeUndefined();
  }
});

test('a TypeScript function works', async () => {
  const answer = await gateway.call('/api/hello?name=Ada');
  expect(await answer.json()).toEqual({ greeting: 'Hello, Ada!' });
});
