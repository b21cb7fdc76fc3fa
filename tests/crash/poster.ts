// A process of its own that posts until it is killed. It says on standard output what was acknowledged.

import { writeSync } from 'node:fs';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { unlockSlots } from '../../electron/data/host/unlock.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';

const [file = '', userDataDir = '', passphrase = ''] = process.argv.slice(2);
const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };
const ledger = openLedger({ file, candidates: await unlockSlots(file, passphrase, deps.nowMs), userDataDir, deps });
writeSync(1, 'ready\n');
for (;;) {
  const id = deps.newId();
  const outcome = postMovement(ledger, {
    id,
    kind: 'receipt',
    item: 'BALL',
    lot: 'LC-19A001',
    from: 'SUP',
    to: 'S1',
    quantity: '1',
    condition: 'A1',
    owner: 'ARMY',
    holder: 'DEPOT',
  });
  if (outcome.posted) writeSync(1, `${id}\n`);
}
