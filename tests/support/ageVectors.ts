import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { armor, Decrypter, generateHybridIdentity } from 'age-encryption';
import * as vectors from 'cctv-age';
import { BundleRefused } from '../../electron/data/sync/format.ts';
import { openBytes } from '../../electron/data/sync/seal.ts';

/** The test vectors of the age format that its author keeps for all implementations, and what each must come to. */
type Vector = Readonly<{
  expected: string;
  payload: string | undefined;
  identities: readonly string[];
  passphrases: readonly string[];
  isArmored: boolean;
  file: Buffer;
}>;
export type AgeVectorsReport = Readonly<{ tried: number; opened: number; faults: readonly string[] }>;

const KNOWN_KEYS = ['armored', 'comment', 'compressed', 'expect', 'file key', 'identity', 'passphrase', 'payload'];
const HEADER_END = '\n\n';
const REFUSED = 'refused';

function readVector(bytes: Uint8Array): Vector {
  const whole = Buffer.from(bytes);
  const end = whole.indexOf(HEADER_END);
  const lines = whole
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .map((line) => /^([^:]+): (.*)$/.exec(line) ?? []);
  const valuesOf = (wanted: string) => lines.flatMap(([, key, value]) => (key === wanted && value !== undefined ? [value] : []));
  const unknown = lines.filter(([, key]) => !KNOWN_KEYS.includes(key ?? ''));
  if (unknown.length > 0) throw new Error('a vector of a form that this reader does not know');
  const body = whole.subarray(end + HEADER_END.length);
  return {
    expected: valuesOf('expect')[0] ?? '',
    payload: valuesOf('payload')[0],
    identities: valuesOf('identity'),
    passphrases: valuesOf('passphrase'),
    isArmored: valuesOf('armored').includes('yes'),
    file: valuesOf('compressed').includes('zlib') ? inflateSync(body) : body,
  };
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The library with everything it can do: SHA-256 of what it gives, or that it gives nothing. */
async function byLibrary({ file, identities, passphrases, isArmored }: Vector): Promise<string> {
  try {
    const decrypter = new Decrypter();
    for (const passphrase of passphrases) decrypter.addPassphrase(passphrase);
    for (const identity of identities) decrypter.addIdentity(identity);
    return digestOf(await decrypter.decrypt(isArmored ? armor.decode(file.toString('utf8')) : file));
  } catch {
    return REFUSED;
  }
}

/** The way a bundle is opened: one identity, no passphrase, no armour. It must refuse with its own refusal and no other. */
async function asBundle(file: Buffer, identity: string): Promise<string> {
  try {
    return digestOf(await openBytes(file, identity));
  } catch (cause) {
    return cause instanceof BundleRefused && cause.code === 'E_NOT_FOR_US' ? REFUSED : `failed: ${cause}`;
  }
}

/** What goes otherwise than the vector says; nothing is right. */
async function faultsOf(name: string, vector: Vector, strangersIdentity: string): Promise<string[]> {
  const { expected, payload, identities, isArmored } = vector;
  const wanted = expected === 'success' ? (payload ?? 'no payload is stated') : REFUSED;
  const wantedAsBundle = isArmored ? REFUSED : wanted;
  const outcomes: [string, string, string][] = [['the library', wanted, await byLibrary(vector)]];
  for (const identity of identities) outcomes.push(['a bundle', wantedAsBundle, await asBundle(vector.file, identity)]);
  outcomes.push(['a bundle of somebody else', REFUSED, await asBundle(vector.file, strangersIdentity)]);
  return outcomes
    .filter(([, want, got]) => want !== got)
    .map(([how, want, got]) => `${name}, ${how}: ${got} and not ${want} (${expected})`);
}

/** Every vector, by the library and the way a bundle is opened. Runs in vitest and inside the window's own runtime. */
export async function checkAgeVectors(): Promise<AgeVectorsReport> {
  const strangersIdentity = await generateHybridIdentity();
  const faults: string[] = [];
  const named = Object.entries(vectors as Readonly<Record<string, Uint8Array>>).map(([name, bytes]) => [name, readVector(bytes)] as const);
  for (const [name, vector] of named) faults.push(...(await faultsOf(name, vector, strangersIdentity)));
  return { tried: named.length, opened: named.filter(([, { expected }]) => expected === 'success').length, faults };
}
