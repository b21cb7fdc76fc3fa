import { type StorehouseSheet, storehouseSheet } from '../../../shared/rules/storehouse/sheet.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { storeFacts } from '../repositories/facts.ts';
import { findPlace } from '../repositories/reference.ts';
import { listStructures } from '../repositories/site.ts';
import { storehouseBook } from '../rules/books.ts';
import { packOf } from './checking.ts';

/** The sheet of one storehouse as it stands. */
export function sheetOf(ledger: Ledger, place: string): StorehouseSheet {
  if (findPlace(ledger, ledger.site, place)?.kind !== 'store') throw new Refused({ code: 'unknownPlace', place });
  const structure = listStructures(ledger, ledger.site).get(place) ?? null;
  return storehouseSheet(storeFacts(ledger, ledger.site, place), structure, packOf(ledger), storehouseBook());
}
