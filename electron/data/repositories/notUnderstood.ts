import type { NotUnderstood } from '../../../shared/contract/caseViews.ts';
import type { Ledger } from '../ledger.ts';
import { NOT_UNDERSTOOD } from '../projections/project.ts';

const ROWS = `
SELECT t.site, s.device, s.incarnation, json_extract(s.statement, '$.statement.name') AS name, CAST(t.value AS INTEGER) AS entries
FROM setting t JOIN stream s ON s.site = t.site AND t.name = '${NOT_UNDERSTOOD}' || s.stream
ORDER BY t.site, s.device, s.incarnation`;

/** Journals with entries that were kept and could not be folded, since a later program made them. Their sites are incomplete here. */
export const listNotUnderstood = ({ sqlite }: Pick<Ledger, 'sqlite'>): NotUnderstood[] => sqlite.prepare(ROWS).all() as NotUnderstood[];

/** How many of a site. 0: its account here is whole, as far as it was sent. */
export const countNotUnderstood = (ledger: Pick<Ledger, 'sqlite'>, site: string): number =>
  listNotUnderstood(ledger).reduce((sum, row) => (row.site === site ? sum + row.entries : sum), 0);
