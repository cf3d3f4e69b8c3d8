-- Points of customers, and which events they have had them for: the effect, and its memory.
CREATE TABLE points (
  customer text PRIMARY KEY CHECK (length(customer) BETWEEN 1 AND 80),
  points integer NOT NULL,
  -- How often the consumer was called for this customer, whatever came of it.
  deliveries integer NOT NULL
);

CREATE TABLE points_seen (
  source text NOT NULL,
  id text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (source, id)
);
