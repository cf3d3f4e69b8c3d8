import { afterEach, beforeEach, expect, it } from 'vitest';
import { CheckoutStage } from './fixtures/checkout-stage.ts';

let stage: CheckoutStage;
beforeEach(() => {
  stage = new CheckoutStage();
});
afterEach(() => stage.leave());

it('calls what it is told to call, and nothing by itself', async () => {
  const alone = await stage.ask('price?waitMs=0');
  expect(await alone.json()).toEqual({ did: ['price'], calls: {} });
  const chain = await stage.ask('price?waitMs=0&next=pay,ship');
  expect(await chain.json()).toEqual({ did: ['price', 'pay', 'ship'], calls: { pay: 1, ship: 1 } });
});

it('that has no time left does not end its part', async () => {
  const response = await stage.ask('price?waitMs=50&deadlineMs=5&next=pay');
  expect(response.status).toBe(504);
  expect(stage.made).toEqual(['POST price']);
});
