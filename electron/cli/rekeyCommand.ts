import { resolve } from 'node:path';
import { openLedger } from '../data/host/openLedger.ts';
import { rekeyDepot } from '../data/host/rekey.ts';
import { unlockSlots } from '../data/host/unlock.ts';
import { defaultUserDataDir } from '../data/host/userData.ts';
import { readSlotFile, stretch } from '../data/keys/slots.ts';
import { entropyOf } from '../data/keys/words.ts';
import { Refused } from '../data/refused.ts';
import { type Parsed, positional } from './arguments.ts';
import { type Answer, secret } from './io.ts';
import { deps } from './openFile.ts';

/** Another data key, after somebody may have got hold of the old one. */
export async function rekey(parsed: Parsed): Promise<Answer> {
  const file = resolve(positional(parsed, 0, 'FILE'));
  const passphrase = await secret('DEPOT_PASSPHRASE', 'Passphrase');
  const candidates = await unlockSlots(file, passphrase, deps.nowMs);
  const entropy = entropyOf(await secret('DEPOT_RECOVERY_WORDS', 'The 24 words'));
  if (entropy === null) throw new Refused({ code: 'recoveryWordsWrong' });
  const stretched = await stretch(passphrase, readSlotFile(file).kdf);
  const options = { file, userDataDir: defaultUserDataDir(), deps };
  const ledger = openLedger({ ...options, candidates });
  const { person } = ledger.session;
  rekeyDepot(ledger, options, { stretched, entropy });
  return {
    json: { file, person },
    lines: [
      `${file} lies under a new key. It opens with the passphrase of ${person} and with the 24 words.`,
      'Everybody else: `recover FILE --user NAME` with the 24 words gives a new passphrase. Backups from before keep the old key.',
    ],
  };
}
