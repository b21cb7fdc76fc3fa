import type { Payload } from '../journal/commitment.ts';
import type { Envelope, StreamKeys } from '../journal/envelope.ts';
import { recordedOf } from '../journal/envelope.ts';
import type { Ledger, WriteTx } from '../ledger.ts';
import { project } from '../projections/project.ts';
import type { TrustedDevice } from '../services/partners.ts';
import { type BundleHeader, type BundleRange, BundleRefused } from './format.ts';

/** Where the way of a bundle meets trust, order and log. Each stands in a file of its own. */

export type NewEntry = Readonly<{ envelope: Envelope; payload: Payload }>;
export { findTrusted, isBeyondCutOff, type TrustedDevice as Enrolled } from '../services/partners.ts';
export { acceptList, listToSend } from './trustList.ts';

export function foldRange(tx: WriteTx, stream: StreamKeys, entries: readonly NewEntry[]): void {
  for (const { envelope, payload } of entries) project(tx.store, recordedOf(stream, envelope, payload));
}

/** The refusal of a range that contradicts what is held from entry `seq` on. */
export function forkFound(
  _ledger: Ledger,
  _device: StreamKeys & Readonly<{ publicKey: string }>,
  _range: BundleRange,
  { seq }: Readonly<{ seq: number; entries: readonly (NewEntry & Readonly<{ event: string }>)[]; bundle: string }>,
): BundleRefused {
  return new BundleRefused('E_FORK', `another entry ${seq} is held; both histories cannot be true`);
}
/** Keeps what proves a fork, once the transaction that found it was taken back. */
export const keepFork = (_ledger: Ledger, _cause: BundleRefused): void => undefined;
export const frozenBy = (_ledger: Ledger, _device: string, _incarnation: number): string | null => null;
export const openCases = (_tx: WriteTx, _sites: readonly string[]): void => undefined;

type Addressee = Pick<TrustedDevice, 'device' | 'incarnation' | 'site'>;
export const logFor = (_ledger: Ledger, _addressees: readonly Addressee[]): BundleHeader['log'] => null;
export const seenFor = (_ledger: Ledger, _addressees: readonly Addressee[]): BundleHeader['seen'] => [];
export const acceptLog = (_tx: WriteTx, _sender: TrustedDevice, _header: BundleHeader): void => undefined;
export const recordAcceptance = (_tx: WriteTx, _range: BundleRange, _bundleSha: string): void => undefined;
