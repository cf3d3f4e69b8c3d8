-- What `verify -- queue` counts: an effect may stand here twice, and that is what it looks for.
CREATE TABLE effects (message text NOT NULL);
CREATE TABLE remembered (source text, message text, PRIMARY KEY (source, message));
CREATE TABLE deliveries (message text NOT NULL);
