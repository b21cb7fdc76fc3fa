// Goal: a finding on a lot names the lot in its first words, at the depot and at the authority that got its bundle.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingWriter } from '../../electron/cli/findings.ts';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { setRestriction } from '../../electron/data/services/administer.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { aDepot, aRequest, LOT_HE, stockUp } from '../support/depot.ts';

const trust = (one: Ledger, other: Ledger) => trustPartner(one, other.device.statement, fingerprintOf(other.device.statement));
const written = (ledger: Ledger, rule: string) => {
  const write = findingWriter(ledger);
  return checkDepot(ledger)
    .findings.filter((finding) => finding.rule === rule)
    .map((finding) => ({ line: write.line(finding), json: write.json(finding) }));
};

test('a marked lot by its marking, one without by its id, and what is about no lot by its natures alone', async () => {
  const { ledger, deps } = await aDepot();
  stockUp(ledger);
  setRestriction(ledger, { kind: 'ban', item: 'HE', lotId: LOT_HE, reason: 'order 4' });
  postMovement(ledger, aRequest(deps, { kind: 'receipt', item: 'BALL', lot: '', from: 'SUP', to: 'S3', quantity: '5' }));
  const [restricted] = written(ledger, 'life.restricted');
  expect(restricted?.line).toMatch(/^WARN S1 {7}HE, lot АБВ-12-83, S1: under a ban \(order 4\)/);
  expect(restricted?.json).toMatchObject({ lot: 'АБВ-12-83', lotId: LOT_HE, subjects: ['HE'] });
  expect(written(ledger, 'unknown.lot')[0]?.line).toMatch(/BALL, lot without a marking \([0-9a-f]{8} …\), S3: the lot is not known/);
  const [unplanned] = written(ledger, 'qd.noPlan');
  expect(unplanned?.json).not.toHaveProperty('lot');
  expect(unplanned?.line).not.toContain('lot');
  closeLedger(ledger);
});

test('the authority names the lots of its depots', async () => {
  const [depot, authority] = [await aDepot(), await aDepot('HQ', 'authority')];
  stockUp(depot.ledger);
  setRestriction(depot.ledger, { kind: 'ban', item: 'HE', lotId: LOT_HE, reason: 'order 4' });
  trust(depot.ledger, authority.ledger);
  trust(authority.ledger, depot.ledger);
  const path = join(mkdtempSync(join(tmpdir(), 'finding-')), 'a.adi');
  await createBundle(depot.ledger, 'HQ', path, () => undefined);
  await applyBundleFile(authority.ledger, path);
  expect(written(authority.ledger, 'life.restricted')[0]?.line).toContain('HE, lot АБВ-12-83, S1: under a ban');
  for (const { ledger } of [depot, authority]) closeLedger(ledger);
});
