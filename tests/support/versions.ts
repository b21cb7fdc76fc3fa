/** What makes a file of version 10 one of version 9 again, so that a test can open files of earlier versions. */
export const BACK_TO_VERSION_9 = `
  DROP TABLE acceptance; DROP TABLE trust_list; DROP TABLE conflict_case; DROP TABLE quarantine; DROP TABLE bundle_part;
  DROP TABLE held_there; DROP TABLE partner_state; DROP TABLE local_setting;
  DROP INDEX movement_by_id; DROP INDEX movement_by_reversed; DROP INDEX movement_by_consignment; DROP TRIGGER movement_no_replace;
  ALTER TABLE movement DROP COLUMN consignment;
  CREATE UNIQUE INDEX movement_by_id ON movement (site, id);
  CREATE UNIQUE INDEX movement_by_reversed ON movement (site, reverses) WHERE reverses IS NOT NULL;
  CREATE TRIGGER movement_no_replace BEFORE INSERT ON movement
  WHEN EXISTS (SELECT 1 FROM movement WHERE stream = NEW.stream AND seq = NEW.seq)
  BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END;
  ALTER TABLE person RENAME TO later;
  CREATE TABLE person (site TEXT NOT NULL, person TEXT NOT NULL, public_key TEXT NOT NULL, slot TEXT NOT NULL, roles TEXT NOT NULL,
    is_active INTEGER NOT NULL, PRIMARY KEY (site, person)) STRICT, WITHOUT ROWID;
  INSERT INTO person SELECT site, person, public_key, slot, roles, is_active FROM later; DROP TABLE later;
  ALTER TABLE partner RENAME TO later;
  CREATE TABLE partner (device TEXT NOT NULL, incarnation INTEGER NOT NULL, site TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
    statement TEXT NOT NULL, PRIMARY KEY (device, incarnation)) STRICT, WITHOUT ROWID;
  INSERT INTO partner SELECT device, incarnation, site, name, role, statement FROM later; DROP TABLE later;
  DELETE FROM migration WHERE number > 9; PRAGMA user_version = 9;`;
