import { type Entry, TEXT_FIELDS } from '../../../shared/domain/entries.ts';
import type { Payload } from './commitment.ts';
import { type Approval, approvalMessage, type Envelope, type Who } from './envelope.ts';
import { isSignedBy } from './keys.ts';

type Opened = Readonly<{ envelope: Envelope; payload: Payload }>;

/** The entry that opens a journal is signed by people whom only the entries after it name, up to the first head. */
const isNamedLater = ({ seq, type }: Envelope): boolean => seq === 1 && type === 'incarnation.opened';

/**
 * Proves the signatures of second persons in one journal, entry by entry: each with the key that this journal held for the
 * person at that point. Taking in and `verify` ask the same, so that nothing is taken in that no proof would pass afterwards.
 */
export class SecondSignatures {
  private readonly device: string;
  private readonly keyOf: Map<string, string>;
  /** Of the entry that opens the journal: who signed it and is not named yet. */
  private waiting: readonly Approval[] = [];
  private opening: Buffer | null = null;
  /** Whether an entry that only a later program understands may have named or renamed a person: then no signature is called false. */
  mayBeProvedLater: boolean;

  /**
   * @param keyOf the public key of each person, where the journal is held up to some entry already.
   * @param mayBeProvedLater whether some entry up to there is one that only a later program understands.
   */
  constructor(device: string, keyOf: ReadonlyMap<string, string> = new Map(), mayBeProvedLater = false) {
    this.device = device;
    this.keyOf = new Map(keyOf);
    this.mayBeProvedLater = mayBeProvedLater;
  }

  /** Takes the entry that comes next; answers the entry whose second signature turns out not to be valid, else null. */
  take({ envelope, payload }: Opened): number | null {
    const { auth } = payload.who as unknown as Who;
    const { seq, type, tv } = envelope;
    if (auth.length > 0) {
      const message = approvalMessage(this.device, { type, data: dataOf(payload) } as Entry);
      if (isNamedLater(envelope)) {
        this.opening = message;
        this.waiting = auth;
      } else if (!auth.every((approval) => this.isValid(approval, message))) return seq;
    }
    if (tv !== 1 || !Object.hasOwn(TEXT_FIELDS, type)) this.mayBeProvedLater = true;
    return type === 'person.put' && tv === 1 && !this.name(dataOf(payload) as { person: string; publicKey: string }) ? 1 : null;
  }

  /** Whether everybody who signed the entry that opens the journal was named: asked at each signed head. */
  get isComplete(): boolean {
    return this.waiting.length === 0;
  }

  private isValid({ usr, sig }: Approval, message: Buffer): boolean {
    const key = this.keyOf.get(usr);
    return key !== undefined && isSignedBy(key, 'adi/approve/1', message, Buffer.from(sig, 'base64url'));
  }

  /** False where the person signed the first entry, and with another key than the one that is named now. */
  private name({ person, publicKey }: { person: string; publicKey: string }): boolean {
    this.keyOf.set(person, publicKey);
    const { opening } = this;
    if (opening === null || this.isComplete) return true;
    const signed = this.waiting.filter(({ usr }) => usr === person);
    this.waiting = this.waiting.filter(({ usr }) => usr !== person);
    return signed.every((approval) => this.isValid(approval, opening));
  }
}

const dataOf = ({ exact, text }: Payload): object => ({ ...(exact as object), ...(text as object) });
