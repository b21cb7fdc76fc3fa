import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import { writeDurably } from '../durableFiles.ts';
import { Refused } from '../refused.ts';
import { besideFile, readIfThere } from './files.ts';

/** Argon2id cost; at least 64 MiB and three passes, stored with the slots and bound into every one of them. */
export type KdfCost = Readonly<{ memoryKib: number; passes: number }>;
export const KDF_COST_MIN: KdfCost = { memoryKib: 65_536, passes: 3 };

const sealed = z.strictObject({ iv: z.base64url(), box: z.base64url() });
const slotSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  kind: z.enum(['person', 'recovery']),
  /** The data key of the file. */
  dataKey: sealed,
  /** The person's signing seed: opening the file does not yet allow signing as somebody else. */
  signingSeed: sealed.nullable(),
});
export const slotFileSchema = z.strictObject({
  v: z.literal(1),
  cipher: z.literal('sqlcipher4-raw'),
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    memoryKib: z.number().int().min(KDF_COST_MIN.memoryKib).max(4_194_304),
    passes: z.number().int().min(KDF_COST_MIN.passes).max(64),
    salt: z.base64url().length(22),
  }),
  slots: z.array(slotSchema).max(1000),
});
export type Slot = z.infer<typeof slotSchema>;
export type SlotFile = z.infer<typeof slotFileSchema>;
export type Unwrapped = Readonly<{ slot: string; dataKey: Buffer; signingSeed: Buffer | null }>;

const KEY_LENGTH = 32;
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** What a box is bound to: its slot, its purpose and the cost, so that none of them can be exchanged or lowered. */
const boundTo = (file: SlotFile, slot: string, purpose: string) =>
  Buffer.from(JSON.stringify(['depot-slot', file.v, file.cipher, file.kdf, slot, purpose]));

function seal(key: Buffer, plain: Uint8Array, bound: Buffer): z.infer<typeof sealed> {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound);
  return { iv: base64url(iv), box: base64url(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])) };
}

/** Null where the key does not fit: the tag is the only judge. A box that was damaged must not keep the others shut. */
function unseal(key: Buffer, box: z.infer<typeof sealed>, bound: Buffer): Buffer | null {
  const bytes = Buffer.from(box.box, 'base64url');
  const iv = Buffer.from(box.iv, 'base64url');
  if (bytes.length < 16 || iv.length !== 12) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(bound).setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
  } catch {
    return null;
  }
}

/** One key per slot and purpose from the stretched secret; the salt is one per file, since no name is readable before unlocking. */
const keyFor = (stretched: Uint8Array, slot: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', stretched, '', `depot/${purpose}/${slot}`, KEY_LENGTH));

/** Passphrase → 32 bytes. NFKC first, so that the same keys typed on another machine give the same bytes. */
export async function stretch(passphrase: string, kdf: SlotFile['kdf']): Promise<Uint8Array> {
  return argon2id({
    password: passphrase.normalize('NFKC'),
    salt: Buffer.from(kdf.salt, 'base64url'),
    parallelism: 1,
    iterations: kdf.passes,
    memorySize: kdf.memoryKib,
    hashLength: KEY_LENGTH,
    outputType: 'binary',
  });
}

export const newSlotFile = (cost: KdfCost): SlotFile => ({
  v: 1,
  cipher: 'sqlcipher4-raw',
  kdf: { name: 'argon2id', memoryKib: cost.memoryKib, passes: cost.passes, salt: base64url(randomBytes(16)) },
  slots: [],
});

/** A slot that `stretched` opens. The recovery slot takes the 32 bytes of the words as they are: they are no passphrase. */
export function makeSlot(
  file: SlotFile,
  kind: Slot['kind'],
  stretched: Uint8Array,
  dataKey: Uint8Array,
  signingSeed: Uint8Array | null,
): Slot {
  return sealAgain(file, { slot: randomBytes(16).toString('hex'), kind, stretched, signingSeed }, dataKey);
}

/** The slot of an id that is in the register already, around another data key. */
export function sealAgain(
  file: SlotFile,
  {
    slot: id,
    kind,
    stretched,
    signingSeed,
  }: Readonly<{ slot: string; kind: Slot['kind']; stretched: Uint8Array; signingSeed: Uint8Array | null }>,
  dataKey: Uint8Array,
): Slot {
  const box = (purpose: string, plain: Uint8Array) => seal(keyFor(stretched, id, purpose), plain, boundTo(file, id, purpose));
  return { id, kind, dataKey: box('data', dataKey), signingSeed: signingSeed === null ? null : box('sign', signingSeed) };
}

/** Every slot that `stretched` opens, in the order of the file: after a change of passphrase an old one may still lie there. */
export function openSlots(file: SlotFile, kind: Slot['kind'], stretched: Uint8Array): Unwrapped[] {
  return file.slots.flatMap((slot) => {
    if (slot.kind !== kind) return [];
    const dataKey = unseal(keyFor(stretched, slot.id, 'data'), slot.dataKey, boundTo(file, slot.id, 'data'));
    if (dataKey === null) return [];
    const signingSeed = slot.signingSeed && unseal(keyFor(stretched, slot.id, 'sign'), slot.signingSeed, boundTo(file, slot.id, 'sign'));
    return [{ slot: slot.id, dataKey, signingSeed }];
  });
}

function parseSlotFile(text: string | null): SlotFile | null {
  if (text === null) return null;
  try {
    return slotFileSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Reads the first copy, else the second. One damaged file must not cost a whole history. */
export function readSlotFile(file: string): SlotFile {
  const { keys, keysCopy } = besideFile(file);
  const found = parseSlotFile(readIfThere(keys)) ?? parseSlotFile(readIfThere(keysCopy));
  if (found === null) throw new Refused({ code: 'fileDamaged', detail: 'both key slot files are missing or damaged' });
  return found;
}

export function writeSlotFile(file: string, slots: SlotFile): void {
  const { keys, keysCopy } = besideFile(file);
  const text = `${JSON.stringify(slots)}\n`;
  writeDurably(keys, text);
  writeDurably(keysCopy, text);
}

const TARGET_MS = 500;
const PASSES_MAX = 12;

/** The minimum cost, raised where this machine is quick: an attacker's machine will be quicker still. */
export async function measureCost(nowMs: () => number): Promise<KdfCost> {
  const startedAtMs = nowMs();
  await stretch('measure', newSlotFile(KDF_COST_MIN).kdf);
  const passMs = Math.max(1, nowMs() - startedAtMs) / KDF_COST_MIN.passes;
  return { ...KDF_COST_MIN, passes: Math.min(PASSES_MAX, Math.max(KDF_COST_MIN.passes, Math.floor(TARGET_MS / passMs))) };
}
