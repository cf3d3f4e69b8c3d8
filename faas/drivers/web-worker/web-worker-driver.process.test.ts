import { describeDriver } from '../contract.ts';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import { threadWorker } from '../fixtures/thread-worker.ts';
import { WebWorkerDriver } from './web-worker-driver.ts';

// Fast, on worker threads of Node; web-worker-driver.browser.test.ts runs the suite in a real browser.
describeDriver('web-worker (on threads)', async () => ({
  driver: new WebWorkerDriver({
    moduleOf: ({ file }) => new URL(`../fixtures/${file}`, import.meta.url).href,
    createWorker: threadWorker,
  }),
  specOf: (name) => fixtureSpec(`api/${name}.ts`),
}));
