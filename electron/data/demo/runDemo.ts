import { join } from 'node:path';
import type { MovementRequest } from '../../../shared/contract/inputs.ts';
import { surplusPolicy } from '../../../shared/contract/inputs.ts';
import type { ApplyReply, BundleReply, PostOutcome } from '../../../shared/contract/views.ts';
import { invariant } from '../../../shared/lib/result.ts';
import { applyBundleFile, createBundle } from '../host/operations.ts';
import { fingerprintOf } from '../journal/statement.ts';
import { verifyLedger } from '../journal/verify.ts';
import { closeLedger, type Ledger } from '../ledger.ts';
import { listAllStock } from '../repositories/stock.ts';
import { checkDepot } from '../services/checkDepot.ts';
import { dateOf } from '../services/checking.ts';
import { trustPartner } from '../services/partners.ts';
import { postMovement } from '../services/postMovement.ts';
import { runSurplus } from '../services/runSurplus.ts';
import type { PlannedFinding } from './faults.ts';
import { type DemoOptions, makeDemo, openNew } from './makeDemo.ts';

export type DemoReport = Readonly<{
  files: { depot: string; authority: string };
  refusedUnsafe: boolean;
  findings: number;
  findingsAsPlanned: boolean;
  surplus: { items: number; totals: Record<string, number> };
  bundle: { bytes: number; entries: number };
  balancesEqual: boolean;
  verify: { depot: string; authority: string };
}>;
type Say = (step: string) => void;

const keyOf = ({ rule, place, subjects }: PlannedFinding) => [rule, place, ...subjects].join('|');

/** Whether the whole-depot check finds what was planted, as often as it was planted, and nothing else. */
export function isAsPlanned(found: readonly PlannedFinding[], planned: readonly PlannedFinding[]): boolean {
  return found.map(keyOf).sort().join('\n') === planned.map(keyOf).sort().join('\n');
}

/** A serviceable lot of a code, and a store that holds natures of another code. */
function pickMoves(ledger: Ledger) {
  const stock = listAllStock(ledger).filter((row) => row.condition === 'A1' && row.item.startsWith('N') && row.quantity > 200);
  const lot = stock.find((row) => row.hazardCode === '1.1D');
  const sibling = stock.find((row) => row.hazardCode === '1.1D' && row.place !== lot?.place);
  const detonators = stock.find((row) => row.hazardCode === '1.1B');
  invariant(lot && sibling && detonators, 'the demo depot lacks the natures of its story');
  return { lot, sibling, detonators };
}

/** A receipt, a move between stores of one family, and a move that must be refused. */
function recordDay(ledger: Ledger, say: Say): { refusedUnsafe: boolean; posted: readonly PostOutcome[] } {
  const { lot, sibling, detonators } = pickMoves(ledger);
  const request = (kind: MovementRequest['kind'], row: typeof lot, more: Partial<MovementRequest>): MovementRequest => ({
    id: ledger.deps.newId(),
    kind,
    item: row.item,
    lotId: row.lotId,
    condition: row.condition,
    owner: row.owner,
    holder: row.holder,
    ...more,
  });
  const receipt = postMovement(ledger, request('receipt', lot, { from: 'SUP-NORTH', to: lot.place, quantity: '60' }));
  say(`received 60 of ${lot.item} into ${lot.place}`);
  const move = postMovement(ledger, request('move', lot, { from: lot.place, to: sibling.place, quantity: '20' }));
  say(`moved 20 of ${lot.item} from ${lot.place} to ${sibling.place}`);
  const unsafe = postMovement(ledger, request('move', detonators, { from: detonators.place, to: lot.place, quantity: '10' }));
  const refusedUnsafe = !unsafe.posted && unsafe.refusal.code === 'blockedByFinding';
  say(`moving detonators ${detonators.item} in with ${lot.item} was ${refusedUnsafe ? 'refused' : 'NOT refused'}`);
  return { refusedUnsafe, posted: [receipt, move] };
}

function acquaint(one: Ledger, other: Ledger): void {
  trustPartner(one, other.device.statement, fingerprintOf(other.device.statement));
  trustPartner(other, one.device.statement, fingerprintOf(one.device.statement));
}

async function carry(depot: Ledger, authority: Ledger, path: string): Promise<{ made: BundleReply; applied: ApplyReply[] }> {
  const made = await createBundle(depot, authority.site, path, () => undefined);
  const applied: ApplyReply[] = [];
  for (const part of made.parts) applied.push(await applyBundleFile(authority, part.path));
  return { made, applied };
}

const balances = (ledger: Ledger) =>
  listAllStock(ledger)
    .map((row) => [row.site, row.item, row.lotId, row.place, row.condition, row.owner, row.holder, row.quantity].join('|'))
    .sort()
    .join('\n');
const verdict = (ledger: Ledger) => {
  const reply = verifyLedger(ledger);
  return reply.ok ? 'ok' : reply.firstBad.reason;
};

function totalsOf(ledger: Ledger) {
  const report = runSurplus(ledger, { asOf: dateOf(ledger.deps.nowMs()), policy: surplusPolicy.parse({}) });
  const totals: Record<string, number> = {};
  for (const item of report.items)
    for (const [name, quantity] of Object.entries(item.totals)) totals[name] = (totals[name] ?? 0) + (quantity ?? 0);
  return { items: report.items.length, totals };
}

/** The main job from end to end, on two real files in `dir`. */
export async function runDemo(dir: string, options: Omit<DemoOptions, 'file'>, say: Say): Promise<DemoReport> {
  const files = { depot: join(dir, 'DEMO.depot'), authority: join(dir, 'AUTHORITY.depot') };
  const { ledger: depot, plan } = await makeDemo({ ...options, file: files.depot });
  say(
    `made ${plan.inputs.places.filter(({ kind }) => kind === 'store').length} stores, ${plan.inputs.items.length} natures, ${plan.inputs.lots.length} lots, ${plan.movementCount} movements`,
  );
  const authority = await openNew(
    { ...options, file: files.authority },
    { site: 'AUTHORITY', name: 'National authority (demo)', role: 'authority' },
  );
  try {
    const planted = checkDepot(depot).findings;
    const { refusedUnsafe } = recordDay(depot, say);
    const findings = checkDepot(depot).findings;
    say(`checked: ${findings.length} findings, ${plan.findings.length} planted`);
    const surplus = totalsOf(depot);
    acquaint(depot, authority);
    const { made, applied } = await carry(depot, authority, join(dir, 'to-authority.adi'));
    say(`bundle: ${made.parts[0]?.entries} entries, applied ${applied.map((reply) => reply.applied).join(' + ')}`);
    return {
      files,
      refusedUnsafe,
      findings: findings.length,
      findingsAsPlanned: isAsPlanned(planted, plan.findings),
      surplus,
      bundle: {
        bytes: made.parts.reduce((sum, part) => sum + part.bytes, 0),
        entries: made.parts.reduce((sum, part) => sum + part.entries, 0),
      },
      balancesEqual: balances(depot) === balances(authority),
      verify: { depot: verdict(depot), authority: verdict(authority) },
    };
  } finally {
    closeLedger(depot);
    closeLedger(authority);
  }
}
