import { describe, expect, test } from 'vitest';
import { PythonFunction } from '../fixtures/python-function.ts';

describe.skipIf((await PythonFunction.missing()) !== null)('with Python on this machine', () => {
  test('it answers, and does nothing else', async () => {
    const bare = await PythonFunction.start('/api/py/bare');
    expect((await bare.get('/api/py/bare')).body).toEqual({ done: true });
    await bare.stop();
  });
});
