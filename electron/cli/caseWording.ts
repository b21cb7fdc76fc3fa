import type { CaseFacts, ConsignmentLine, SaidEntry } from '../../shared/domain/cases.ts';
import type { CaseKind } from '../../shared/domain/entries.ts';
import { words } from './wording.ts';

/** Cases in plain sentences: what each side says, so that people can act on it without reading JSON. */

export const describeCase = (kind: CaseKind): string => words(`case.kind.${kind}`);
export const describeDecision = (kind: CaseKind, decision: string): string => words(`case.decision.${kind}.${decision}`);

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
const told = (value: string | null): string => value ?? words('case.notSaid');

/** One line for each entry of the branch that is not held. */
function saidLine(said: SaidEntry): string {
  const facts = {
    ...said,
    at: day(said.happenedAtMs ?? said.recordedAtMs),
    what: words(`movementKind.${said.kind}`),
    lot: said.lot === '' ? words('case.unknownLot') : told(said.lot),
    from: told(said.from),
    to: told(said.to),
    voucher: told(said.voucher),
    subject: [said.item, said.lot, said.to].filter((part) => part !== null && part !== '').join(' / '),
  };
  return `  ${words(said.type === 'movement.posted' ? 'case.saidMovement' : 'case.saidOther', facts)}`;
}

const lineOf = ({ item, lot, issued, received }: ConsignmentLine): string =>
  `  ${words('case.line', { item, lot: lot || words('case.unknownLot'), issued, received })}`;

/** The facts of a case, both sides, as people read them. */
export function caseLines(facts: CaseFacts): string[] {
  switch (facts.kind) {
    case 'fork':
      return [
        words(`case.fork.${facts.of}`, { ...facts, short: facts.device.slice(0, 8) }),
        ...(facts.says.length > 0 ? [words('case.onlyOther', { count: facts.says.length })] : []),
        ...facts.says.map(saidLine),
        ...(facts.omitted > 0 ? [words('case.omitted', { count: facts.omitted })] : []),
      ];
    case 'lotDiffers':
      return facts.sides.map((side) =>
        words('case.lotSide', {
          ...side,
          made: told(side.made),
          lifeUntil: told(side.lifeUntil),
          identity: words(`identity.${side.identity}`),
        }),
      );
    case 'consignmentShort':
    case 'consignmentOver':
      return [words('case.consigned', { from: facts.from.join(', '), to: facts.to.join(', ') }), ...facts.lines.map(lineOf)];
    case 'consignmentTwice':
      return facts.receivers.flatMap(({ site, lines }) => [words('case.receivedBy', { site }), ...lines.map(lineOf)]);
    case 'movementTwice':
      return facts.sides.map((side) => words('case.movementSide', { ...side, short: side.device.slice(0, 8), at: day(side.happenedAtMs) }));
    case 'staleCopy':
      return [words(facts.isSameHistory ? 'case.stale' : 'case.staleOther', { ...facts, short: facts.device.slice(0, 8) })];
  }
}
