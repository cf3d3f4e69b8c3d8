import { describe, expect, test } from 'vitest';
import { PythonFunction } from '../fixtures/python-function.ts';

describe.skipIf((await PythonFunction.missing()) !== null)('with Python on this machine', () => {
  test('module scope counts on, handler scope starts again, and each instance for itself', async () => {
    const [one, other] = await Promise.all([
      PythonFunction.start('/api/py/counter'),
      PythonFunction.start('/api/py/counter'),
    ]);
    const count = async (counter: PythonFunction) => (await counter.get('/api/py/counter')).body;
    expect(await count(one)).toEqual({ count: 1, handlerCount: 1 });
    expect(await count(one)).toEqual({ count: 2, handlerCount: 1 });
    expect(await count(other)).toEqual({ count: 1, handlerCount: 1 });
    await Promise.all([one.stop(), other.stop()]);
  });
});
