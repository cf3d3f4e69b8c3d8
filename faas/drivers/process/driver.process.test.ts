import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { describeDriver } from '../contract.ts';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import { ProcessDriver } from './driver.ts';

const driver = new ProcessDriver({ root: fileURLToPath(new URL('../fixtures', import.meta.url)) });

describeDriver('process (Node)', async () => ({
  driver,
  specOf: (name) => fixtureSpec(`api/${name}.ts`),
}));

await driver.prepare();
const missing = driver.missing(fixtureSpec('api/py/contract.py'));
describe.skipIf(missing !== null)(`with Python (${missing ?? 'found'})`, () => {
  describeDriver('process (Python)', async () => ({
    driver,
    specOf: (name) => fixtureSpec(`api/py/${name}.py`),
  }));
});
