import { describeDriver } from '../contract.ts';
import { bundledFixture } from '../fixtures/bundled-fixture.ts';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import { threadWorker } from '../fixtures/thread-worker.ts';
import { WebWorkerDriver } from './web-worker-driver.ts';

// Fast, on worker threads of Node; web-worker-driver.browser.test.ts runs the suite in a real browser.
describeDriver('web-worker (on threads)', async () => ({
  driver: new WebWorkerDriver({
    codeOf:
      ({ file }) =>
      () =>
        bundledFixture(file),
    createWorker: threadWorker,
    origin: 'http://localhost',
  }),
  specOf: (name) => fixtureSpec(`api/${name}.ts`),
}));
