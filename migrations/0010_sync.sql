-- Why: several devices may write for one site, and a device that was restored goes on under a new incarnation. So people
-- belong to the device whose slots open its file, partners count only where this file's own journal names them, and the
-- same movement id in two journals is a case for a person, not a fault of the file.
ALTER TABLE person RENAME TO person_before;
CREATE TABLE person (
  stream INTEGER NOT NULL,                       -- the journal that names them
  site   TEXT NOT NULL,
  person TEXT NOT NULL,
  public_key TEXT NOT NULL,
  slot   TEXT NOT NULL,
  roles  TEXT NOT NULL,
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  PRIMARY KEY (stream, person)
) STRICT, WITHOUT ROWID;
INSERT INTO person SELECT (SELECT min(stream) FROM stream WHERE stream.site = p.site), p.* FROM person_before p;
DROP TABLE person_before;

ALTER TABLE partner RENAME TO partner_before;
CREATE TABLE partner (
  stream INTEGER NOT NULL,                       -- the journal that trusts it
  device TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  site   TEXT NOT NULL,
  name   TEXT NOT NULL,
  role   TEXT NOT NULL,
  statement TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('pair', 'list')),
  cut_off_seq INTEGER CHECK (cut_off_seq >= 0),  -- null: not revoked
  cut_off_head TEXT,                             -- base64url, null where nothing was accepted
  PRIMARY KEY (stream, device, incarnation)
) STRICT, WITHOUT ROWID;
-- Journals of partners wrote into the same table: the entries say who trusts whom, the table that their statements were good.
INSERT OR IGNORE INTO partner
SELECT t.stream, p.device, p.incarnation, json_extract(t.text, '$.statement.site'), json_extract(t.text, '$.statement.name'),
  json_extract(t.text, '$.statement.role'), t.text, 'pair', NULL, NULL
FROM (
  SELECT stream, seq, is_own, CASE WHEN json_valid(text) THEN text ELSE '{}' END AS text FROM (
    SELECT e.stream, e.seq, s.is_own, json_extract(e.payload, '$.exact.statement') AS text
    FROM entry e JOIN stream s USING (stream) WHERE instr(e.event, '"type":"partner.trusted"') > 0
  )
) t JOIN partner_before p
  ON p.device = json_extract(t.text, '$.statement.device') AND p.incarnation = json_extract(t.text, '$.statement.incarnation')
WHERE p.statement = t.text OR t.is_own = 1
ORDER BY t.stream, t.seq; -- the first statement of an incarnation counts
DROP TABLE partner_before;

DROP INDEX movement_by_id;
DROP INDEX movement_by_reversed;
DROP TRIGGER movement_no_replace;
ALTER TABLE movement ADD COLUMN consignment TEXT;
CREATE UNIQUE INDEX movement_by_id ON movement (site, id, stream);
CREATE UNIQUE INDEX movement_by_reversed ON movement (site, reverses, stream) WHERE reverses IS NOT NULL;
CREATE INDEX movement_by_consignment ON movement (consignment) WHERE consignment IS NOT NULL;
CREATE TRIGGER movement_no_replace BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM movement WHERE stream = NEW.stream AND seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM movement WHERE site = NEW.site AND id = NEW.id AND stream = NEW.stream)
  OR (NEW.reverses IS NOT NULL
    AND EXISTS (SELECT 1 FROM movement WHERE site = NEW.site AND reverses = NEW.reverses AND stream = NEW.stream))
BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END;

-- The log of what an authority has accepted: its leaves in their order, for proofs that it only grows.
CREATE TABLE acceptance (
  stream INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  device TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  from_seq INTEGER NOT NULL CHECK (from_seq > 0),
  upto   INTEGER NOT NULL CHECK (upto >= from_seq),
  head   TEXT NOT NULL,
  bundle TEXT NOT NULL,                          -- SHA-256 of the file that brought it, base64url
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX acceptance_by_device ON acceptance (device, incarnation, upto);

CREATE TABLE trust_list (
  stream INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  list   TEXT NOT NULL,                          -- canonical, with its signatures
  PRIMARY KEY (stream, version)
) STRICT, WITHOUT ROWID;

-- What only a person can decide, with both sides kept.
CREATE TABLE conflict_case (
  site TEXT NOT NULL,                            -- the site that keeps the case
  id   TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  facts TEXT NOT NULL,                           -- canonical JSON
  opened_at_ms INTEGER NOT NULL,
  decision TEXT,
  reason TEXT,
  decided_at_ms INTEGER,
  person TEXT,
  second TEXT,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX conflict_case_by_subject ON conflict_case (site, kind, subject);

-- Working tables: nothing accountable, `verify` ignores them.
CREATE TABLE quarantine (
  sha  TEXT NOT NULL PRIMARY KEY,                -- SHA-256 of the sealed file, base64url
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB,                                    -- null where the file could not become a bundle here whatever comes
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  device TEXT,
  incarnation INTEGER,
  received_at_ms INTEGER NOT NULL,
  tried_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE bundle_part (
  whole TEXT NOT NULL,                           -- SHA-256 of the whole sealed file
  part  INTEGER NOT NULL CHECK (part > 0),
  parts INTEGER NOT NULL CHECK (parts >= part),
  bytes BLOB NOT NULL,
  received_at_ms INTEGER NOT NULL,
  PRIMARY KEY (whole, part)
) STRICT, WITHOUT ROWID;
-- What a partner's device says it holds of a stream: its acknowledgement.
CREATE TABLE held_there (
  device TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  of_device TEXT NOT NULL,
  of_incarnation INTEGER NOT NULL,
  seq  INTEGER NOT NULL CHECK (seq >= 0),        -- what it said last: exports begin after it
  head TEXT NOT NULL,
  proved_seq INTEGER CHECK (proved_seq > 0),     -- the most of an own stream that it has shown our signature for; never lowered
  proved_head TEXT,
  proved_root TEXT,
  proved_signature TEXT,
  parted_at INTEGER CHECK (parted_at > 0),       -- the first entry that it holds otherwise, where its branch was seen
  PRIMARY KEY (device, incarnation, of_device, of_incarnation)
) STRICT, WITHOUT ROWID;
CREATE TABLE partner_state (
  device TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  heard_at_ms INTEGER,                           -- when its last bundle was taken in here
  checkpoint_size INTEGER,                       -- the last checkpoint of its log that was verified here
  checkpoint_root TEXT,
  checkpoint_signature TEXT,
  seen_size INTEGER,                             -- the last checkpoint of ours that it has verified
  seen_root TEXT,
  PRIMARY KEY (device, incarnation)
) STRICT, WITHOUT ROWID;
CREATE TABLE local_setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
