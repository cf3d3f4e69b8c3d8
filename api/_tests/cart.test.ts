import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CheckoutStage } from './fixtures/checkout-stage.ts';

let stage: CheckoutStage;
beforeEach(() => {
  stage = new CheckoutStage();
});
afterEach(() => stage.leave());

it('each calls the next, once', async () => {
  const response = await stage.ask('cart?waitMs=0');
  expect(await response.json()).toEqual({
    did: ['cart', 'price', 'pay', 'ship'],
    calls: { price: 1, pay: 1, ship: 1 },
  });
  expect(stage.made).toEqual(['POST cart', 'POST price', 'POST pay', 'POST ship']);
});

it('with three tries each, three callers call the last one 27 times', async () => {
  const response = await stage.ask('cart?waitMs=0&tries=3&down=ship');
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ calls: { price: 3, pay: 9, ship: 27 } });
  expect(stage.made.filter((call) => call === 'POST ship')).toHaveLength(27);
});

it('a call that is given up is counted by whoever gave it up', async () => {
  const response = await stage.ask('cart?waitMs=0&pay.waitMs=200&pay.timeoutMs=5');
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({
    detail: expect.stringContaining('pay did not answer within 5 ms') as string,
    calls: { price: 1, pay: 1 },
  });
});

it('an answer without a body is an answer too, and a 404 is not tried again', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 })));
  const response = await stage.ask('cart?waitMs=0&tries=3');
  expect(await response.json()).toMatchObject({
    detail: 'price answered 404: no reason',
    calls: { price: 1 },
  });
});

it('when no time is left, nobody is called', async () => {
  const { status } = await stage.ask('cart?waitMs=0&price.waitMs=60&deadlineMs=40');
  // A busy machine may use up the time before the price is called.
  expect([502, 504]).toContain(status);
  expect(stage.made).not.toContain('POST pay');
});

it.each(['cart?waitMs=-1', 'cart?next=shop'])(
  '%s is a 400 that says what is expected',
  async (url) => {
    const response = await stage.ask(url);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  },
);
