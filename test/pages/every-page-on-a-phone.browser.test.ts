/** Every page as it is read on a phone, from a host that only serves files. Each is opened once. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../fixtures/browser.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';
import { findingsInBothSchemes } from './fixtures/accessibility.ts';
import { misfitsAt, openAll, smallTargets } from './fixtures/fit.ts';
import { builtPages } from './fixtures/pages.ts';
import { Visitor, type Visit } from './fixtures/visit.ts';

/** In CSS pixels: 640 and 320 are 1280 at a zoom of 200 % and 400 %. */
const WIDTHS = [320, 360, 640];

let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  browser = await launch();
  visitor = await Visitor.in(browser, { hasTouch: true });
});
afterAll(() => browser.close());

describe.each(builtPages())('%s on a phone', (path) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await visitor.visit(siteOrigin('staticOrigin') + path, { width: 360, height: 740 });
  });

  it('asks for nothing that its policy forbids', async () => {
    expect(await visit.forbidden()).toEqual([]);
  });

  it('has no accessibility finding, in light and in dark', async () => {
    expect(await findingsInBothSchemes(visit.page)).toEqual([]);
  });

  it('gives what is touched 24 px each way', async () => {
    expect(await smallTargets(visit.page)).toEqual([]);
  });

  it('fits at every width, with all that it folds away', async () => {
    await openAll(visit.page);
    expect(await misfitsAt(visit.page, WIDTHS)).toEqual({});
  });

  it('has complained of nothing', () => {
    expect(visit.complaints()).toEqual([]);
  });
});
