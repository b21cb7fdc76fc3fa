// Goal: a read that may take seconds says how far it is, can be stopped, and answers when it is asked again.
import { expect, test } from 'vitest';
import { createHost } from '../../electron/data/host/host.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { putStructure } from '../../electron/data/services/siteRecords.ts';
import type { DepotEvent } from '../../shared/contract/procedures.ts';
import { aStructure } from '../rules/siteSupport.ts';
import { aDepot, PASSPHRASE, stockUp } from '../support/depot.ts';

test.each(['licence.register', 'check.depot'] as const)('%s tells of every place and stops where nobody waits for it', async (name) => {
  const { file, userDataDir, ledger } = await aDepot();
  stockUp(ledger);
  const { site: _site, ...structure } = aStructure();
  putStructure(ledger, structure);
  closeLedger(ledger);
  const events: DepotEvent[] = [];
  const host = createHost({ userDataDir, emit: (event) => events.push(event), log: (_id, cause) => expect.fail(String(cause)) });
  expect(await host.call('depot.unlock', { file, passphrase: PASSPHRASE })).toMatchObject({ ok: true });
  expect(await host.perform({ name, input: {} }, name, () => true)).toEqual({ ok: false, error: { code: 'cancelled' } });
  expect(events).toEqual([]);
  expect(await host.call(name, {}, name)).toMatchObject({ ok: true });
  const stocked = 2;
  expect(events).toEqual([0, 1].map((done) => ({ kind: 'progress', task: name, label: 'site', done, total: stocked })));
  await host.call(name, {}, name);
  expect(events, 'known by now').toHaveLength(stocked);
  await host.close();
});
