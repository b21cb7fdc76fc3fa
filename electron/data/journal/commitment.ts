import { createHmac, hash } from 'node:crypto';
import { canonical, type Plain } from './canonical.ts';

/** A payload in four groups, so that a group can be withheld from a reader while chain and signatures still verify. */
export type Payload = Readonly<{ coarse: Plain; exact: Plain; who: Plain; text: Plain }>;
/** The canonical text of each group. */
export type PayloadTexts = Readonly<Record<keyof Payload, string>>;

const GROUPS = ['coarse', 'exact', 'who', 'text'] as const;
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

export const payloadTexts = (payload: Payload): PayloadTexts => ({
  coarse: canonical(payload.coarse),
  exact: canonical(payload.exact),
  who: canonical(payload.who),
  text: canonical(payload.text),
});

/** The canonical text of the whole payload, from its groups: keys in their order. */
export const payloadText = (texts: PayloadTexts): string =>
  `{"coarse":${texts.coarse},"exact":${texts.exact},"text":${texts.text},"who":${texts.who}}`;

/**
 * The commitment that the envelope carries in place of the payload. Each group is salted from the device's commitment
 * key, so that a withheld lot number cannot be found by trying numbers.
 */
export function commitment(key: Buffer, device: string, incarnation: number, seq: number, texts: PayloadTexts): Buffer {
  const seed = createHmac('sha256', key).update(`${device}|${incarnation}|${seq}`).digest();
  const leaves = GROUPS.map((group) => {
    const salt = sha256(Buffer.concat([seed, Buffer.from(group)])).subarray(0, 16);
    return sha256(Buffer.concat([LEAF, salt, Buffer.from(`["${group}",${texts[group]}]`)]));
  });
  return sha256(Buffer.concat([NODE, ...leaves]));
}

/**
 * The texts of a payload that was parsed from canonical text: keys are in their order already, so writing them out again
 * gives the same bytes ten times as fast. The caller compares the whole with the text it parsed.
 */
export const parsedTexts = (payload: Payload): PayloadTexts => ({
  coarse: JSON.stringify(payload.coarse),
  exact: JSON.stringify(payload.exact),
  who: JSON.stringify(payload.who),
  text: JSON.stringify(payload.text),
});
