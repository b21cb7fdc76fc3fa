-- Why: what a decision allows has bounds. A waiver is signed for a quantity (null: an older one, for any). A licence is held
-- against what was withdrawn after it was issued, on the same day too: its instant is read once out of its entry. A condition
-- entered with a building ends on a day.
ALTER TABLE waiver ADD COLUMN quantity_max_g INTEGER CHECK (quantity_max_g > 0);

ALTER TABLE licence_document ADD COLUMN recorded_at_ms INTEGER NOT NULL DEFAULT 0;
UPDATE licence_document SET recorded_at_ms = made.at_ms
FROM (
  SELECT s.site, json_extract(e.payload, '$.exact.id') AS id, json_extract(e.event, '$.rec') AS at_ms
  FROM entry e JOIN stream s ON s.stream = e.stream
  WHERE json_extract(e.event, '$.type') = 'licence.issued'
) AS made
WHERE made.site = licence_document.site AND made.id = licence_document.id;

ALTER TABLE structure ADD COLUMN conditions_until TEXT NOT NULL DEFAULT '{}'; -- JSON: last day of each condition that has one
