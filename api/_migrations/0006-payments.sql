-- Payments, one row an order. A payment that is taken back before it comes leaves its row, and is then refused.
CREATE TABLE payments (
  order_id text PRIMARY KEY,
  is_taken boolean NOT NULL,
  refused integer NOT NULL DEFAULT 0
);
