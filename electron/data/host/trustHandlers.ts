import { existsSync, readFileSync } from 'node:fs';
import type { DecodedOf } from '../../../shared/contract/procedures.ts';
import type { Ledger } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { trustPartner } from '../services/partners.ts';
import { revokeDevice } from '../services/revoke.ts';
import { retryWaiting } from '../sync/receive.ts';
import { acceptListFile, trustView } from '../sync/trustListService.ts';
import { secondPerson } from './operations.ts';

type Context = Readonly<{ ledger: Ledger }>;

/** A list of a thousand devices with their statements is three megabytes; nothing that is chosen here may be larger. */
const TRUST_BYTES_MAX = 8_000_000;

/** The text of an identity or list file. */
export function readTrustFile(path: string): string {
  if (!existsSync(path)) throw new Refused({ code: 'fileMissing', file: path });
  const bytes = readFileSync(path);
  if (bytes.length > TRUST_BYTES_MAX) throw new Refused({ code: 'listRefused', fault: 'tooLarge' });
  return bytes.toString('utf8');
}

/** What waits for its sender to be trusted is tried again. */
async function thenRetry<T>(ledger: Ledger, done: T): Promise<T> {
  await retryWaiting(ledger, ['trust']);
  return done;
}

/** Who belongs to the network: the same services as the terminal's. */
export const TRUST_HANDLERS = {
  'partner.trust': async ({ ledger }: Context, { file, fingerprint, second }: DecodedOf<'partner.trust'>) =>
    thenRetry(ledger, trustPartner(ledger, readTrustFile(file), fingerprint, await secondPerson(ledger, second))),
  'partner.revoke': async ({ ledger }: Context, { second, ...input }: DecodedOf<'partner.revoke'>) =>
    revokeDevice(ledger, input, await secondPerson(ledger, second)),
  'trust.view': ({ ledger }: Context) => trustView(ledger),
  'trust.acceptList': async ({ ledger }: Context, { file, fingerprint, second }: DecodedOf<'trust.acceptList'>) =>
    thenRetry(
      ledger,
      acceptListFile(ledger, file === undefined ? null : readTrustFile(file), fingerprint, await secondPerson(ledger, second)),
    ),
} as const;
