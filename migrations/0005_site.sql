-- Why: what a site looks like and what was found out about it: how places are built and where, what lies around, the
-- licences given, conditions found to be met, inspections, climate. All of it folds of the journal, as in 0002.
ALTER TABLE waiver ADD COLUMN withdrawn_at_ms INTEGER;

CREATE TABLE structure (
  site  TEXT NOT NULL,
  place TEXT NOT NULL,
  construction TEXT,
  is_barricaded INTEGER CHECK (is_barricaded IN (0, 1)),
  has_protective_roof INTEGER CHECK (has_protective_roof IN (0, 1)),
  front_mdeg INTEGER CHECK (front_mdeg BETWEEN 0 AND 359999),
  shape TEXT,                                    -- JSON: kind and positions in 1e-7 degree
  conditions_met TEXT NOT NULL,                  -- JSON list
  people INTEGER CHECK (people >= 0),
  floor_load_max_kg_per_m2 INTEGER CHECK (floor_load_max_kg_per_m2 >= 0),
  stack_height_max_mm INTEGER CHECK (stack_height_max_mm >= 0),
  floor_area_dm2 INTEGER CHECK (floor_area_dm2 >= 0),
  PRIMARY KEY (site, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE exposed_site (
  site TEXT NOT NULL,
  exposed TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  route TEXT,
  users_per_day INTEGER CHECK (users_per_day >= 0),
  is_barricaded INTEGER CHECK (is_barricaded IN (0, 1)),
  has_protective_roof INTEGER CHECK (has_protective_roof IN (0, 1)),
  people INTEGER CHECK (people >= 0),
  shape TEXT NOT NULL,
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  PRIMARY KEY (site, exposed)
) STRICT, WITHOUT ROWID;

-- A condition of a conditional cell that an authority found to be met, at one place, until a day.
CREATE TABLE approval (
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  rule TEXT NOT NULL,
  place TEXT NOT NULL,
  conditions TEXT NOT NULL,                      -- JSON list
  authority TEXT NOT NULL,
  until TEXT NOT NULL,                           -- last day
  reason TEXT NOT NULL,
  person TEXT NOT NULL,
  second TEXT NOT NULL,
  withdrawn_at_ms INTEGER,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE licence_document (
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  place TEXT NOT NULL,
  number TEXT NOT NULL,
  authority TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  review_on TEXT NOT NULL,
  pack TEXT NOT NULL,
  edition TEXT NOT NULL,
  limits TEXT NOT NULL,                          -- JSON: for each division the limit and what governed it
  person TEXT NOT NULL,
  second TEXT NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_document_by_place ON licence_document (site, place, issued_on);

CREATE TABLE national_pack (
  site TEXT NOT NULL,
  pack TEXT NOT NULL,
  content TEXT NOT NULL,                         -- JSON: base pack, authority, date and the rows that differ
  PRIMARY KEY (site, pack)
) STRICT, WITHOUT ROWID;

CREATE TABLE inspection (
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  on_date TEXT NOT NULL,
  result TEXT NOT NULL,
  stabiliser_ppm INTEGER CHECK (stabiliser_ppm >= 0),
  remark TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inspection_by_lot ON inspection (site, lot_id, on_date);

CREATE TABLE climate_reading (
  site  TEXT NOT NULL,
  place TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  temperature_centi_c INTEGER NOT NULL,
  humidity_permille INTEGER CHECK (humidity_permille BETWEEN 0 AND 1000),
  PRIMARY KEY (site, place, at_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE checklist_record (
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  place TEXT NOT NULL,
  checklist TEXT NOT NULL,
  on_date TEXT NOT NULL,
  answers TEXT NOT NULL,                         -- JSON: question to yes, no or notApplicable
  remark TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX checklist_record_by_place ON checklist_record (site, place, on_date);
