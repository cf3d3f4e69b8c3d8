import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Case } from '../case.ts';
import { agreeLine, tryCases } from '../verdict.ts';
import { MadeOutput } from './fixtures/made-output.ts';
import { Output } from './output.ts';
import { serveOutput, type OutputServer } from './server.ts';

let made: MadeOutput;
let server: OutputServer | null = null;

beforeEach(() => {
  made = new MadeOutput();
});
afterEach(async () => {
  await server?.stop();
  made.remove();
});

const CASES: readonly Case[] = [
  {
    function: '/api/hello',
    call: { method: 'GET', url: '/api/hello' },
    expect: { status: [200], json: { greeting: 'Hello' } },
  },
  {
    function: '/api/items/[id]',
    call: { method: 'POST', url: '/api/items/7', body: 'ünë' },
    expect: { status: [200], includes: 'ünë' },
  },
];

async function serve(): Promise<string> {
  server = await serveOutput(new Output(made.folder), made.folder, null);
  return server.origin;
}

async function agreement(): Promise<string> {
  const origin = await serve();
  const call = async ({ method, url, body }: Case['call']) => {
    const response = await fetch(origin + url, { method, body: body ?? null });
    return { status: response.status, type: '', body: await response.text() };
  };
  const functions = ['/api/hello', '/api/items/[id]'];
  const asHere = (one: Case): Case => one;
  const deployment = {
    functions,
    left: [],
    cases: [],
    asHere,
    call,
    stop: () => Promise.resolve(),
  };
  return agreeLine(await tryCases(deployment, functions, CASES));
}

test('pages and functions of an output answer', async () => {
  const origin = await serve();
  expect(await (await fetch(`${origin}/`)).text()).toContain('Home');
  const item = await fetch(`${origin}/api/items/7`, { method: 'PUT', body: 'x' });
  expect([item.headers.get('x-id'), item.headers.get('x-method'), await item.text()]).toEqual([
    '7',
    'PUT',
    'x',
  ]);
  expect((await fetch(`${origin}/api/none`)).status).toBe(404);
});

test('all of an unbroken output agree', async () => {
  expect(await agreement()).toBe('agree: 2/2');
});

test('a function that imports a file which is not there does not agree, and says why', async () => {
  made.write(
    'functions/api/hello.func/api/hello.js',
    "import { greeting } from './_lib/greeting.ts';\nexport default { fetch: () => Response.json({ greeting }) };",
  );
  expect(await agreement()).toBe('agree: 1/2');
  const response = await fetch(`${server?.origin ?? ''}/api/hello`);
  expect(response.status).toBe(500);
  expect(await response.text()).toMatch(/Cannot find module .*greeting\.ts/);
});

test('a function that ends its process costs its own call', async () => {
  made.write(
    'functions/api/hello.func/api/hello.js',
    `let calls = 0;
     export default { fetch(request) {
       if (request.url.endsWith('?leave')) process.exit(3);
       calls += 1;
       return Response.json({ calls });
     } };`,
  );
  const origin = await serve();
  const json = async () => (await fetch(`${origin}/api/hello`)).json() as Promise<unknown>;
  expect([await json(), await json()]).toEqual([{ calls: 1 }, { calls: 2 }]);
  const left = await fetch(`${origin}/api/hello?leave`);
  expect([left.status, await left.text()]).toEqual([
    500,
    'FUNCTION_INVOCATION_FAILED\nThe process ended with code 3.',
  ]);
  expect(await json()).toEqual({ calls: 1 });
});
