/** Payments by their order, each in one statement. What was taken back is refused when it comes later. */

import { sql } from './sql.ts';

/** What has become of the payment of an order. */
export interface Payment {
  readonly order: string;
  readonly isTaken: boolean;
  /** How often it came after it was taken back. */
  readonly refused: number;
}

// #region payments
/** @returns false where it has been taken back before. The same order again takes nothing more. */
export async function takePayment(order: string): Promise<boolean> {
  const [row] = await sql`
    insert into payments (order_id, is_taken) values (${order}, true)
    on conflict (order_id) do update
      set refused = payments.refused + (not payments.is_taken)::int
    returning is_taken`;
  return row?.['is_taken'] === true;
}

/** Also where there is none yet: the row is the mark. */
export async function takeBackPayment(order: string): Promise<void> {
  await sql`
    insert into payments (order_id, is_taken) values (${order}, false)
    on conflict (order_id) do update set is_taken = false`;
}
// #endregion

export async function paymentOf(order: string): Promise<Payment> {
  const [row] = await sql`select is_taken, refused from payments where order_id = ${order}`;
  return { order, isTaken: row?.['is_taken'] === true, refused: Number(row?.['refused'] ?? 0) };
}
