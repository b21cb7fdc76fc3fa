import type { PackPreview } from '../../../shared/contract/siteViews.ts';
import { differenceOf } from '../../../shared/rules/compare.ts';
import { inWriteTransaction, type Ledger, record } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { nationalPackOf } from '../rules/nationalPacks.ts';
import { requireRole } from './authority.ts';
import { checkDepot } from './checkDepot.ts';
import { findPack } from './checking.ts';

/** Takes a national pack into the ledger, so that it travels with it. Choosing it is another entry. */
export function putPack(ledger: Ledger, content: string): Readonly<{ pack: string; edition: string }> {
  requireRole(ledger, 'policy');
  const read = nationalPackOf(content);
  if (!read.ok)
    throw new Refused({
      code: 'badValue',
      field: 'packFile',
      value: read.error.slice(0, 5).join('; '),
      expected: 'a national pack without a fault',
    });
  const { id, edition } = read.value;
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'pack.put', data: { pack: id, content } }));
  return { pack: id, edition };
}

/** What another pack would find here, held against what is found now. Nothing is written. */
export function previewPack(ledger: Ledger, id: string, onProgress: (done: number, total: number) => void = () => undefined): PackPreview {
  const pack = findPack(ledger, ledger.site, id);
  if (pack === undefined) throw new Refused({ code: 'unknownPack', pack: id });
  onProgress(0, 2);
  const before = checkDepot(ledger).findings;
  onProgress(1, 2);
  const after = checkDepot(ledger, pack).findings;
  onProgress(2, 2);
  return { pack: pack.id, edition: pack.edition, ...differenceOf(before, after) };
}
