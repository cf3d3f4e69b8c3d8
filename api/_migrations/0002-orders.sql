-- Orders, each with its owner in its row: whoever asks, the statement asks for whom.
CREATE TABLE orders (
  id integer PRIMARY KEY,
  owner text NOT NULL,
  items text[] NOT NULL
);

INSERT INTO orders (id, owner, items) VALUES
  (17, 'ada', '{"tea","a teapot"}'),
  (18, 'grace', '{"a compiler"}');
