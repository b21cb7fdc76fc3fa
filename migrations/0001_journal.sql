-- Why: the journal is the source of truth. Streams (one per device incarnation), their entries and their signed heads
-- are append-only; everything else in the file can be rebuilt from them.
CREATE TABLE stream (
  stream     INTEGER NOT NULL PRIMARY KEY,       -- number used inside this file only
  device     TEXT    NOT NULL,                   -- 128-bit random id, hex
  incarnation INTEGER NOT NULL CHECK (incarnation > 0),
  site       TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  statement  TEXT    NOT NULL,                   -- canonical, signed by the device itself
  genesis    BLOB    NOT NULL,                   -- hash 0 of the chain
  commitment_key BLOB NOT NULL,                  -- empty until the first bundle brings it
  is_own     INTEGER NOT NULL CHECK (is_own IN (0, 1)),
  UNIQUE (device, incarnation)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  stream  INTEGER NOT NULL REFERENCES stream (stream),
  seq     INTEGER NOT NULL CHECK (seq > 0),
  event   TEXT    NOT NULL,                      -- canonical envelope, exact bytes
  payload TEXT    NOT NULL,                      -- canonical payload, exact bytes
  hash    BLOB    NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
  stream  INTEGER NOT NULL REFERENCES stream (stream),
  seq     INTEGER NOT NULL,
  hash    BLOB    NOT NULL,
  root    BLOB    NOT NULL,                      -- RFC 6962 tree over the hashes up to seq
  device_signature BLOB NOT NULL,
  person  TEXT    NOT NULL,
  person_signature BLOB NOT NULL,                -- empty where the head came with a bundle
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

-- Triggers stop accidents, INSERT OR REPLACE included; the chain and the signatures show intent.
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE stream = NEW.stream AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER head_no_update BEFORE UPDATE ON head BEGIN SELECT RAISE(ABORT, 'head is append-only'); END;
CREATE TRIGGER head_no_delete BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT, 'head is append-only'); END;
CREATE TRIGGER head_no_replace BEFORE INSERT ON head
WHEN EXISTS (SELECT 1 FROM head WHERE stream = NEW.stream AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'head is append-only'); END;
CREATE TRIGGER stream_no_delete BEFORE DELETE ON stream BEGIN SELECT RAISE(ABORT, 'stream is append-only'); END;
CREATE TRIGGER stream_no_replace BEFORE INSERT ON stream
WHEN EXISTS (SELECT 1 FROM stream WHERE stream = NEW.stream OR (device = NEW.device AND incarnation = NEW.incarnation))
BEGIN SELECT RAISE(ABORT, 'stream is append-only'); END;
-- The commitment key of a foreign device arrives with its first bundle, once.
CREATE TRIGGER stream_no_update BEFORE UPDATE ON stream
WHEN length(OLD.commitment_key) > 0 OR OLD.stream <> NEW.stream OR OLD.device <> NEW.device
  OR OLD.incarnation <> NEW.incarnation OR OLD.site <> NEW.site OR OLD.role <> NEW.role OR OLD.is_own <> NEW.is_own
  OR OLD.statement <> NEW.statement OR OLD.genesis <> NEW.genesis
BEGIN SELECT RAISE(ABORT, 'stream is append-only'); END;

-- Private keys of this device. The file is encrypted; whoever can open it can read them.
CREATE TABLE secret (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
