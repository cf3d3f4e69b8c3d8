import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PythonFunction } from '../fixtures/python-function.ts';

describe.skipIf((await PythonFunction.missing()) !== null)('with Python on this machine', () => {
  let price: PythonFunction;
  beforeAll(async () => {
    price = await PythonFunction.start('/api/py/price');
  });
  afterAll(() => price.stop());

  test('answers as its twin in TypeScript does', async () => {
    const json = { type: 'application/json' };
    const problem = { type: 'application/problem+json' };
    expect(await price.post('/api/py/price?waitMs=0')).toEqual({
      ...json,
      status: 200,
      body: { did: ['price'], calls: {} },
    });
    expect(await price.post('/api/py/price?down=price')).toMatchObject({ ...problem, status: 503 });
    expect(await price.post('/api/py/price?pay.tries=9&next=pay')).toMatchObject({
      ...problem,
      status: 400,
      body: { detail: 'pay.tries is a number from 1 to 5, not "9".' },
    });
    expect(await price.post('/api/py/price?waitMs=50&deadlineMs=5')).toMatchObject({
      ...problem,
      status: 504,
    });
  });
});
