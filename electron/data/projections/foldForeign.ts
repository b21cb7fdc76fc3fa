import { findLocal, keepLocal } from '../db/localSettings.ts';
import type { Sqlite } from '../db/open.ts';
import type { ProjectionName, ProjectionRow } from '../db/schema.ts';
import type { Payload } from '../journal/commitment.ts';
import { type Envelope, recordedOf, type StreamKeys } from '../journal/envelope.ts';
import { compareEntries, type EntryKey, runInOrder } from '../journal/order.ts';
import { inWriteTransaction, type Ledger, lookAgain, type WriteTx } from '../ledger.ts';
import { MapStore } from './mapStore.ts';
import { KNOWN_TYPES, NOT_UNDERSTOOD, project } from './project.ts';
import { type Cells, PROJECTION_NAMES, SHAPES } from './store.ts';

export type NewEntry = Readonly<{ envelope: Envelope; payload: Payload }>;
type Stream = Pick<StreamKeys, 'stream' | 'site'>;

/** Everything that a fold over all journals of a site makes; of the movements only those that are new in the file. */
class SiteStore extends MapStore {
  readonly newMovements: ProjectionRow<'movement'>[] = [];
  private readonly isNew: (stream: number, seq: number) => boolean;

  constructor(isNew: (stream: number, seq: number) => boolean) {
    super();
    this.isNew = isNew;
  }

  protected takeMovement(row: Cells): void {
    const movement = row as ProjectionRow<'movement'>;
    if (this.isNew(movement.stream, movement.seq)) this.newMovements.push(movement);
  }

  rowsOf(name: ProjectionName): Cells[] {
    return Array.from(this.tables[name].all(), ({ row }) => row);
  }
}

/** The last entry of each other stream of the site: what is folded already. */
function lastOfOthers(sqlite: Sqlite, { stream, site }: Stream): EntryKey[] {
  const others = sqlite.prepare('SELECT stream FROM stream WHERE site = ? AND stream <> ?').pluck().all(site, stream) as number[];
  const last = sqlite.prepare('SELECT event FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1').pluck();
  return others.flatMap((other) => {
    const event = last.get(other) as string | undefined;
    return event === undefined ? [] : [JSON.parse(event) as Envelope];
  });
}

function* foldStream(sqlite: Sqlite, keys: Stream, store: SiteStore): Generator<EntryKey, null> {
  const rows = sqlite.prepare('SELECT event, payload FROM entry WHERE stream = ? ORDER BY seq').raw();
  for (const [event, payload] of rows.iterate(keys.stream) as Iterable<readonly [string, string]>) {
    const envelope = JSON.parse(event) as Envelope;
    yield envelope;
    project(store, recordedOf(keys, envelope, JSON.parse(payload) as Payload), envelope.tv);
  }
  return null;
}

/** Rows of a partner or a person belong to the journal that names them, all others to the site. */
function removeRows(sqlite: Sqlite, site: string): void {
  for (const name of PROJECTION_NAMES) {
    if (name === 'movement') continue; // append-only: a row depends on its entry alone
    const { table, members } = SHAPES[name];
    const isOfSite = members.includes('stream') ? 'stream IN (SELECT stream FROM stream WHERE site = ?)' : 'site = ?';
    sqlite.prepare(`DELETE FROM "${table}" WHERE ${isOfSite}`).run(site);
  }
}

/** Folds all journals of a site anew, in their order, and puts the rows in the place of those that were there. */
function rebuildSite(tx: WriteTx, site: string, isNew: (stream: number, seq: number) => boolean): void {
  const streams = tx.sqlite.prepare('SELECT stream, site FROM stream WHERE site = ?').all(site) as Stream[];
  const store = new SiteStore(isNew);
  runInOrder(streams.map((keys) => foldStream(tx.sqlite, keys, store)));
  tx.store.forget(); // what is remembered was folded in another order
  removeRows(tx.sqlite, site);
  for (const row of store.newMovements) tx.store.put('movement', row);
  for (const name of PROJECTION_NAMES) for (const row of store.rowsOf(name)) tx.store.put(name, row as never);
  tx.store.forget(); // whoever kept a plan or a load looks again
}

/**
 * Folds entries of a stream that were just appended to its journal. All entries of a site fold in the order of
 * `compareEntries`, so that the projections are the same in whatever order journals arrive: where all of the new ones come
 * after everything folded they fold on, else the site's projections are made again from its journals.
 * The own clock moves past entries of the own site.
 *
 * @param entries in their order, all of them in the file; everything else in the file is folded.
 */
export function foldRange(tx: WriteTx, stream: StreamKeys, entries: readonly NewEntry[]): void {
  const [first] = entries;
  if (first === undefined) return;
  const comesLast = lastOfOthers(tx.sqlite, stream).every((folded) => compareEntries(folded, first.envelope) < 0);
  if (comesLast) for (const { envelope, payload } of entries) project(tx.store, recordedOf(stream, envelope, payload), envelope.tv);
  else rebuildSite(tx, stream.site, (of, seq) => of === stream.stream && seq >= first.envelope.seq);
  if (stream.stream === tx.device.stream) {
    tx.journal.refresh(); // the own stream came back: what is recorded from now on goes on from it
    lookAgain(tx);
  } else if (stream.site === tx.site) tx.journal.observe((entries.at(-1) as NewEntry).envelope.hlc);
}

const KNOWN_SETTING = 'knownTypes';

/** At opening: where this program knows more types than the one before, it folds the sites anew of which that one did not know all. */
export function foldAfterUpdate(ledger: Ledger): void {
  const { sqlite } = ledger;
  if (ledger.readOnly !== null || findLocal(ledger, KNOWN_SETTING) === KNOWN_TYPES.join(' ')) return;
  const hasMovement = sqlite.prepare('SELECT 1 FROM movement WHERE stream = ? AND seq = ?');
  inWriteTransaction(ledger, (tx) => {
    const incomplete = sqlite.prepare('SELECT DISTINCT site FROM setting WHERE substr(name, 1, ?) = ?').pluck();
    const sites = incomplete.all(NOT_UNDERSTOOD.length, NOT_UNDERSTOOD) as string[];
    for (const site of sites) rebuildSite(tx, site, (stream, seq) => hasMovement.get(stream, seq) === undefined);
    keepLocal(tx, KNOWN_SETTING, KNOWN_TYPES.join(' '));
  });
}
