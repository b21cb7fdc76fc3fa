// `npm run -s depot-open -- …`: reads a bundle, a depot file or a backup without the program, as JSON lines. It is a second
// reading of docs/protocol.md and shares no code with the first, so that neither is needed to trust the other.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';

const USE = `depot-open BUNDLE|PART… --identity FILE [--statement FILE…]
depot-open DEPOT|BACKUP --words|--passphrase [--identities FILE]

The words are read from DEPOT_RECOVERY_WORDS_FILE or DEPOT_RECOVERY_WORDS, the passphrase from DEPOT_PASSPHRASE_FILE or
DEPOT_PASSPHRASE, else they are asked for. Nothing is written but standard output, and FILE after --identities, which is a secret.
docs/manual/rescue.md`;
const CHUNK = 1 << 16;

const lines = [];
let waiting = 0;
function flush() {
  const bytes = Buffer.from(lines.splice(0).join(''));
  waiting = 0;
  for (let at = 0; at < bytes.length; )
    try {
      at += writeSync(1, bytes, at);
    } catch (cause) {
      if (cause.code !== 'EAGAIN') throw cause;
    }
}
function writeLine(line) {
  lines.push(`${line}\n`);
  waiting += line.length;
  if (waiting > CHUNK) flush();
}

function ask(prompt) {
  if (!process.stdin.isTTY) throw new Error(`no secret: set ${prompt}_FILE or ${prompt}, or use a terminal`);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(`${prompt}: `);
  return new Promise((resolve) => {
    reader.question('', (typed) => {
      reader.close();
      process.stderr.write('\n');
      resolve(typed);
    });
  });
}
function secret(name) {
  const path = process.env[`${name}_FILE`];
  if (path) return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  return process.env[name] ?? ask(name);
}

async function openBundles(paths, { identity = [], statement = [] }) {
  const { decrypt, sealedOf, writeBundle } = await import('./rescue/bundle.mjs');
  const { readStatement } = await import('./rescue/signatures.mjs');
  const identities = identity.flatMap((path) => readFileSync(path, 'utf8').match(/^AGE-SECRET-KEY-\S+$/gm) ?? []);
  if (identities.length === 0) throw new Error('--identity names no file with an AGE-SECRET-KEY');
  const statements = statement.map((path) => {
    const read = readStatement(readFileSync(path, 'utf8'));
    if (read === null) throw new Error(`${path} is no statement signed by the key that it names`);
    return read;
  });
  return writeBundle(await decrypt(sealedOf(paths.map((path) => readFileSync(path))), identities), statements, writeLine);
}

async function openDepot([path], { words, passphrase, identities }) {
  const { identitiesOf, withDepot, writeDepot } = await import('./rescue/depotFile.mjs');
  if (words === passphrase) throw new Error('a depot is opened with --words or with --passphrase');
  const typed = await secret(words ? 'DEPOT_RECOVERY_WORDS' : 'DEPOT_PASSPHRASE');
  return withDepot(path, words ? 'recovery' : 'person', typed, (sqlite) => {
    if (identities !== undefined) writeFileSync(identities, `${identitiesOf(sqlite).join('\n')}\n`, { mode: 0o600, flag: 'wx' });
    return writeDepot(sqlite, writeLine);
  });
}

const OPTIONS = {
  identity: { type: 'string', multiple: true },
  statement: { type: 'string', multiple: true },
  words: { type: 'boolean', default: false },
  passphrase: { type: 'boolean', default: false },
  identities: { type: 'string' },
};

try {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) throw new Error(USE);
  const { entries, problems, isSignatureChecked } = await (values.identity === undefined ? openDepot : openBundles)(positionals, values);
  writeLine(JSON.stringify({ end: true, entries, isSignatureChecked, problems }));
  flush();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} catch (cause) {
  flush();
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 2;
}
