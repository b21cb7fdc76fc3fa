import { eq, sql } from 'drizzle-orm';
import { person, setting, waiver } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared } from './prepared.ts';

const value = sql.placeholder;

const waiversOf = prepared((db) =>
  db
    .select()
    .from(waiver)
    .where(eq(waiver.site, value('site')))
    .prepare(),
);
/** Every waiver that was ever granted, the expired and the withdrawn too. */
export const listWaivers = (ledger: Ledger, site: string) => waiversOf(ledger).all({ site });
/** Waivers that nobody withdrew and that hold on this day. */
export const listWaiversInForce = (ledger: Ledger, site: string, today: string) =>
  listWaivers(ledger, site).filter(({ until, withdrawnAtMs }) => until >= today && withdrawnAtMs === null);

export type Person = Readonly<{
  site: string;
  person: string;
  publicKey: string;
  slot: string;
  roles: readonly string[];
  isActive: boolean;
}>;
const personOf = (row: typeof person.$inferSelect): Person => ({
  ...row,
  roles: JSON.parse(row.roles) as string[],
  isActive: row.isActive === 1,
});

const peopleOf = prepared((db) =>
  db
    .select()
    .from(person)
    .where(eq(person.stream, value('stream')))
    .orderBy(person.person)
    .prepare(),
);
/** The people of this file: those whom its own journal names. Key slots open one file only, and every device may have an `admin`. */
export const listPeople = (ledger: Pick<Ledger, 'db' | 'device'>): readonly Person[] =>
  peopleOf(ledger).all({ stream: ledger.device.stream }).map(personOf);

const settingsOf = prepared((db) =>
  db
    .select()
    .from(setting)
    .where(eq(setting.site, value('site')))
    .orderBy(setting.name)
    .prepare(),
);
export const listSettings = (ledger: Ledger, site: string) => settingsOf(ledger).all({ site });
