import { launch } from '../../../test/fixtures/browser.ts';
import { policyFor } from '../../../src/publish/policy.ts';
import { describeDriver } from '../contract.ts';
import { BridgeDriver } from '../fixtures/bridge-driver.ts';
import { serveBridgeSite } from '../fixtures/bridge-site.ts';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';

describeDriver('web-worker (in Chromium)', async () => {
  const [site, browser] = await Promise.all([
    serveBridgeSite(
      ['api/contract', 'api/broken'],
      policyFor('/lessons/one/', { scripts: [], styles: [] }, 'header'),
    ),
    launch(),
  ]);
  const driver = await BridgeDriver.open(await browser.newPage(), site.url);
  return {
    driver,
    specOf: (name) => fixtureSpec(`api/${name}.ts`),
    async close() {
      await driver.settled();
      await browser.close();
      await site.close();
    },
  };
});
