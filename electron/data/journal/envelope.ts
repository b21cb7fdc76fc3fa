import { hash } from 'node:crypto';
import { type Entry, type RecordedEntry, TEXT_FIELDS } from '../../../shared/domain/entries.ts';
import { canonical, type Plain, plain } from './canonical.ts';
import { type Committer, type Payload, payloadText, payloadTexts } from './commitment.ts';
import { type ByteText, Message, NO_HASH } from './digest.ts';
import type { HybridTime } from './hybridClock.ts';

/** The chained part of an entry: who, where in the chain, when, what kind, and a commitment in place of the payload. */
export type Envelope = Readonly<{
  v: 1;
  dev: string;
  inc: number;
  seq: number;
  hlc: HybridTime;
  rec: number;
  type: string;
  tv: number;
  pc: string;
}>;
export type Approval = Readonly<{ usr: string; sig: string }>;
export type Who = Readonly<{ usr: string; auth: readonly Approval[] }>;

/** One stream as the journal needs it: the device, its place in this file and the key of its commitments. */
export type StreamKeys = Readonly<{ stream: number; site: string; device: string; incarnation: number; commitmentKey: Buffer }>;
export type SealedEntry = Readonly<{ event: string; payload: string; hash: ByteText }>;

const CONTEXT = 'adi/ev/1\0';
const chained = new Message(CONTEXT + NO_HASH);
export const chainHash = (previous: ByteText, event: string): ByteText => chained.put(CONTEXT.length, previous).hashWith(event);

/** Splits what an entry says into the groups of its payload. */
export function groupsOf(entry: Entry, who: Who, coarse: Readonly<Record<string, Plain>>): Payload {
  const textFields = TEXT_FIELDS[entry.type];
  const members = Object.entries(plain(entry.data) as Record<string, Plain>);
  const pick = (isText: boolean) => Object.fromEntries(members.filter(([name]) => textFields.includes(name) === isText));
  return { coarse, exact: pick(false), text: pick(true), who: who as unknown as Plain };
}

/** What a second person signs: the content, bound to the device that records it. Ids inside make it good for one use. */
export const approvalMessage = (device: string, entry: Entry): Buffer =>
  hash('sha256', Buffer.from(canonical({ device, type: entry.type, data: plain(entry.data) })), 'buffer');

/** Characters of a payload. A larger one could not travel: nobody would ever read what follows it in the journal. */
export const PAYLOAD_LENGTH_MAX = 64 * 1024;

export const envelopeText = (envelope: Envelope): string => canonical(envelope as unknown as Plain);

export function sealEntry(
  keys: Pick<StreamKeys, 'device' | 'incarnation'> & Readonly<{ commit: Committer }>,
  at: Omit<Envelope, 'v' | 'dev' | 'inc' | 'pc'>,
  payload: Payload,
  previous: ByteText,
): SealedEntry {
  const texts = payloadTexts(payload);
  const event = envelopeText({ v: 1, dev: keys.device, inc: keys.incarnation, ...at, pc: keys.commit(at.seq, texts) });
  return { event, payload: payloadText(texts), hash: chainHash(previous, event) };
}

/** Reads an entry whose bytes were already checked. Data of a later version passes through as it is. */
export function recordedOf(keys: Pick<StreamKeys, 'stream' | 'site'>, envelope: Envelope, payload: Payload): RecordedEntry {
  const who = payload.who as unknown as Who;
  const data = { ...(payload.exact as object), ...(payload.text as object) };
  return {
    type: envelope.type,
    data,
    site: keys.site,
    stream: keys.stream,
    seq: envelope.seq,
    recordedAtMs: envelope.rec,
    person: who.usr,
    second: who.auth[0]?.usr ?? null,
  } as RecordedEntry;
}
