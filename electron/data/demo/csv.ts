import Papa from 'papaparse';
import type { ImportInputs } from '../../../shared/domain/imports.ts';
import { COLUMNS, type ImportKind } from '../import/rows.ts';

const kilograms = (grams: number | undefined): string => (grams === undefined ? '' : String(grams / 1000));
const text = (value: string | number | null): string => (value === null ? '' : String(value));

/** The import files of a depot, in the form that any spreadsheet could give them. */
export function csvFiles({ items, places, lots, stock, requirements }: ImportInputs): Record<ImportKind, string> {
  const lotOf = new Map(lots.map((lot) => [lot.lotId, lot]));
  const rows: Record<ImportKind, (string | number)[][]> = {
    items: items.map((i) => [
      i.item,
      i.name,
      text(i.un),
      text(i.hazardCode),
      text(i.subdivision),
      text(i.form),
      text(i.neqG),
      text(i.heNeqG),
      text(i.massG),
      text(i.packQuantity),
      i.unit,
      text(i.securityClass),
      text(i.weaponGroup),
      text(i.fillingNeqG),
      text(i.singleBaseNeqG),
      i.traits === '' ? 'none' : text(i.traits),
      text(i.shelfLifeMonths),
    ]),
    places: places.map((p) => [
      p.place,
      p.name,
      p.kind,
      text(p.parent),
      text(p.type),
      '',
      '',
      ...(['1.1', '1.2', '1.3', '1.4'] as const).map((division) => kilograms(p.limitsG[division])),
    ]),
    lots: lots.map((l) => [l.item, l.text, l.lotId, l.identity, text(l.maker), text(l.made), text(l.lifeUntil)]),
    stock: stock.map((s) => [
      lotOf.get(s.lotId)?.item ?? '',
      lotOf.get(s.lotId)?.text ?? '',
      s.lotId,
      s.place,
      s.quantity,
      s.condition,
      s.owner,
      s.holder,
    ]),
    requirements: requirements.map((r) => [r.item, r.category, r.quantity, r.from, r.to, text(r.approvedBy)]),
  };
  return Object.fromEntries(
    Object.entries(rows).map(([kind, lines]) => [kind, Papa.unparse({ fields: [...COLUMNS[kind as ImportKind]], data: lines })]),
  ) as Record<ImportKind, string>;
}
