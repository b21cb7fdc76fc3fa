/** Natures that would fly when ignited: a distance by quantity says nothing of how far. */
import { hasTrait } from '../domain/model.ts';
import { type Approved, approvedBy } from './approved.ts';
import { classificationOf } from './classification.ts';
import type { ApprovalFacts, ItemFacts, StoreFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import type { PropulsiveRow, RulePack } from './pack.ts';
import { findingFrom } from './ruleFinding.ts';

/**
 * Findings `mix.segregation.propulsive`, one for each place with such stock: a stop until one of its conditions is approved
 * for that very place, then it informs. Where nobody said whether a nature is one, and it may be,
 * `mix.segregation.mayBePropulsive` warns.
 *
 * @source rows `mix.segregation.propulsive` and `mix.segregation.mayBePropulsive`
 */
export function checkPropulsive({ lines, approvals }: StoreFacts, pack: RulePack): readonly Finding[] {
  const { propulsive, mayBePropulsive } = pack;
  const present = lines.filter(({ quantity }) => quantity > 0);
  const places = [...new Set(present.map(({ place }) => place))];
  return places.flatMap((place) => {
    const here = present.filter((line) => line.place === place).map(({ item }) => item);
    const flying = here.filter((item) => hasTrait(item, 'propulsive') === true).map(({ item }) => item);
    const open = here.filter((item) => mayBe(item, pack)).map(({ item }) => item);
    return [
      ...(flying.length === 0 ? [] : [findingAt(propulsive, place, flying, approvals)]),
      ...(open.length === 0 ? [] : [findingFrom(mayBePropulsive, { says: mayBePropulsive.id, severity: 'warn', place, subjects: open })]),
    ];
  });
}

/** An unknown UN number may be any; an unknown group is left to the rules that stop it with anything. */
function mayBe(item: ItemFacts, pack: RulePack): boolean {
  const { groups, uns } = pack.mayBePropulsive;
  const group = classificationOf(item, pack)?.group ?? null;
  return (
    hasTrait(item, 'propulsive') === null &&
    group !== null &&
    (groups.length === 0 || groups.includes(group)) &&
    (uns.length === 0 || item.un === null || uns.includes(item.un))
  );
}

function findingAt(row: PropulsiveRow, place: string, subjects: readonly string[], approvals: readonly ApprovalFacts[]): Finding {
  const asks = { notes: row.notes.map(({ id }) => id).join(','), asks: row.notes.map(({ words }) => words).join('; ') };
  const approved = anyApproved(row, place, approvals);
  return findingFrom(row, {
    says: approved === null ? row.id : 'mix.propulsiveApproved',
    severity: approved === null ? 'stop' : 'info',
    place,
    subjects,
    facts: { ...asks, ...approved },
  });
}

/** One of the conditions is enough; of several the one that lasts longest. */
const anyApproved = (row: PropulsiveRow, place: string, approvals: readonly ApprovalFacts[]): Approved | null =>
  row.notes
    .flatMap((note) => approvedBy({ id: row.id, notes: [note] }, place, approvals) ?? [])
    .reduce<Approved | null>((last, each) => (last === null || each.until > last.until ? each : last), null);
