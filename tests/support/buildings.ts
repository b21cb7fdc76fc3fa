import { inWriteTransaction, type Ledger, record } from '../../electron/data/ledger.ts';
import type { EntryData } from '../../shared/domain/entries.ts';

/** A building of which nobody has recorded anything. */
export const UNKNOWN_BUILDING = {
  construction: null,
  isBarricaded: null,
  hasProtectiveRoof: null,
  frontMdeg: null,
  shape: null,
  conditionsMet: [],
  people: null,
  stackHeightMaxMm: null,
};

/** A building as older programs recorded it, with conditions that nobody may enter any more. */
export const putOlderBuilding = (ledger: Ledger, data: EntryData['structure.put']): void =>
  inWriteTransaction(ledger, (tx) => {
    record(tx, { type: 'structure.put', data });
  });
