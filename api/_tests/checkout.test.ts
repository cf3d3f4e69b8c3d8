import { afterEach, beforeEach, expect, it } from 'vitest';
import { CheckoutStage } from './fixtures/checkout-stage.ts';

let stage: CheckoutStage;
beforeEach(() => {
  stage = new CheckoutStage();
});
afterEach(() => stage.leave());

it('one calls the four, and writes each step into its log', async () => {
  const response = await stage.ask('checkout?waitMs=0');
  const steps = ['cart', 'price', 'pay', 'ship'];
  expect(await response.json()).toEqual({
    end: 'done',
    calls: { cart: 1, price: 1, pay: 1, ship: 1 },
    log: steps.flatMap((step) => [
      { step, is: 'begun' },
      { step, is: 'done' },
    ]),
  });
});

it('with three tries each, the last one is called three times, and what was done is undone backwards', async () => {
  const response = await stage.ask('checkout?waitMs=0&tries=3&down=ship');
  expect(await response.json()).toMatchObject({ end: 'undone', calls: { pay: 1, ship: 3 } });
  expect(stage.made.slice(-5)).toEqual([
    'POST ship',
    'POST ship',
    'POST ship',
    'DELETE pay',
    'DELETE cart',
  ]);
});

it('a step of which no answer came may have been done: it is undone too', async () => {
  const response = await stage.ask('checkout?waitMs=0&pay.waitMs=200&pay.timeoutMs=5');
  expect(await response.json()).toMatchObject({ end: 'undone' });
  expect(stage.made.slice(-2)).toEqual(['DELETE pay', 'DELETE cart']);
});

it('a step of which one try gave no answer is undone, also when no time is left for another', async () => {
  const response = await stage.ask(
    'checkout?waitMs=0&tries=3&pay.waitMs=200&pay.timeoutMs=20&pay.backoffMs=200&deadlineMs=150',
  );
  const { log } = (await response.json()) as { log: object[] };
  expect(log).toContainEqual({ step: 'pay', is: 'unknown' });
  expect(stage.made.slice(-2)).toEqual(['DELETE pay', 'DELETE cart']);
});

it('what cannot be undone is kept for a human, and the rest is undone', async () => {
  const response = await stage.ask('checkout?waitMs=0&tries=2&down=ship&stuck=pay');
  const { end, log } = (await response.json()) as { end: string; log: object[] };
  expect(end).toBe('needs a human');
  expect(log.slice(-2)).toEqual([
    { step: 'pay', is: 'kept' },
    { step: 'cart', is: 'undone' },
  ]);
});

it.each(['checkout?pay.tries=9', 'checkout?deadlineMs=soon'])(
  '%s is a 400 that says what is expected',
  async (url) => {
    const response = await stage.ask(url);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  },
);
