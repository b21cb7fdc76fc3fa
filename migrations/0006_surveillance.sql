-- Why: what is inspected how often is the authority's plan, kept beside its rule packs; and a life that was changed keeps
-- what it was before, on which inspection the change rests, and who signed it.
CREATE TABLE surveillance_plan (
  site TEXT NOT NULL,
  plan TEXT NOT NULL,
  content TEXT NOT NULL,                         -- JSON, as the authority wrote it
  PRIMARY KEY (site, plan)
) STRICT, WITHOUT ROWID;

CREATE TABLE life_change (
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  previous TEXT,                                 -- last day of safe life before; null was unknown
  until TEXT NOT NULL,
  inspection TEXT,
  reason TEXT NOT NULL,
  person TEXT NOT NULL,
  second TEXT NOT NULL,
  recorded_at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX life_change_by_lot ON life_change (site, lot_id, recorded_at_ms);
