-- Why: what a survey of a storehouse measured is held against the rows of practice, and the latest counts. Two records of
-- one day are told apart by when they were entered, so checklists keep that too: read once out of their entries.
CREATE TABLE store_measure (
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  place TEXT NOT NULL,
  on_date TEXT NOT NULL,
  stack_mm INTEGER CHECK (stack_mm >= 0),        -- tallest stack; null anywhere: not measured
  wall_gap_mm INTEGER CHECK (wall_gap_mm >= 0),  -- the least of each of these
  roof_gap_mm INTEGER CHECK (roof_gap_mm >= 0),
  aisle_mm INTEGER CHECK (aisle_mm >= 0),
  dunnage_mm INTEGER CHECK (dunnage_mm >= 0),
  cover_air_mm INTEGER CHECK (cover_air_mm >= 0),
  remark TEXT NOT NULL,
  person TEXT NOT NULL,
  recorded_at_ms INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX store_measure_by_place ON store_measure (site, place, on_date);

ALTER TABLE checklist_record ADD COLUMN recorded_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE checklist_record ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
UPDATE checklist_record SET recorded_at_ms = made.at_ms, seq = made.seq
FROM (
  SELECT s.site, json_extract(e.payload, '$.exact.id') AS id, json_extract(e.event, '$.rec') AS at_ms, e.seq
  FROM entry e JOIN stream s ON s.stream = e.stream
  WHERE json_extract(e.event, '$.type') = 'checklist.recorded'
) AS made
WHERE made.site = checklist_record.site AND made.id = checklist_record.id;
