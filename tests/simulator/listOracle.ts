import { hash } from 'node:crypto';
import type { Ledger } from '../../electron/data/ledger.ts';
import type { Sent } from './world.ts';

/** What a trust list comes to, told from its text and the one in force: docs/protocol.md 7 in other words. Signatures are taken to be good. */

export type SignedList = Readonly<{
  list: Readonly<{
    version: number;
    expiresOn: string;
    previous: string | null;
    roots: readonly string[];
    threshold: number;
    devices: readonly string[];
    revoked: readonly Readonly<{ dev: string; inc: number; seq: number; head: string | null }>[];
  }>;
  signatures: readonly Readonly<{ key: string }>[];
}>;

/** The list in force in a file. */
export function listHeld({ sqlite, device }: Ledger): SignedList | null {
  const text = sqlite
    .prepare('SELECT list FROM trust_list JOIN stream USING (stream) WHERE device = ? ORDER BY version DESC, stream DESC LIMIT 1')
    .pluck()
    .get(device.device) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as SignedList);
}

/** Texts are canonical, so that what was read is written again byte for byte. */
const hashOf = (list: SignedList['list']): string => hash('sha256', JSON.stringify(list), 'base64url');
const enough = ({ signatures }: SignedList, { roots, threshold }: SignedList['list']): boolean =>
  roots.filter((root) => signatures.some(({ key }) => key === root)).length >= threshold;

function follows(next: SignedList, { list: held }: SignedList): boolean {
  const { list } = next;
  if (!enough(next, held) || !enough(next, list) || list.version > held.version + 1000) return false;
  if (list.version === held.version + 1 && list.previous !== hashOf(held)) return false;
  const isKept = ({ dev, inc, seq }: (typeof held.revoked)[number]) =>
    list.revoked.some((row) => row.dev === dev && row.inc === inc && row.seq <= seq);
  return held.devices.every((device) => list.devices.includes(device)) && held.revoked.every(isKept);
}

/** Whether the list in a bundle is refused, and where it is not, the list that is in force once the bundle is taken in. */
export function listAfter(ledger: Ledger, sent: Sent): Readonly<{ isRefused: boolean; fresh: SignedList | null }> {
  const [next, held] = [sent.list, listHeld(ledger)];
  if (next === null || held === null) return { isRefused: next !== null && !enough(next, next.list), fresh: null };
  const isSame = next.list.version === held.list.version;
  if (next.list.version < held.list.version) return { isRefused: false, fresh: null };
  const isRefused = isSame ? hashOf(next.list) !== hashOf(held.list) : !follows(next, held);
  const isExpired = new Date(ledger.deps.nowMs()).toISOString().slice(0, 10) > next.list.expiresOn;
  return { isRefused, fresh: isRefused || isExpired ? null : next };
}
