import { afterEach, beforeEach, expect, it } from 'vitest';
import { CheckoutStage } from './fixtures/checkout-stage.ts';

let stage: CheckoutStage;
beforeEach(() => {
  stage = new CheckoutStage();
});
afterEach(() => stage.leave());

it('does its part, or refuses when it is down', async () => {
  expect(await (await stage.ask('pay?waitMs=0')).json()).toEqual({ did: ['pay'], calls: {} });
  expect((await stage.ask('pay?down=cart,pay')).status).toBe(503);
});

it('takes back what it did, unless it is stuck', async () => {
  expect(await (await stage.ask('pay', 'DELETE')).json()).toMatchObject({ undid: ['pay'] });
  expect((await stage.ask('pay?stuck=pay', 'DELETE')).status).toBe(503);
});
