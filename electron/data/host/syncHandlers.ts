import type { DecodedOf, ProcedureName } from '../../../shared/contract/procedures.ts';
import type { IncarnationReply } from '../../../shared/contract/views.ts';
import type { Ledger } from '../ledger.ts';
import { discardWaiting, listWaiting } from '../sync/quarantine.ts';
import { openIncarnation } from './incarnation.ts';
import { applyBundleFile, createBundle, previewBundle, previewFolder, secondPerson } from './operations.ts';

type Context = Readonly<{ ledger: Ledger; progress: (label: string) => (done: number, total: number) => void }>;

const MIB = 1024 * 1024;

async function openedIncarnation({ ledger }: Context, { reason, second }: DecodedOf<'incarnation.open'>): Promise<IncarnationReply> {
  const { device, incarnation, previous, lacks, fingerprint } = await openIncarnation(ledger, reason, await secondPerson(ledger, second));
  return { device, incarnation, previousSeq: previous.seq, lacks, fingerprint };
}

/** They change what screens show though no entry of the own journal is added. */
export const CHANGES_ANYWAY: ReadonlySet<ProcedureName> = new Set([
  'bundle.create',
  'bundle.apply',
  'bundle.discard',
  'incarnation.open',
] as const);

/** Bundles out and in: the same services as the terminal's. */
export const SYNC_HANDLERS = {
  'bundle.create': ({ ledger, progress }: Context, { to, file, partMb }: DecodedOf<'bundle.create'>) =>
    createBundle(ledger, to, file, progress('bundle'), partMb === null ? null : partMb * MIB),
  'bundle.apply': ({ ledger, progress }: Context, { file }: DecodedOf<'bundle.apply'>) => applyBundleFile(ledger, file, progress('bundle')),
  'bundle.preview': ({ ledger, progress }: Context, { file }: DecodedOf<'bundle.preview'>) =>
    previewBundle(ledger, file, progress('bundle')),
  'bundle.previewFolder': ({ ledger, progress }: Context, { file }: DecodedOf<'bundle.previewFolder'>) =>
    previewFolder(ledger, file, progress('bundle')),
  'bundle.waiting': ({ ledger }: Context) => listWaiting(ledger),
  'bundle.discard': ({ ledger }: Context, said: DecodedOf<'bundle.discard'>) => discardWaiting(ledger, said),
  'incarnation.open': openedIncarnation,
} as const;
