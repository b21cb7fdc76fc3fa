-- Why: things that are not accountable and not in the journal (design 10): replies for repeated requests, drafts, the
-- export register and the cached frontier of the Merkle tree. `verify` ignores them.
CREATE TABLE reply (
  id TEXT NOT NULL PRIMARY KEY,
  request_hash BLOB NOT NULL,
  reply TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE draft (
  form TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL,
  saved_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE export (
  site TEXT NOT NULL,
  seq  INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE frontier (
  stream INTEGER NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  nodes BLOB NOT NULL                            -- 32 bytes each, largest subtree first
) STRICT, WITHOUT ROWID;
