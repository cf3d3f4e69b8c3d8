import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PythonFunction } from '../fixtures/python-function.ts';

describe.skipIf((await PythonFunction.missing()) !== null)('with Python on this machine', () => {
  let hello: PythonFunction;
  beforeAll(async () => {
    hello = await PythonFunction.start('/api/py/hello');
  });
  afterAll(() => hello.stop());

  test('greets by name, in any script', async () => {
    expect(await hello.get(`/api/py/hello?name=${encodeURIComponent('小明 & <b>')}`)).toEqual({
      status: 200,
      type: 'application/json',
      body: { greeting: 'Hello, 小明 & <b>!' },
    });
  });

  test('greets the world when no name is given', async () => {
    for (const url of ['/api/py/hello', '/api/py/hello?name=']) {
      expect((await hello.get(url)).body).toEqual({ greeting: 'Hello, world!' });
    }
  });
});
