-- Where the public picture of an entry is; null for an entry without one.
ALTER TABLE guestbook ADD COLUMN picture text CHECK (length(picture) <= 2000);
