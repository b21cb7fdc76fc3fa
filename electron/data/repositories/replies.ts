import { eq, sql } from 'drizzle-orm';
import { reply } from '../db/schema.ts';
import type { Ledger, WriteTx } from '../ledger.ts';
import { prepared } from './prepared.ts';

const byId = prepared((db) =>
  db
    .select()
    .from(reply)
    .where(eq(reply.id, sql.placeholder('id')))
    .prepare(),
);
/** What was answered to a request with this id. */
export const findReply = (ledger: Ledger, id: string) => byId(ledger).get({ id });

const insert = prepared((db) =>
  db
    .insert(reply)
    .values({ id: sql.placeholder('id'), requestHash: sql.placeholder('requestHash'), reply: sql.placeholder('reply') })
    .prepare(),
);
export function saveReply(tx: WriteTx, id: string, requestHash: Buffer, text: string): void {
  insert(tx).run({ id, requestHash, reply: text });
}
