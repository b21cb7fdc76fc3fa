import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ApplyFolderReply, ApplyReply, BundlePreview, Quarantine } from '../../shared/contract/views.ts';
import { applyBundleFile, createBundle, previewBundle, secondPerson } from '../data/host/operations.ts';
import { readTrustFile } from '../data/host/trustHandlers.ts';
import { Refused } from '../data/refused.ts';
import { trustPartner } from '../data/services/partners.ts';
import { BundleRefused, splitBundle } from '../data/sync/format.ts';
import { isPart, readPart } from '../data/sync/parts.ts';
import { discardWaiting, listWaiting } from '../data/sync/quarantine.ts';
import { readSealed, retryWaiting } from '../data/sync/receive.ts';
import { identitiesOf, openBytes } from '../data/sync/seal.ts';
import { tellingAccounts } from './accounts.ts';
import { needed, optional, type Parsed, positional } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';
import { showProgress, withLedger } from './openFile.ts';
import { secondOf } from './second.ts';
import { describeError, words } from './wording.ts';

export const trust = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), async (ledger) => {
    const second = await secondPerson(ledger, await secondOf(parsed));
    const trusted = trustPartner(ledger, readTrustFile(positional(parsed, 1, 'PATH')), optional(parsed, 'fingerprint'), second);
    const { cleared } = await retryWaiting(ledger, ['trust']);
    const lines = [`${trusted.trusted} (${trusted.role}) is trusted: ${trusted.fingerprint}`];
    return { json: trusted, lines: cleared === 0 ? lines : [...lines, `Taken in now: ${cleared} files that had waited.`] };
  });

const MIB = 1024 * 1024;
function partBytes(parsed: Parsed): number | null {
  const said = optional(parsed, 'part-mb');
  if (said === undefined) return null;
  if (!/^[1-9][0-9]{0,3}$/.test(said)) throw new UsageError('--part-mb must be a whole number from 1');
  return Number(said) * MIB;
}

const create = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const out = resolve(needed(parsed, 'out'));
    const { parts } = await createBundle(ledger, needed(parsed, 'to'), out, showProgress('bundle'), partBytes(parsed));
    const [first] = parts as [(typeof parts)[number]];
    const files = parts.flatMap((part) => part.files);
    const whole = {
      path: first.path,
      bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
      entries: parts.reduce((sum, part) => sum + part.entries, 0),
      from: first.from,
      upto: parts.at(-1)?.upto,
    };
    return tellingAccounts(ledger, {
      json: { ...whole, ...(files.length > 1 ? { parts, files } : {}) },
      lines: parts.map(({ files: paths, entries, bytes }) => `${paths.join(', ')}: ${entries} entries, ${bytes} bytes`),
    });
  });

const whyOf = ({ message, listFault }: Quarantine): string =>
  listFault === undefined ? `${message}.` : words('sync.listRefused', { why: words(`listwhy.${listFault.fault}`, listFault) });

function applyLine(reply: ApplyReply): string {
  if (reply.quarantined !== null) {
    const { code } = reply.quarantined;
    return `Nothing was applied (${code}): ${whyOf(reply.quarantined)} ${words(`bundle.${code}.now`)}`;
  }
  if (reply.missingParts.length > 0) return `One part is kept; still missing: ${reply.missingParts.join(', ')}.`;
  const also = reply.cleared === 0 ? '' : ` ${reply.cleared} files that had waited were taken in too.`;
  const applied = `Applied ${reply.applied} entries, ${reply.skipped} were here already.${also}`;
  if (reply.leftOut === undefined) return applied;
  const { entries, cause } = reply.leftOut;
  return `${applied} ${words('sync.leftOut', { count: entries, shown: entries })} ${describeError(cause)}`;
}

const NAMED_MAX = 10;
const foreignLine = (names: readonly string[]): string =>
  words(names.length > NAMED_MAX ? 'sync.foreignMore' : 'sync.foreign', {
    count: names.length,
    shown: names.length,
    names: names.slice(0, NAMED_MAX).join(', '),
  });

const apply = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const reply: ApplyReply | ApplyFolderReply = await applyBundleFile(ledger, resolve(positional(parsed, 2, 'PATH')));
    const ofFiles = 'files' in reply ? reply.files.map((file) => `${file.name}: ${applyLine(file)}`) : [];
    const ofForeign = 'foreign' in reply && reply.foreign.length > 0 ? [foreignLine(reply.foreign)] : [];
    return tellingAccounts(ledger, {
      json: reply,
      lines: [...ofFiles, ...ofForeign, applyLine(reply)],
      isRefused: reply.quarantined !== null,
    });
  });

function previewLines(seen: BundlePreview): string[] {
  if (seen.missingParts.length > 0) return [`This is one part; the others are: ${seen.missingParts.join(', ')}.`];
  const from = seen.from === null ? [] : [`From ${seen.from.site}, ${seen.from.name}.`];
  const gaps = seen.missing.map(
    ({ device, from: first, upto }) => `Missing before it: entries ${first} to ${upto} of ${device.slice(0, 8)}.`,
  );
  if (seen.quarantined !== null)
    return [...from, `It would not be applied (${seen.quarantined.code}): ${whyOf(seen.quarantined)}`, ...gaps];
  return [
    ...from,
    ...(seen.asOfMs === null ? [] : [`As of ${new Date(seen.asOfMs).toISOString()}.`]),
    `It would apply ${seen.applied} entries; ${seen.skipped} are here already.`,
    ...seen.entries.map(({ type, count }) => `  ${type}: ${count}`),
    ...seen.conflicts.map(({ kind, subject }) => `Would open a case: ${kind}, ${subject}.`),
    `Findings after it: ${seen.findings}. Nothing was written.`,
  ];
}

const preview = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const seen = await previewBundle(ledger, resolve(positional(parsed, 2, 'PATH')));
    return { json: seen, lines: previewLines(seen), isRefused: seen.quarantined !== null };
  });

const waiting = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const reply = listWaiting(ledger);
    const files = reply.files.map(
      ({ id, name, site, code, message, isKept }) => `${id}  ${name}  ${site ?? '?'}  ${code}: ${message}${isKept ? '' : ' (not kept)'}`,
    );
    const parts = reply.parts.map(
      ({ id, parts: all, missing }) =>
        `${id}  parts of ${all}, ${missing.length === 0 ? 'all here, tried again after the next bundle' : `missing ${missing.join(', ')}`}`,
    );
    const discarded = reply.discarded.map(
      ({ id, name, site, code, person, reason, atMs }) =>
        `${id}  ${name || 'parts'}  ${site ?? '?'}  ${code ?? ''} discarded by ${person} ${new Date(atMs).toISOString()}: ${reason}`,
    );
    const lines = files.length + parts.length === 0 ? ['Nothing waits.'] : [...files, ...parts];
    return { json: reply, lines: parsed.options.all === true ? [...lines, ...discarded] : lines };
  });

const discard = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const reply = discardWaiting(ledger, { id: needed(parsed, 'id'), reason: needed(parsed, 'reason') });
    return { json: reply, lines: [`${reply.discarded} is discarded.`] };
  });

/** What anybody can see of a file: its size, and which part it is. */
function visibleOf(path: string) {
  const visible = { path, bytes: statSync(path).size, parts: 1 };
  const bytes = readSealed(path);
  if (!isPart(bytes)) return visible;
  const { part, parts, whole } = readPart(bytes);
  return { ...visible, part, parts, whole };
}

/** Without FILE only what anybody can see; with FILE the header, opened with its identity. */
async function inspect(parsed: Parsed): Promise<Answer> {
  const [, first, second] = parsed.positionals;
  const path = resolve(second ?? first ?? '');
  if (first === undefined || !existsSync(path)) throw new Refused({ code: 'fileMissing', file: path });
  const visible = visibleOf(path);
  const line = `${path}: ${visible.bytes} bytes${'part' in visible ? `, part ${visible.part} of ${visible.parts}` : ''}`;
  if (second === undefined || 'part' in visible) return { json: visible, lines: [line] };
  return withLedger(first, async (ledger) => {
    const { ranges, ...facts } = splitBundle(await openBytes(readSealed(path), identitiesOf(ledger.device))).header;
    const header = { ...facts, ranges: ranges.map(({ ck: _secret, ...range }) => range) };
    return { json: { ...visible, header }, lines: [line, JSON.stringify(header, null, 2)] };
  });
}

const VERBS: Readonly<Record<string, (parsed: Parsed) => Promise<Answer>>> = { create, inspect, preview, apply, waiting, discard };

export async function bundle(parsed: Parsed): Promise<Answer> {
  const verb = positional(parsed, 0, Object.keys(VERBS).join(', '));
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (run === undefined) throw new UsageError(`bundle takes ${Object.keys(VERBS).join(', ')}`);
  try {
    return await run(parsed);
  } catch (cause) {
    if (!(cause instanceof BundleRefused)) throw cause; // an inspection that cannot be made
    const quarantined = { code: cause.code, message: cause.message };
    return { json: { quarantined }, lines: [`It cannot be read (${cause.code}): ${cause.message}.`], isRefused: true };
  }
}
