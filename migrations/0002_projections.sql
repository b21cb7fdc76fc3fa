-- Why: what the screens and the checks read. Every row here is a fold of the journal; `verify` replays and compares.
CREATE TABLE site (
  site TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  site   TEXT NOT NULL,
  person TEXT NOT NULL,
  public_key TEXT NOT NULL,                      -- Ed25519, base64url
  slot   TEXT NOT NULL,                          -- the key slot that counts
  roles  TEXT NOT NULL,                          -- JSON list
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  PRIMARY KEY (site, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
  site TEXT NOT NULL,
  item TEXT NOT NULL,
  name TEXT NOT NULL,
  un TEXT,
  hazard_code TEXT,
  subdivision TEXT,
  form TEXT,
  neq_g INTEGER CHECK (neq_g >= 0),
  he_neq_g INTEGER CHECK (he_neq_g >= 0),
  mass_g INTEGER CHECK (mass_g >= 0),
  pack_quantity INTEGER CHECK (pack_quantity > 0),
  unit TEXT NOT NULL,
  security_class INTEGER,
  weapon_group TEXT,
  PRIMARY KEY (site, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
  site  TEXT NOT NULL,
  place TEXT NOT NULL,
  name  TEXT NOT NULL,
  kind  TEXT NOT NULL CHECK (kind IN ('site', 'store', 'bay', 'external')),
  parent TEXT,
  type  TEXT,
  lat7  INTEGER,
  lon7  INTEGER,
  store TEXT,                                    -- the storehouse whose licence counts
  PRIMARY KEY (site, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_by_store ON place (site, store);

CREATE TABLE licence (
  site  TEXT NOT NULL,
  place TEXT NOT NULL,
  division TEXT NOT NULL CHECK (division IN ('1.1', '1.2', '1.3', '1.4')),
  limit_g INTEGER NOT NULL CHECK (limit_g >= 0),
  PRIMARY KEY (site, place, division)
) STRICT, WITHOUT ROWID;

CREATE TABLE lot (
  site   TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  item   TEXT NOT NULL,
  text   TEXT NOT NULL,
  identity TEXT NOT NULL CHECK (identity IN ('known', 'none', 'mixed', 'unknown')),
  maker  TEXT,
  made   TEXT,
  life_until TEXT,
  PRIMARY KEY (site, lot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_by_text ON lot (site, item, text);

CREATE TABLE holding (
  site   TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  place  TEXT NOT NULL,
  condition TEXT NOT NULL,
  owner  TEXT NOT NULL,
  holder TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (site, lot_id, place, condition, owner, holder)
) STRICT, WITHOUT ROWID;
CREATE INDEX holding_by_place ON holding (site, place);

-- Sum over the lots, conditions, owners and holders of a nature in a place: what mixing and licence look at.
CREATE TABLE place_item (
  site  TEXT NOT NULL,
  place TEXT NOT NULL,
  item  TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (site, place, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE movement (
  stream INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  site   TEXT NOT NULL,
  id     TEXT NOT NULL,
  kind   TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  from_place TEXT NOT NULL,
  to_place   TEXT NOT NULL,
  quantity   INTEGER NOT NULL CHECK (quantity > 0),
  from_condition TEXT NOT NULL,
  condition  TEXT NOT NULL,
  owner  TEXT NOT NULL,
  holder TEXT NOT NULL,
  voucher TEXT NOT NULL,
  happened_at_ms INTEGER NOT NULL,
  recorded_at_ms INTEGER NOT NULL,
  person TEXT NOT NULL,
  second TEXT,
  reason TEXT,
  reverses TEXT,
  PRIMARY KEY (stream, seq),
  CHECK (from_place <> to_place OR from_condition <> condition)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX movement_by_id ON movement (site, id);
CREATE UNIQUE INDEX movement_by_reversed ON movement (site, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX movement_by_lot ON movement (site, lot_id);
CREATE TRIGGER movement_no_update BEFORE UPDATE ON movement BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END;
CREATE TRIGGER movement_no_delete BEFORE DELETE ON movement BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END;
CREATE TRIGGER movement_no_replace BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM movement WHERE stream = NEW.stream AND seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM movement WHERE site = NEW.site AND id = NEW.id)
  OR (NEW.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM movement WHERE site = NEW.site AND reverses = NEW.reverses))
BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END;

CREATE TABLE restriction (
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ban', 'suspension')),
  item TEXT NOT NULL,
  lot_id TEXT,
  reason TEXT NOT NULL,
  set_at_ms INTEGER NOT NULL,
  lifted_at_ms INTEGER,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX restriction_by_item ON restriction (site, item);

CREATE TABLE requirement (
  site TEXT NOT NULL,
  item TEXT NOT NULL,
  category TEXT NOT NULL,
  from_date TEXT NOT NULL,
  to_date   TEXT NOT NULL,
  quantity  INTEGER NOT NULL CHECK (quantity >= 0),
  approved_by TEXT,
  PRIMARY KEY (site, item, category, from_date, to_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiver (
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  rule TEXT NOT NULL,
  place TEXT NOT NULL,
  until TEXT NOT NULL,                           -- last day
  reason TEXT NOT NULL,
  person TEXT NOT NULL,
  second TEXT NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  site  TEXT NOT NULL,
  name  TEXT NOT NULL,                           -- pack, policy.<family>.<kind>, voucherNumber
  value TEXT NOT NULL,
  PRIMARY KEY (site, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner (
  device TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  site TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  statement TEXT NOT NULL,
  PRIMARY KEY (device, incarnation)
) STRICT, WITHOUT ROWID;
