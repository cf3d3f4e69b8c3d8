import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CheckoutStage } from './fixtures/checkout-stage.ts';

const payments = vi.hoisted(() => ({
  takePayment: vi.fn<(order: string) => Promise<boolean>>(),
  takeBackPayment: vi.fn<(order: string) => Promise<void>>(),
}));
vi.mock('../_lib/payments.ts', () => payments);

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

describe('a payment of an order', () => {
  const rows = new Map<string, { is_taken: boolean; refused: number }>();

  beforeEach(() => {
    rows.clear();
    payments.takePayment.mockImplementation((order) => {
      const row = rows.get(order) ?? { is_taken: true, refused: 0 };
      rows.set(order, row);
      return Promise.resolve(row.is_taken);
    });
    payments.takeBackPayment.mockImplementation((order) => {
      rows.set(order, { is_taken: false, refused: 0 });
      return Promise.resolve();
    });
  });

  it('is refused with 409 when it comes after its undo', async () => {
    expect((await stage.ask('pay?order=17', 'DELETE')).status).toBe(200);
    const late = await stage.ask('pay?order=17&waitMs=0');
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      detail: 'The payment of order 17 was taken back before it came.',
    });
  });

  it('is not kept where no order is named', async () => {
    await stage.ask('pay?waitMs=0');
    await stage.ask('pay', 'DELETE');
    expect(rows.size).toBe(0);
  });
});
