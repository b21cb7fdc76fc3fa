import type { PackChoice, PackList, PolicyView } from '../../../shared/contract/ruleViews.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { policyKinds, ruleFamilies } from '../../../shared/rules/policy.ts';
import { countRows } from '../../../shared/rules/ruleIds.ts';
import type { Ledger } from '../ledger.ts';
import { decisionsOf } from '../repositories/decisions.ts';
import { findSetting } from '../repositories/reference.ts';
import { listNationalPacks } from '../repositories/site.ts';
import { rulePacks } from '../rules/books.ts';
import { nationalPackOf } from '../rules/nationalPacks.ts';
import { packOf } from './checking.ts';
import { policyOf } from './policy.ts';

const choiceOf = (pack: RulePack, isNational: boolean, inForce: string): PackChoice => ({
  pack: pack.id,
  title: pack.title,
  edition: pack.edition,
  status: pack.status,
  remark: pack.remark,
  sources: pack.sources,
  rows: countRows(pack),
  isNational,
  isInForce: pack.id === inForce,
  problem: null,
});

/** A national pack stays in the list where this version cannot read it: somebody chose to have it there. */
function nationalChoice({ pack, content }: Readonly<{ pack: string; content: string }>, inForce: string): PackChoice {
  const read = nationalPackOf(content);
  if (read.ok) return choiceOf(read.value, true, inForce);
  const unread = { title: pack, edition: '', status: 'unverified', remark: '', sources: [], rows: { verified: 0, unverified: 0 } } as const;
  return { pack, ...unread, isNational: true, isInForce: false, problem: read.error.slice(0, 3).join('; ') };
}

/** The packs of the program and of the authority, which one is in force, and who chose it when. */
export function listPacks(ledger: Ledger): PackList {
  const inForce = packOf(ledger).id;
  const shipped = [...rulePacks().values()].map((pack) => choiceOf(pack, false, inForce));
  const national = listNationalPacks(ledger, ledger.site)
    .filter(({ pack }) => !rulePacks().has(pack))
    .map((row) => nationalChoice(row, inForce));
  const decided = decisionsOf(ledger)('pack.chosen');
  return {
    chosen: findSetting(ledger, ledger.site, 'pack'),
    inForce,
    decided: decided === null ? null : { person: decided.person, atMs: decided.atMs },
    packs: [...shipped, ...national],
  };
}

/** What a finding does to each kind of movement, and who changed that when. */
export function policyView(ledger: Ledger): PolicyView {
  const decided = decisionsOf(ledger);
  const changes = ruleFamilies.flatMap((family) =>
    policyKinds.flatMap((kind) => {
      const found = decided('policy.set', `${family}.${kind}`);
      return found === null ? [] : [{ family, kind, person: found.person, atMs: found.atMs }];
    }),
  );
  return { policy: policyOf(ledger), changes };
}
