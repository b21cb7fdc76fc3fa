import type { SiteRow } from '../../../shared/contract/caseViews.ts';
import type { CaseFacts } from '../../../shared/domain/cases.ts';
import type { SiteRole } from '../../../shared/domain/model.ts';
import type { Ledger } from '../ledger.ts';
import { asOfSite } from '../repositories/betweenSites.ts';
import { countNotUnderstood } from '../repositories/notUnderstood.ts';

/** The sites that a case is about. */
function sitesIn(facts: CaseFacts): readonly string[] {
  switch (facts.kind) {
    case 'lotDiffers':
      return facts.sides.map(({ site }) => site);
    case 'consignmentShort':
    case 'consignmentOver':
      return [...facts.from, ...facts.to];
    case 'consignmentTwice':
      return facts.receivers.map(({ site }) => site);
    case 'fork':
    case 'movementTwice':
    case 'staleCopy':
      return [facts.site];
  }
}

const COUNTS = `
SELECT (SELECT coalesce(sum((SELECT max(e.seq) FROM entry e WHERE e.stream = s.stream)), 0) FROM stream s WHERE s.site = :site) AS entries,
  (SELECT max(p.heard_at_ms) FROM partner_state p JOIN stream s USING (device, incarnation) WHERE s.site = :site) AS heardAtMs,
  (SELECT count(*) FROM quarantine q JOIN stream s USING (device, incarnation) WHERE s.site = :site AND q.bytes IS NOT NULL) AS waiting`;

/** Every site of which this file holds a journal, or which it trusts: how old its account is, and what waits to be decided. */
export function listSites(ledger: Ledger): SiteRow[] {
  const open = (
    ledger.sqlite.prepare('SELECT facts FROM conflict_case WHERE site = ? AND decision IS NULL').pluck().all(ledger.site) as string[]
  ).map((text) => JSON.parse(text) as CaseFacts);
  const known = ledger.sqlite
    .prepare(
      `SELECT s.site, coalesce(max(k.name), max(json_extract(s.statement, '$.statement.name'))) AS name, max(s.role) AS role
       FROM stream s LEFT JOIN site k ON k.site = s.site GROUP BY s.site ORDER BY s.site`,
    )
    .all() as { site: string; name: string; role: SiteRole }[];
  const counts = ledger.sqlite.prepare(COUNTS);
  return known.map(({ site, name, role }) => {
    const about = open.filter((facts) => sitesIn(facts).includes(site));
    const frozen = new Set(about.flatMap((facts) => (facts.kind === 'fork' ? [`${facts.device}/${facts.incarnation}`] : [])));
    return {
      site,
      name,
      role,
      isOwn: site === ledger.site,
      asOfMs: asOfSite(ledger, site),
      ...(counts.get({ site }) as Pick<SiteRow, 'entries' | 'heardAtMs' | 'waiting'>),
      notUnderstood: countNotUnderstood(ledger, site),
      frozen: frozen.size,
      openCases: about.length,
    };
  });
}
