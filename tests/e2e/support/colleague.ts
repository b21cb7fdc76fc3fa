import { join } from 'node:path';
import { DEMO_PASSPHRASE } from '../../../electron/data/demo/makeDemo.ts';
import { openLedger } from '../../../electron/data/host/openLedger.ts';
import { addPerson } from '../../../electron/data/host/people.ts';
import { unlockSlots } from '../../../electron/data/host/unlock.ts';
import { closeLedger, type Ledger } from '../../../electron/data/ledger.ts';
import type { RunningApp } from './app.ts';

/** A second person in the demo depot, for what two people sign. */
export const colleague = { user: 'amina', passphrase: 'amina of the demo depot' } as const;

const demoFile = (userDataDir: string): string => join(userDataDir, 'demo', 'DEMO.depot');
const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };

/** Opens the demo depot, adds the second person (and more) while it is locked, and opens it again. */
export async function openDemoWithColleague(
  { page, userDataDir }: RunningApp,
  more: (ledger: Ledger) => void = () => undefined,
): Promise<void> {
  await page.getByRole('button', { name: 'Open the demo depot' }).click();
  await page.getByRole('grid', { name: 'Stock' }).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.getByRole('button', { name: 'Open the demo depot' }).waitFor();
  const file = demoFile(userDataDir);
  const ledger = openLedger({ file, candidates: await unlockSlots(file, DEMO_PASSPHRASE, Date.now), userDataDir, deps });
  try {
    await addPerson(ledger, colleague.user, ['commander'], colleague.passphrase, undefined);
    more(ledger);
  } finally {
    closeLedger(ledger);
  }
  await page.getByRole('button', { name: 'Open the demo depot' }).click();
  await page.getByRole('grid', { name: 'Stock' }).waitFor({ timeout: 60_000 });
}
