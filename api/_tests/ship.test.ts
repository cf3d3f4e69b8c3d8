import { afterEach, beforeEach, expect, it } from 'vitest';
import { CheckoutStage } from './fixtures/checkout-stage.ts';

let stage: CheckoutStage;
beforeEach(() => {
  stage = new CheckoutStage();
});
afterEach(() => stage.leave());

it('does its part, or refuses when it is down', async () => {
  expect(await (await stage.ask('ship?waitMs=0')).json()).toEqual({ did: ['ship'], calls: {} });
  expect((await stage.ask('ship?down=cart,ship')).status).toBe(503);
});

it('takes back what it did, unless it is stuck', async () => {
  expect(await (await stage.ask('ship', 'DELETE')).json()).toMatchObject({ undid: ['ship'] });
  expect((await stage.ask('ship?stuck=ship', 'DELETE')).status).toBe(503);
});
