-- A queue: a table, and five statements on it. Each is a function, so that whoever sends and whoever
-- delivers ask the same. Time is the database's own, whatever the clocks of those who ask say.
CREATE TABLE messages (
  -- The order of a queue.
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  queue text NOT NULL CHECK (length(queue) BETWEEN 1 AND 80),
  -- With its source the identity of the event.
  id text NOT NULL CHECK (length(id) BETWEEN 1 AND 200),
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
  type text NOT NULL CHECK (length(type) BETWEEN 1 AND 200),
  -- Messages of one key are in order; null for none.
  key text CHECK (length(key) BETWEEN 1 AND 200),
  -- At most 64 KiB.
  data json NOT NULL CHECK (octet_length(data::text) <= 65536),
  traceparent text CHECK (length(traceparent) <= 200),
  sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- From when on it can be taken.
  visible_at timestamptz NOT NULL,
  -- How often it was taken: with its number the receipt.
  receives integer NOT NULL DEFAULT 0,
  -- Since when it is among the dead letters; null while it lives.
  dead_at timestamptz,
  UNIQUE (queue, source, id)
);

CREATE INDEX messages_live ON messages (queue, number) WHERE dead_at IS NULL;
CREATE INDEX messages_of_key ON messages (queue, key, number) WHERE dead_at IS NULL AND key IS NOT NULL;
CREATE INDEX messages_taken ON messages (queue, visible_at) WHERE dead_at IS NULL AND receives > 0;
CREATE INDEX messages_dead ON messages (queue, number) WHERE dead_at IS NOT NULL;

-- Rows come and go: what is left of them is cleared away after thousands, not after a fifth of the table.
ALTER TABLE messages SET (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000
);

-- 1. Send. The number of the message; no row when it is here already, live or dead.
CREATE FUNCTION queue_send(
  to_queue text, id text, source text, type text, key text, data json, traceparent text, delay_s double precision
) RETURNS SETOF bigint LANGUAGE sql AS $$
  INSERT INTO messages (queue, id, source, type, key, data, traceparent, visible_at)
  VALUES (
    to_queue, queue_send.id, queue_send.source, queue_send.type, queue_send.key, queue_send.data,
    queue_send.traceparent, clock_timestamp() + make_interval(secs => delay_s)
  )
  ON CONFLICT (queue, source, id) DO NOTHING
  RETURNING number
$$;

-- 2. Take. Hides each message for a time. It waits for every earlier live one of its key, a hidden one
-- too: SKIP LOCKED alone would step over that and hand out the next.
CREATE FUNCTION queue_take(
  from_queue text, most integer, visibility_s double precision, max_receives integer
) RETURNS SETOF messages LANGUAGE sql AS $$
  WITH due AS (
    SELECT number FROM messages AS message
    WHERE queue = from_queue AND dead_at IS NULL
      AND visible_at <= clock_timestamp() AND receives < max_receives
      AND (key IS NULL OR number = (
        SELECT min(number) FROM messages AS earlier
        WHERE earlier.queue = from_queue AND earlier.key = message.key AND earlier.dead_at IS NULL
      ))
    ORDER BY number LIMIT most
    FOR UPDATE SKIP LOCKED
  )
  UPDATE messages
  SET receives = receives + 1, visible_at = clock_timestamp() + make_interval(secs => visibility_s)
  FROM due WHERE messages.number = due.number
  RETURNING messages.*
$$;

-- 3. Done. Removes messages by their receipts; a receipt counts until there is a newer one or the
-- message is set aside. The numbers of those that were removed.
CREATE FUNCTION queue_done(numbers bigint[], receipts integer[]) RETURNS SETOF bigint LANGUAGE sql AS $$
  DELETE FROM messages USING unnest(numbers, receipts) AS receipt (number, receives)
  WHERE messages.number = receipt.number AND messages.receives = receipt.receives AND dead_at IS NULL
  RETURNING messages.number
$$;

-- 4. Give up, or go on: when each message can be taken again.
CREATE FUNCTION queue_give_up(
  numbers bigint[], receipts integer[], after_s double precision[]
) RETURNS SETOF bigint LANGUAGE sql AS $$
  UPDATE messages SET visible_at = clock_timestamp() + make_interval(secs => receipt.after_s)
  FROM unnest(numbers, receipts, after_s) AS receipt (number, receives, after_s)
  WHERE messages.number = receipt.number AND messages.receives = receipt.receives AND dead_at IS NULL
  RETURNING messages.number
$$;

-- 5. Set aside what was taken as often as it may be, and can be seen again.
CREATE FUNCTION queue_set_aside(from_queue text, max_receives integer) RETURNS SETOF messages LANGUAGE sql AS $$
  UPDATE messages SET dead_at = clock_timestamp()
  WHERE queue = from_queue AND dead_at IS NULL AND receives > 0
    AND receives >= max_receives AND visible_at <= clock_timestamp()
  RETURNING *
$$;
