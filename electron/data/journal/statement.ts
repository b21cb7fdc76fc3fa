import { hash } from 'node:crypto';
import { z } from 'zod';
import { spokenWords } from '../keys/words.ts';
import { canonical, parseCanonical, plain } from './canonical.ts';
import { isSignedBy, type Signer } from './keys.ts';

const statementSchema = z.strictObject({
  v: z.literal(1),
  device: z.string().regex(/^[0-9a-f]{32}$/),
  incarnation: z.number().int().min(1),
  site: z.string().min(1).max(16),
  name: z.string().min(1).max(200),
  role: z.enum(['depot', 'authority', 'team']),
  /** Ed25519, base64url. */
  publicKey: z.string().length(43),
  /** age hybrid recipient. */
  recipient: z.string().startsWith('age1pq1').max(4000),
  /** age X25519 recipient, for networks whose trust list allows classic keys only. */
  classicRecipient: z
    .string()
    .regex(/^age1(?!pq1)[0-9a-z]+$/)
    .max(100)
    .optional(),
  createdAtMs: z.number().int().min(0),
  /** The journal that this one goes on from: the last entry of it that counts. Hash in base64url. */
  previous: z
    .strictObject({
      device: z.string().regex(/^[0-9a-f]{32}$/),
      incarnation: z.number().int().min(1),
      seq: z.number().int().min(0),
      head: z.string().length(43),
    })
    .optional(),
});
export type DeviceStatement = Readonly<z.infer<typeof statementSchema>>;
const signedSchema = z.strictObject({ statement: statementSchema, signature: z.base64url() });
const CONTEXT = 'adi/device/1';

/** What a device says of itself, signed by itself: it works before anybody has enrolled it. */
export const signStatement = (statement: DeviceStatement, sign: Signer): string => {
  const said = plain(statement); // what is left out is no member
  return canonical({ statement: said, signature: sign(CONTEXT, Buffer.from(canonical(said))).toString('base64url') });
};

const READ_MAX = 4_000;
const alreadyRead = new Map<string, DeviceStatement>();

/**
 * Null unless canonical, of the right form, and signed by the key that it names. A good one is checked once: every bundle,
 * range and list asks for it.
 */
export function readStatement(text: string): DeviceStatement | null {
  const known = alreadyRead.get(text);
  if (known !== undefined) return known;
  const statement = checkedStatement(text);
  if (statement !== null && alreadyRead.size < READ_MAX) alreadyRead.set(text, statement);
  return statement;
}

function checkedStatement(text: string): DeviceStatement | null {
  const parsed = signedSchema.safeParse(parseCanonical(text));
  if (!parsed.success) return null;
  const { statement, signature } = parsed.data;
  return isSignedBy(statement.publicKey, CONTEXT, Buffer.from(canonical(plain(statement))), Buffer.from(signature, 'base64url'))
    ? statement
    : null;
}

const digest = (context: string, text: string): Buffer => hash('sha256', Buffer.from(`${context}\0${text}`), 'buffer');

/** Hash 0 of the device's chain: the journal begins with who keeps it. */
export const genesisOf = (signedStatement: string): Buffer => digest('adi/genesis/1', signedStatement);
/** Eight words over the whole signed statement, for reading out over a second channel. */
export const fingerprintOf = (signedStatement: string): string => spokenWords(digest('adi/fingerprint/1', signedStatement));
