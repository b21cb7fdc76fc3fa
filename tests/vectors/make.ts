import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupLedger, restoreBackup } from '../../electron/data/host/backup.ts';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { fileText, hashOfList, type ListFile, rootsFingerprint } from '../../electron/data/journal/trustListForm.ts';
import { besideFile } from '../../electron/data/keys/files.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { revokeDevice } from '../../electron/data/services/revoke.ts';
import { acceptListFile, draftList } from '../../electron/data/sync/trustListService.ts';
import { aDepot, aRequest, PASSPHRASE, stockUp, type TestDepot } from '../support/depot.ts';
import { keyOf, seedOf, signed, trust } from '../support/trust.ts';
import { type Cast, FILES, makeBundles } from './makeBundles.ts';
import { type Manifest, runVectors, TOO_LARGE } from './run.ts';

// Made once (`node scripts/makeVectors.mjs`), then frozen: what a released program wrote has to be read for ever.

const folder = join(import.meta.dirname, 'frozen');
if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is there: these files are never made again`);
mkdirSync(folder, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'vectors-'));
const put = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);
const putJson = (name: string, value: unknown): void => put(name, `${JSON.stringify(value, null, 2)}\n`);

function issue({ ledger, deps }: TestDepot, quantity: string): void {
  const heap = { item: 'BALL', lot: 'LC-19A001', condition: 'A1', owner: 'ARMY', holder: 'DEPOT' };
  const { posted } = postMovement(ledger, aRequest(deps, { ...heap, kind: 'issue', from: 'S1', to: 'RANGE', quantity }));
  if (!posted) throw new Error('a movement was not posted');
}

/** The same device a second time, as a copied disk is. */
function copyOf(depot: TestDepot): TestDepot {
  const [path, file] = [join(scratch, 'copy.backup'), join(scratch, 'copy.depot')];
  backupLedger(depot.ledger, path);
  restoreBackup(path, file);
  return {
    ...depot,
    file,
    ledger: openLedger({ file, userDataDir: join(scratch, 'copy'), candidates: depot.candidates, deps: depot.deps }),
  };
}

async function gather(): Promise<Cast> {
  const hq = await aDepot('HQ', 'authority');
  const [main, second, forked, revoked, stranger] = [
    await aDepot('DEP1'),
    await aDepot('DEP1'),
    await aDepot('DEP2'),
    await aDepot('DEP3'),
    await aDepot('DEP4'),
  ];
  for (const depot of [main, second, forked, revoked]) {
    trust(hq.ledger, depot.ledger);
    trust(depot.ledger, hq.ledger);
  }
  trust(stranger.ledger, hq.ledger);
  stockUp(main.ledger);
  second.deps.advance(60_000);
  setPolicy(second.ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  setPolicy(revoked.ledger, { family: 'mix', kind: 'move', mode: 'block' });
  return { hq, main, second, forked, copy: copyOf(forked), revoked, stranger };
}

/** The list in force at the reader, and the one that follows it. */
function makeLists({ hq, revoked }: Cast): { first: ListFile; second: ListFile } {
  const roots = ['root a', 'root b', 'root c'].map(keyOf);
  revokeDevice(hq.ledger, { device: revoked.ledger.device.device, reason: 'stolen' }, undefined);
  const first = signed(draftList(hq.ledger, { roots }), 'root a', 'root b');
  acceptListFile(hq.ledger, fileText(first), rootsFingerprint(first.list), undefined);
  const draft = draftList(hq.ledger, {});
  const second = signed({ ...draft, list: { ...draft.list, previous: hashOfList(first.list) } }, 'root b', 'root c');
  return { first, second };
}

const cast = await gather();
const lists = makeLists(cast);
const { hq, main } = cast;
backupLedger(hq.ledger, join(folder, 'reader.backup'));
put('reader.slots.json', readFileSync(besideFile(hq.file).keys));
put('identity.json', main.ledger.device.statement);
put('trust-list-1.json', fileText(lists.first));
put('trust-list-2.json', fileText(lists.second));
putJson('keys.json', {
  passphrase: PASSPHRASE,
  recoveryWords: hq.recoveryWords.join(' '),
  reader: { hybrid: hq.ledger.device.ageIdentity, classic: hq.ledger.device.classicIdentity },
  roots: Object.fromEntries(['root a', 'root b', 'root c'].map((name) => [keyOf(name), seedOf(name).toString('base64url')])),
  fingerprint: fingerprintOf(main.ledger.device.statement),
});
await makeBundles(cast, lists.second, { put, folder, issue: (quantity) => issue(main, quantity) });

const steps: Manifest['steps'] = FILES.map(([file, what]) => ({ file, what }));
const names = readdirSync(folder).sort();
const sha256 = Object.fromEntries(
  names.map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
  ]),
);
const unnamed = names.filter((name) =>
  name.endsWith('.adi') || name.endsWith('.part') ? !steps.some(({ file }) => file === name) : false,
);
if (unnamed.length > 0 || steps.some(({ file }) => file !== TOO_LARGE && !names.includes(file)))
  throw new Error(`not in the list: ${unnamed}`);
putJson('manifest.json', { passphrase: PASSPHRASE, steps, sha256 } satisfies Manifest);
putJson('results.json', await runVectors(folder, { passphrase: PASSPHRASE, steps }));
for (const { ledger } of Object.values(cast)) closeLedger(ledger);
