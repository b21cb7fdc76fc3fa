import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TrustListView } from '../../shared/contract/views.ts';
import { secondPerson } from '../data/host/operations.ts';
import { makeRecoveryKey } from '../data/host/recoveryKey.ts';
import { makeRootKey, PUBLIC_KEY, publicKeyIn, unlockRootKey } from '../data/host/rootKeys.ts';
import { readTrustFile } from '../data/host/trustHandlers.ts';
import { fileText, type ListFile, rootsFingerprint, signersOf, signList } from '../data/journal/trustListForm.ts';
import { wordsOf } from '../data/keys/words.ts';
import type { Ledger } from '../data/ledger.ts';
import { Refused } from '../data/refused.ts';
import { dateOf } from '../data/services/checking.ts';
import { revokeDevice } from '../data/services/revoke.ts';
import { retryWaiting } from '../data/sync/receive.ts';
import { acceptListFile, draftList, listFacts, listFileOf, setRecoveryRecipients, trustView } from '../data/sync/trustListService.ts';
import { needed, optional, type Parsed, positional } from './arguments.ts';
import { type Answer, secret, UsageError } from './io.ts';
import { deps, withLedger } from './openFile.ts';
import { secondOf } from './second.ts';
import { words as word } from './wording.ts';

const secondIn = async (ledger: Ledger, parsed: Parsed) => secondPerson(ledger, await secondOf(parsed));
const today = () => dateOf(deps.nowMs());

export const revoke = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), async (ledger) => {
    const at = optional(parsed, 'at');
    if (at !== undefined && !/^\d{1,15}$/.test(at)) throw new UsageError('--at must be the number of an entry');
    const reply = revokeDevice(
      ledger,
      { device: positional(parsed, 1, 'DEVICE'), reason: needed(parsed, 'reason'), at: at === undefined ? undefined : Number(at) },
      await secondIn(ledger, parsed),
    );
    const { site, device, seq, heldBeyond } = reply;
    const left = heldBeyond > 0 ? [`${heldBeyond} later entries were taken in before. They stay in the books: look through them.`] : [];
    const isEarlier = at !== undefined && seq < Number(at);
    const why = isEarlier ? [`Entry ${at} came under the signature of a later one; the last signed entry before it is ${seq}.`] : [];
    return { json: reply, lines: [`${site} ${device} is revoked: nothing after entry ${seq} counts.`, ...why, ...left] };
  });

const ROOT_KEYS = 3;

/** Three keys, each for another holder. From the environment: one passphrase a line, or one for all. */
async function createRoots(parsed: Parsed): Promise<Answer> {
  const folder = resolve(needed(parsed, 'out'));
  const paths = Array.from({ length: ROOT_KEYS }, (_, at) => join(folder, `root-${at + 1}.key`));
  const taken = paths.find((path) => existsSync(path));
  if (taken !== undefined) throw new Refused({ code: 'fileExists', file: taken });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const roots = [];
  for (const [at, path] of paths.entries()) {
    const lines = (await secret('DEPOT_ROOT_PASSPHRASE', `Passphrase of root key ${at + 1}`)).split('\n');
    const key = await makeRootKey(path, lines[at] ?? (lines[0] as string));
    roots.push({ path, key, words: wordsOf(Buffer.from(key, 'base64url')).join(' ') });
  }
  return {
    json: { roots },
    lines: roots.flatMap(({ path, key, words }) => [`${path}`, ...keyLines(key, words)]),
  };
}

/** The public key, in two forms. Its words look like recovery words and open nothing, so they say what they are. */
const keyLines = (key: string, words: string): string[] => [`  Public key: ${key}`, `  ${word('terminal.rootWords')} ${words}`];

/** `root create` and `root words`: neither opens a depot. */
export async function root(parsed: Parsed): Promise<Answer> {
  const verb = positional(parsed, 0, 'create or words');
  if (verb === 'create') return createRoots(parsed);
  if (verb !== 'words') throw new UsageError('root takes create or words');
  const key = publicKeyIn(resolve(positional(parsed, 1, 'KEYFILE')));
  const words = wordsOf(Buffer.from(key, 'base64url')).join(' ');
  return { json: { key, words }, lines: keyLines(key, words) };
}

/** A public key, or a key file that says it. */
const rootOf = (said: string): string => (PUBLIC_KEY.test(said) ? said : publicKeyIn(resolve(said)));

const linesOf = (list: TrustListView): string[] => [
  `version ${list.version}, good until ${list.expiresOn}${list.isExpired ? ' (EXPIRED)' : ''}, ${list.devices} devices, ${list.revoked} revoked`,
  `recipients: ${list.recipients}, for recovery: ${list.recovery}`,
  `${list.threshold} of these ${list.roots.length} root keys must sign:`,
  ...list.roots.map(({ key, words, hasSigned }) => `  ${key}${hasSigned ? ' (has signed)' : ''}\n    ${words}`),
  `words of the roots: ${list.rootsFingerprint}`,
  ...(list.missing === null || list.missing === 0
    ? []
    : [`${list.missing} of the devices are not known here: take the list in as a file to exchange bundles with them`]),
];

const draft = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const path = resolve(needed(parsed, 'out'));
    if (existsSync(path)) throw new Refused({ code: 'fileExists', file: path });
    const roots = optional(parsed, 'root');
    const recipients = optional(parsed, 'recipients');
    if (recipients !== undefined && recipients !== 'hybrid' && recipients !== 'classic')
      throw new UsageError('--recipients takes hybrid or classic');
    const file = draftList(ledger, { expiresOn: optional(parsed, 'expires'), roots: roots?.split(',').map(rootOf), recipients });
    writeFileSync(path, fileText(file), { flag: 'wx' });
    const facts = listFacts(ledger, file, today());
    return { json: { path, ...facts }, lines: [path, ...linesOf(facts)] };
  });

/** Needs no depot: it is done where the key is. */
async function sign(parsed: Parsed): Promise<Answer> {
  const path = resolve(positional(parsed, 1, 'PATH'));
  const file = listFileOf(readTrustFile(path));
  const keyPath = resolve(needed(parsed, 'key'));
  const { publicKey, sign: signer } = await unlockRootKey(
    keyPath,
    (await secret('DEPOT_ROOT_PASSPHRASE', 'Passphrase of the root key')).split('\n')[0] as string,
  );
  const signed: ListFile = signList(file, publicKey, signer);
  writeFileSync(path, fileText(signed));
  const { list } = signed;
  const facts = {
    path,
    version: list.version,
    key: publicKey,
    isRootOfList: list.roots.includes(publicKey),
    signers: signersOf(signed, list.roots).size,
    threshold: list.threshold,
    rootsFingerprint: rootsFingerprint(list),
  };
  const other = facts.isRootOfList ? [] : ['This key is none of the roots that the list names: it counts only where it was one before.'];
  return {
    json: facts,
    lines: [`version ${facts.version}: signed by ${facts.signers} of its roots, ${facts.threshold} are needed`, ...other],
  };
}

const accept = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const [, , path] = parsed.positionals;
    const text = path === undefined ? null : readTrustFile(resolve(path));
    const reply = acceptListFile(ledger, text, optional(parsed, 'roots-fingerprint'), await secondIn(ledger, parsed));
    await retryWaiting(ledger, ['trust']);
    return {
      json: reply,
      lines: [`Version ${reply.version} is in force until ${reply.expiresOn}: ${reply.devices} devices, ${reply.revoked} revoked.`],
    };
  });

/** A list file begins as JSON does; anything else is a depot. */
const isListFile = (path: string): boolean => existsSync(path) && readFileSync(path).subarray(0, 8).toString('latin1') === '{"list":';

function show(parsed: Parsed): Answer | Promise<Answer> {
  const path = resolve(positional(parsed, 1, 'FILE or PATH'));
  if (isListFile(path)) {
    const facts = listFacts(null, listFileOf(readTrustFile(path)), today());
    return { json: { list: facts }, lines: linesOf(facts) };
  }
  return withLedger(path, (ledger) => {
    const view = trustView(ledger);
    const own = view.ownCutOffSeq === null ? [] : [`This device is revoked after entry ${view.ownCutOffSeq}.`];
    const pending =
      view.pending === null ? [] : ['A list came and waits: compare the words of its roots and accept it.', ...linesOf(view.pending)];
    const lines = view.list === null ? ['No trust list is in force; devices are trusted one by one.'] : linesOf(view.list);
    return { json: view, lines: [...lines, ...pending, ...own] };
  });
}

export function list(parsed: Parsed): Answer | Promise<Answer> {
  const verb = positional(parsed, 0, 'draft, sign, accept or show');
  if (verb === 'draft') return draft(parsed);
  if (verb === 'sign') return sign(parsed);
  if (verb === 'accept') return accept(parsed);
  if (verb === 'show') return show(parsed);
  throw new UsageError('list takes draft, sign, accept or show');
}

async function createRecovery(parsed: Parsed): Promise<Answer> {
  const path = resolve(needed(parsed, 'out'));
  const recipient = await makeRecoveryKey(path, optional(parsed, 'recipients') === 'classic');
  return {
    json: { path, recipient },
    lines: [`${path} opens every bundle that is made from now on. Put it into the safe, and keep no copy on a machine.`, recipient],
  };
}

/** `none`, a recipient, or the file that holds it. */
function recipientsOf(said: string): string[] {
  if (said === 'none') return [];
  return said.split(',').map((each) => (each.startsWith('age1') ? each : readTrustFile(resolve(each)).trim()));
}

export async function recovery(parsed: Parsed): Promise<Answer> {
  const verb = positional(parsed, 0, 'create or use');
  if (verb === 'create') return createRecovery(parsed);
  if (verb !== 'use') throw new UsageError('recovery takes create or use');
  return withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const recipients = recipientsOf(positional(parsed, 2, 'RECIPIENT'));
    const reply = setRecoveryRecipients(ledger, recipients, await secondIn(ledger, parsed));
    const when = reply.isFromNextList ? 'from the next list on' : 'from the next bundle on';
    return { json: reply, lines: [`${recipients.length} recovery recipients, ${when}.`] };
  });
}
