// A process of its own that makes or takes in a bundle, or changes the key of a file, and is killed at its n-th write: a step of a file (in the middle of
// its bytes) or a statement of the database. Without n it goes through and says how many writes there were.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { rekeyDepot } from '../../electron/data/host/rekey.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { slotsOfParent } from '../support/child.ts';

const [what = '', file = '', userDataDir = '', path = '', killAt = ''] = process.argv.slice(2);
const PART_BYTES = 5_000;
let writes = 0;
let isCounting = false;

/** Counts a write; answers whether the process has to die in it. */
const isLast = (): boolean => isCounting && ++writes === Number(killAt);
const die = () => process.kill(process.pid, 'SIGKILL');

const plain = { ...fs };
fs.writeSync = ((handle: number, bytes: Buffer, ...rest: number[]) => {
  if (!Buffer.isBuffer(bytes) || !isLast()) return (plain.writeSync as (...all: unknown[]) => number)(handle, bytes, ...rest);
  plain.writeSync(handle, bytes, 0, Math.floor(bytes.length / 2));
  die();
  return 0;
}) as typeof fs.writeSync;
// Making sure of bytes or closing a file changes nothing that a kill would show; a change of key has four times as many steps.
const STEPS = what === 'rekey' ? (['renameSync'] as const) : (['openSync', 'fsyncSync', 'closeSync', 'renameSync', 'rmSync'] as const);
for (const name of STEPS)
  (fs as unknown as Record<string, unknown>)[name] = (...args: unknown[]) => {
    if (isLast()) die();
    return (plain[name] as (...all: unknown[]) => unknown)(...args);
  };
syncBuiltinESMExports();

const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };
const ledger = openLedger({ file, candidates: slotsOfParent(), userDataDir, deps });
const statements = Object.getPrototypeOf(ledger.sqlite.prepare('SELECT 1')) as { run(...args: unknown[]): unknown };
const { run } = statements;
statements.run = function counted(this: unknown, ...args: unknown[]) {
  if (isLast()) die();
  return run.apply(this, args);
};

const database = Object.getPrototypeOf(ledger.sqlite) as { rekey(key: Buffer): unknown };
const { rekey } = database;
database.rekey = function counted(this: unknown, key: Buffer) {
  if (isLast()) die();
  return rekey.call(this, key);
};

/** `path` holds the secrets in hex. */
function changeKey(): void {
  const [stretched = '', entropy = ''] = path.split(':');
  const secrets = { stretched: Buffer.from(stretched, 'hex'), entropy: Buffer.from(entropy, 'hex') };
  rekeyDepot(ledger, { file, userDataDir, deps }, secrets);
}

const WORK = {
  export: () => createBundle(ledger, 'HQ', path, () => undefined, PART_BYTES),
  import: () => applyBundleFile(ledger, path),
  rekey: changeKey,
} as const;
isCounting = true;
await WORK[what as keyof typeof WORK]();
isCounting = false;
if (ledger.sqlite.open) closeLedger(ledger);
plain.writeSync(1, String(writes));
