import type { EntryData } from '../../../shared/domain/entries.ts';
import { parseCanonical } from '../journal/canonical.ts';
import { caseId } from '../journal/caseId.ts';
import { readStatement } from '../journal/statement.ts';
import { readSigned, signedText } from '../journal/trustListForm.ts';
import type { Fold } from './project.ts';
import type { ProjectionStore } from './store.ts';

const SYNC_TYPES = [
  'partner.trusted',
  'recoveryRecipients.set',
  'range.accepted',
  'list.accepted',
  'device.revoked',
  'incarnation.opened',
  'case.opened',
  'case.decided',
  'bundle.discarded',
] as const satisfies readonly (keyof EntryData)[];

type CutOff = Readonly<{ stream: number; device: string; incarnation: number; seq: number; head: string | null }>;
/** A cut-off only moves back: what was refused once is not let in by a later entry. */
function cutOff(store: ProjectionStore, { stream, device, incarnation, seq, head }: CutOff): void {
  const row = store.get('partner', { stream, device, incarnation });
  if (row !== undefined && (row.cutOffSeq === null || seq < row.cutOffSeq))
    store.put('partner', { ...row, cutOffSeq: seq, cutOffHead: head });
}

/** Begins the setting that says what was let go of, by whom and why: a row an entry. */
export const DISCARDED = 'discarded.';
export const recoverySetting = (stream: number): string => `recoveryRecipients.${stream}`;

/** Who is trusted by whom, what was accepted, and what people decided between devices. */
export const SYNC_FOLDS: { [T in (typeof SYNC_TYPES)[number]]: Fold<T> } = {
  'partner.trusted': (store, data, { stream }) => {
    const statement = readStatement(data.statement);
    if (statement === null) return;
    const { device, incarnation, site, name, role } = statement;
    const known = store.get('partner', { stream, device, incarnation });
    if (known !== undefined && data.source === 'list') store.put('partner', { ...known, source: 'list' });
    if (known === undefined)
      store.put('partner', {
        stream,
        device,
        incarnation,
        site,
        name,
        role,
        statement: data.statement,
        source: data.source ?? 'pair',
        cutOffSeq: null,
        cutOffHead: null,
      });
  },
  'range.accepted': (store, { device, incarnation, from, upto, head, bundle }, { stream, seq }) =>
    store.put('acceptance', { stream, seq, device, incarnation, fromSeq: from, upto, head, bundle }),
  'list.accepted': (store, { list: text }, { stream }) => {
    const signed = readSigned(text);
    if (signed === null) return;
    store.put('trustList', { stream, version: signed.list.version, list: signedText(signed) });
    for (const { dev, inc, seq, head } of signed.list.revoked) cutOff(store, { stream, device: dev, incarnation: inc, seq, head });
  },
  // By journal: who else can read our bundles is not for another device of the site to say.
  'recoveryRecipients.set': (store, { recipients }, { site, stream }) =>
    store.put('setting', { site, name: recoverySetting(stream), value: JSON.stringify(recipients) }),
  'device.revoked': (store, { device, incarnation, seq, head }, { stream }) => cutOff(store, { stream, device, incarnation, seq, head }),
  'incarnation.opened': () => undefined,
  'case.opened': (store, { id, kind, subject, facts }, { site, recordedAtMs }) => {
    if (id !== caseId(kind, subject) || parseCanonical(facts) === null) return;
    // Two devices of one site may find the same: its id follows from what it is about, and the first one counts.
    if (store.get('conflictCase', { site, id }) !== undefined) return;
    store.put('conflictCase', {
      site,
      id,
      kind,
      subject,
      facts,
      openedAtMs: recordedAtMs,
      decision: null,
      reason: null,
      decidedAtMs: null,
      person: null,
      second: null,
    });
  },
  'case.decided': (store, { id, decision, reason }, { site, recordedAtMs, person, second }) => {
    const row = store.get('conflictCase', { site, id });
    if (row !== undefined) store.put('conflictCase', { ...row, decision, reason, decidedAtMs: recordedAtMs, person, second });
  },
  'bundle.discarded': (store, { sha, name, code, device, incarnation, reason }, { site, stream, seq, recordedAtMs, person }) =>
    store.put('setting', {
      site,
      name: `${DISCARDED}${stream}.${seq}`,
      value: JSON.stringify({ id: sha, name, code, device, incarnation, reason, person, atMs: recordedAtMs }),
    }),
};
