-- Why: a waiver lets one finding pass. A store over its limit in two divisions has two findings, and one waiver must
-- not cover both. Null: for findings that name no division.
ALTER TABLE waiver ADD COLUMN division TEXT;
