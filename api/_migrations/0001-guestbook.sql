-- The guestbook's entries. The caller makes the id, so that an entry that is sent twice is one entry.
CREATE TABLE guestbook (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
  at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX guestbook_newest ON guestbook (at DESC, id);
