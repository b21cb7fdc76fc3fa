import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBundle, previewFolder } from '../../electron/data/host/operations.ts';
import { sessionView } from '../../electron/data/host/session.ts';
import { SYNC_HANDLERS } from '../../electron/data/host/syncHandlers.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { aDepot, stockUp } from '../support/depot.ts';
import { trustEachOther } from '../support/sites.ts';

// Goal: a folder is looked into file by file and nothing of it is written; a window asks for parts in MiB.
// Method: two real depots, one bundle whole and one cut into parts, beside a file that is not ours.

const nothing = () => () => undefined;

test('a folder is looked into, foreign files are not, and nothing changes', async () => {
  const [depot, authority] = await Promise.all([aDepot('DEP1'), aDepot('HQ', 'authority')]);
  stockUp(depot.ledger);
  trustEachOther(depot.ledger, authority.ledger);
  const folder = mkdtempSync(join(tmpdir(), 'preview-'));
  await createBundle(depot.ledger, 'HQ', join(folder, 'whole.adi'), () => undefined);
  await createBundle(depot.ledger, 'HQ', join(folder, 'cut.adi'), () => undefined, 3_000);
  writeFileSync(join(folder, 'letter.txt'), 'not ours\n');
  symlinkSync(join(folder, 'gone'), join(folder, 'dead link'));
  const before = authority.ledger.sqlite.prepare('SELECT count(*) FROM entry').pluck().get();
  const seen = await previewFolder(authority.ledger, folder, () => undefined);
  const parts = seen.filter(({ missingParts }) => missingParts.length > 0);
  expect(seen.find(({ name }) => name === 'whole.adi')).toMatchObject({
    from: { site: 'DEP1', name: 'Depot DEP1' },
    applied: depot.ledger.journal.last.seq,
    quarantined: null,
  });
  expect(parts.map(({ name }) => name)).toEqual(seen.filter(({ name }) => name.startsWith('cut')).map(({ name }) => name));
  expect(parts.length).toBeGreaterThan(1);
  expect(seen.some(({ name }) => ['letter.txt', 'dead link'].includes(name))).toBe(false);
  expect(authority.ledger.sqlite.prepare('SELECT count(*) FROM entry').pluck().get()).toBe(before);

  const file = join(folder, 'mib.adi');
  const { parts: written } = await SYNC_HANDLERS['bundle.create'](
    { ledger: depot.ledger, progress: nothing },
    { to: 'HQ', file, partMb: 1 },
  );
  expect(written.flatMap(({ files }) => files)).toHaveLength(1); // it is far smaller than one part
  expect(sessionView(depot.ledger, false)).toMatchObject({ readOnly: false, readOnlyWhy: null });
  for (const { ledger } of [depot, authority]) closeLedger(ledger);
}, 60_000);
