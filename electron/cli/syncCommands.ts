import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { applyBundleFile, createBundle, secondPerson } from '../data/host/operations.ts';
import { readTrustFile } from '../data/host/trustHandlers.ts';
import { Refused } from '../data/refused.ts';
import { trustPartner } from '../data/services/partners.ts';
import { openBundleFile } from '../data/sync/exportBundle.ts';
import { splitBundle } from '../data/sync/format.ts';
import { identitiesOf } from '../data/sync/seal.ts';
import { needed, optional, type Parsed, positional } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';
import { showProgress, withLedger } from './openFile.ts';
import { secondOf } from './second.ts';

export const trust = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), async (ledger) => {
    const second = await secondPerson(ledger, await secondOf(parsed));
    const trusted = trustPartner(ledger, readTrustFile(positional(parsed, 1, 'PATH')), optional(parsed, 'fingerprint'), second);
    return { json: trusted, lines: [`${trusted.trusted} (${trusted.role}) is trusted: ${trusted.fingerprint}`] };
  });

const create = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const { parts } = await createBundle(ledger, needed(parsed, 'to'), resolve(needed(parsed, 'out')), showProgress('bundle'));
    const [first] = parts as [(typeof parts)[number]];
    const whole = {
      path: first.path,
      bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
      entries: parts.reduce((sum, part) => sum + part.entries, 0),
      from: first.from,
      upto: parts.at(-1)?.upto,
    };
    return {
      json: { ...whole, ...(parts.length > 1 ? { parts } : {}) },
      lines: parts.map((part) => `${part.path}: entries ${part.from} to ${part.upto}, ${part.bytes} bytes`),
    };
  });

const apply = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const reply = await applyBundleFile(ledger, resolve(positional(parsed, 2, 'PATH')));
    const line =
      reply.quarantined === null
        ? `Applied ${reply.applied} entries, ${reply.skipped} were here already.`
        : `Nothing was applied (${reply.quarantined.code}): ${reply.quarantined.message}.`;
    return { json: reply, lines: [line], isRefused: reply.quarantined !== null };
  });

/** Without FILE only what anybody can see; with FILE the header, opened with its identity. */
async function inspect(parsed: Parsed): Promise<Answer> {
  const [, first, second] = parsed.positionals;
  const path = resolve(second ?? first ?? '');
  if (first === undefined || !existsSync(path)) throw new Refused({ code: 'fileMissing', file: path });
  const visible = { path, bytes: statSync(path).size, parts: 1 };
  if (second === undefined) return { json: visible, lines: [`${path}: ${visible.bytes} bytes`] };
  return withLedger(first, async (ledger) => {
    const { ranges, ...facts } = splitBundle(await openBundleFile(path, identitiesOf(ledger.device))).header;
    const header = { ...facts, ranges: ranges.map(({ ck: _secret, ...range }) => range) };
    return { json: { ...visible, header }, lines: [`${path}: ${visible.bytes} bytes`, JSON.stringify(header, null, 2)] };
  });
}

export function bundle(parsed: Parsed): Promise<Answer> {
  const verb = positional(parsed, 0, 'create, inspect or apply');
  if (verb === 'create') return create(parsed);
  if (verb === 'apply') return apply(parsed);
  if (verb === 'inspect') return inspect(parsed);
  throw new UsageError('bundle takes create, inspect or apply');
}
