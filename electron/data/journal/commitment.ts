import { canonical, isInOrder, type Plain } from './canonical.ts';
import { HASH_SIZE, hmacSha256, Message, NO_HASH } from './digest.ts';

/** A payload in four groups, so that a group can be withheld from a reader while chain and signatures still verify. */
export type Payload = Readonly<{ coarse: Plain; exact: Plain; who: Plain; text: Plain }>;
/** The canonical text of each group. */
export type PayloadTexts = Readonly<Record<keyof Payload, string>>;
/** The commitment to the payload of one entry, base64url. */
export type Committer = (seq: number, texts: PayloadTexts) => string;

const GROUPS = ['coarse', 'exact', 'who', 'text'] as const;
const LEAF = '\x00';
const NODE = '\x01';
const SALT_SIZE = 16;
const NO_SALT = '\0'.repeat(SALT_SIZE);

export const payloadTexts = (payload: Payload): PayloadTexts => ({
  coarse: canonical(payload.coarse),
  exact: canonical(payload.exact),
  who: canonical(payload.who),
  text: canonical(payload.text),
});

/** Half of a character outside the first plane, as JSON writes it: such a text has no canonical form. */
const HALF_CHARACTER = '\\ud';

/** The same for a payload that was parsed from `whole`. */
export function payloadTextsOf(payload: Payload, whole: string): PayloadTexts {
  if (whole.includes(HALF_CHARACTER) || !isInOrder(payload)) return payloadTexts(payload);
  const { coarse, exact, who, text } = payload;
  return { coarse: JSON.stringify(coarse), exact: JSON.stringify(exact), who: JSON.stringify(who), text: JSON.stringify(text) };
}

/** The canonical text of the whole payload, from its groups: keys in their order. */
export const payloadText = (texts: PayloadTexts): string =>
  `{"coarse":${texts.coarse},"exact":${texts.exact},"text":${texts.text},"who":${texts.who}}`;

/**
 * Makes the commitments that the envelopes of one stream carry in place of the payloads. Each group is salted from the
 * device's commitment key, so that a withheld lot number cannot be found by trying numbers.
 */
export function committerOf(commitmentKey: Buffer, device: string, incarnation: number): Committer {
  const seedOf = hmacSha256(commitmentKey);
  const groups = GROUPS.map((group) => ({
    group,
    salt: new Message(NO_HASH + group),
    leaf: new Message(`${LEAF}${NO_SALT}["${group}",`),
  }));
  const root = new Message(NODE + NO_HASH.repeat(GROUPS.length));
  return (seq, texts) => {
    const seed = seedOf(`${device}|${incarnation}|${seq}`);
    let at = NODE.length;
    for (const { group, salt, leaf } of groups) {
      leaf.put(LEAF.length, salt.put(0, seed).hash(), SALT_SIZE);
      root.put(at, leaf.hashWith(texts[group], ']'));
      at += HASH_SIZE;
    }
    return root.hashBase64url();
  };
}

/**
 * The texts of a payload as it was read, null where they cannot be its texts. The small groups are written out again,
 * their keys being in order already; the large one is what is left of the whole. A text that is not the recorded one
 * differs from the commitment, which the caller compares.
 */
export function textsOf(payload: Payload, whole: string): PayloadTexts | null {
  const [coarse, who, text] = [JSON.stringify(payload.coarse), JSON.stringify(payload.who), JSON.stringify(payload.text)];
  const before = `{"coarse":${coarse},"exact":`;
  const after = `,"text":${text},"who":${who}}`;
  if (!whole.startsWith(before) || !whole.endsWith(after)) return null;
  return { coarse, exact: whole.slice(before.length, whole.length - after.length), who, text };
}
