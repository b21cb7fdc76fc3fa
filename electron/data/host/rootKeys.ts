import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeDurably } from '../durableFiles.ts';
import { publicKeyOf, type Signer, signerOf } from '../journal/keys.ts';
import { KDF_COST_MIN, type KdfCost, makeSlot, newSlotFile, openSlots, slotFileSchema, stretch } from '../keys/slots.ts';
import { Refused } from '../refused.ts';

/** A root key in a file of its own, under a passphrase of its own: it never lies in a depot. */
const schema = z.strictObject({ v: z.literal(1), t: z.literal('root'), publicKey: z.string().length(43), keys: slotFileSchema });
type RootKeyFile = z.infer<typeof schema>;

export const PUBLIC_KEY = /^[A-Za-z0-9_-]{43}$/;
const PASSPHRASE_LENGTH_MIN = 8;

/** Makes a root key and writes it where nothing is yet. @returns its public key. */
export async function makeRootKey(path: string, passphrase: string, cost: KdfCost = KDF_COST_MIN): Promise<string> {
  if (existsSync(path)) throw new Refused({ code: 'fileExists', file: path });
  if (passphrase.length < PASSPHRASE_LENGTH_MIN) throw new Refused({ code: 'weakPassphrase', lengthMin: PASSPHRASE_LENGTH_MIN });
  const seed = randomBytes(32);
  const empty = newSlotFile(cost);
  const slot = makeSlot(empty, 'person', await stretch(passphrase, empty.kdf), seed, null);
  const publicKey = publicKeyOf(seed);
  seed.fill(0);
  writeDurably(path, `${JSON.stringify({ v: 1, t: 'root', publicKey, keys: { ...empty, slots: [slot] } } satisfies RootKeyFile)}\n`);
  return publicKey;
}

function readRootKey(path: string): RootKeyFile {
  if (!existsSync(path)) throw new Refused({ code: 'fileMissing', file: path });
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Refused({ code: 'badRootKey', detail: 'the file holds no root key, or is damaged' });
  }
}

/** The public key that a key file says; whether it is true shows when it signs. */
export const publicKeyIn = (path: string): string => readRootKey(path).publicKey;

/** @throws Refused: fileMissing, badRootKey, wrongPassphrase. */
export async function unlockRootKey(path: string, passphrase: string): Promise<{ publicKey: string; sign: Signer }> {
  const { keys, publicKey } = readRootKey(path);
  const [opened] = openSlots(keys, 'person', await stretch(passphrase, keys.kdf));
  if (opened === undefined) throw new Refused({ code: 'wrongPassphrase', waitSeconds: 0 });
  if (publicKeyOf(opened.dataKey) !== publicKey)
    throw new Refused({ code: 'badRootKey', detail: 'the public key in it is of another key' });
  return { publicKey, sign: signerOf(opened.dataKey) };
}
