import type { MovementKind } from '../../../shared/domain/model.ts';
import type { Ledger } from '../ledger.ts';
import { findLastVoucher } from '../repositories/movements.ts';

const LETTERS: Readonly<Record<MovementKind, string>> = {
  opening: 'O',
  receipt: 'R',
  issue: 'I',
  move: 'M',
  return: 'T',
  expend: 'E',
  condition: 'C',
  reverse: 'V',
};

/** `<kind><year>-<number>`: one running number per device over all kinds, without gaps, so that a missing one shows. */
export function voucherAfter(last: string | null, kind: MovementKind, recordedAtMs: number): string {
  const number = last === null ? 1 : Number(last.slice(last.indexOf('-') + 1)) + 1;
  return `${LETTERS[kind]}${new Date(recordedAtMs).getUTCFullYear()}-${String(number).padStart(6, '0')}`;
}

export const nextVoucher = (ledger: Ledger, kind: MovementKind, recordedAtMs: number): string =>
  voucherAfter(findLastVoucher(ledger), kind, recordedAtMs);
