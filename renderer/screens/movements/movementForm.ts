import type { InputOf } from '../../../shared/contract/procedures.ts';
import type { MovementKindChoice } from '../../../shared/contract/views.ts';
import { type LotIdentity, UNKNOWN } from '../../../shared/domain/model.ts';
import { instantOf } from '../../format/dates.ts';

export type Kind = MovementKindChoice;
/** The kinds that a person chooses; a reversal is begun at the entry that it undoes. */
export const kinds = ['receipt', 'issue', 'move', 'return', 'expend', 'condition'] as const satisfies readonly Kind[];

const names = [
  'id',
  'kind',
  'item',
  'lot',
  'lotId',
  'newLot',
  'identity',
  'maker',
  'made',
  'lifeUntil',
  'from',
  'to',
  'quantity',
  'condition',
  'fromCondition',
  'owner',
  'holder',
  'happenedAt',
  'reason',
  'reverses',
  'voucher',
  'override',
  'second',
] as const;
export type FieldName = (typeof names)[number];
/** Everything as text, exactly as typed: it is what the draft keeps. */
export type Content = Readonly<Record<FieldName, string>>;
export type MovementRequest = InputOf<'movement.post'>['request'];

/** In the order in which they stand and in which Enter goes through them. */
export const fieldsOf: Readonly<Record<Kind, readonly FieldName[]>> = {
  receipt: ['item', 'lot', 'from', 'to', 'quantity', 'condition', 'owner', 'holder', 'happenedAt', 'reason'],
  issue: ['item', 'lot', 'from', 'to', 'quantity', 'happenedAt', 'reason'],
  move: ['item', 'lot', 'from', 'to', 'quantity', 'happenedAt', 'reason'],
  return: ['item', 'lot', 'from', 'to', 'quantity', 'condition', 'happenedAt', 'reason'],
  expend: ['item', 'lot', 'from', 'quantity', 'happenedAt', 'reason'],
  condition: ['item', 'lot', 'from', 'quantity', 'condition', 'happenedAt', 'reason'],
  reverse: ['reason', 'happenedAt'],
};

const mayStayEmpty: ReadonlySet<FieldName> = new Set(['happenedAt', 'reason']);

/** Kinds that take from a holding that is there, so that its condition, owner and holder go along. */
export const takesFromHolding = (kind: Kind): boolean => kind === 'issue' || kind === 'move' || kind === 'expend' || kind === 'condition';

export const isKind = (text: string): text is Kind => text in fieldsOf;
export const kindOf = (content: Content): Kind => (isKind(content.kind) ? content.kind : 'receipt');

export function emptyContent(id: string, kind: Kind = 'receipt'): Content {
  const blank = Object.fromEntries(names.map((name) => [name, ''])) as Record<FieldName, string>;
  return { ...blank, id, kind };
}

/** Takes what it knows from a draft or an address; both are text from outside. */
export function contentFrom(stored: Readonly<Record<string, string>>, id: string): Content {
  const known = Object.fromEntries(names.filter((name) => stored[name]).map((name) => [name, stored[name]]));
  const content: Content = { ...emptyContent(id), ...known };
  return isKind(content.kind) ? content : { ...content, kind: 'receipt' };
}

/** Whether somebody typed something that would be a pity to lose. */
export const isWorthKeeping = (stored: Readonly<Record<string, string>>): boolean =>
  (['item', 'lot', 'lotId', 'quantity', 'from', 'to', 'reason', 'reverses'] as const).some((name) => (stored[name] ?? '') !== '');

/** A change takes with it what depended on the old value: another item has other lots, another lot lies elsewhere. */
export function changed(content: Content, part: Partial<Content>): Content {
  const noHolding = takesFromHolding(kindOf(content)) ? heapFields : {};
  if (part.kind !== undefined && part.kind !== content.kind) return { ...content, ...heapFields, to: '', ...part };
  // A code that was typed small and is written large is the same item.
  if (part.item !== undefined && part.item.toLowerCase() !== content.item.toLowerCase()) {
    return { ...content, lot: '', ...noLot, ...noHolding, ...part };
  }
  const isOtherLot = part.lot !== undefined && part.lot !== content.lot && part.lotId === undefined && part.newLot === undefined;
  return isOtherLot ? { ...content, ...noLot, ...noHolding, ...part } : { ...content, ...part };
}

const heapFields: Partial<Content> = { from: '', condition: '', fromCondition: '', owner: '', holder: '' };
const noLot: Partial<Content> = { lotId: '', newLot: '', identity: '' };

/** A lot that the receipt makes: its text is not in the books yet, or there is none that can be read. */
export const isNewLot = (content: Content): boolean => kindOf(content) === 'receipt' && content.lotId === '' && content.newLot !== '';

/** Only a lot with something to read on it can be known. */
export const identitiesFor = (lotText: string): readonly LotIdentity[] =>
  lotText.trim() === '' ? ['unknown', 'none', 'mixed'] : ['known', 'mixed'];
export const identityOf = (content: Content): LotIdentity => {
  const allowed = identitiesFor(content.lot);
  return allowed.find((identity) => identity === content.identity) ?? allowed[0] ?? 'unknown';
};

/** Outside a receipt the service also finds a lot by its text; a receipt must say which lot, or that it is a new one. */
const isLotGiven = (content: Content): boolean =>
  content.lotId !== '' || (kindOf(content) === 'receipt' ? isNewLot(content) : content.lot.trim() !== '');

const newLotFields: readonly FieldName[] = ['maker', 'made', 'lifeUntil'];

/** What is still needed before it makes sense to ask what would happen. */
export function missingFields(content: Content): readonly FieldName[] {
  const kind = kindOf(content);
  if (kind === 'reverse') return content.reason.trim() === '' ? ['reason'] : [];
  const wanted = fieldsOf[kind].flatMap((name) => (name === 'lot' && isNewLot(content) ? [name, ...newLotFields] : [name]));
  return wanted.filter((name) => {
    if (mayStayEmpty.has(name)) return false;
    return name === 'lot' ? !isLotGiven(content) : content[name].trim() === '';
  });
}

const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** Leaves out what is not given: the service then takes it from the only holding that matches. */
export function requestOf(content: Content): MovementRequest {
  const kind = kindOf(content);
  const happenedAtMs = instantOf(content.happenedAt) ?? undefined;
  const common = { id: content.id, kind, reason: given(content.reason), happenedAtMs, override: given(content.override) };
  if (kind === 'reverse') return withoutUndefined({ ...common, reverses: given(content.reverses) });
  return withoutUndefined({
    ...common,
    item: given(content.item),
    ...lotOf(content),
    from: given(content.from),
    to: kind === 'condition' ? undefined : given(content.to),
    quantity: given(content.quantity),
    condition: given(content.condition),
    fromCondition: kind === 'condition' ? given(content.fromCondition) : undefined,
    owner: given(content.owner),
    holder: given(content.holder),
  });
}

const orUnknown = (text: string): string | null => (text.trim() === '' || text === UNKNOWN ? null : text.trim());

function lotOf(content: Content): Pick<MovementRequest, 'lot' | 'lotId' | 'newLot'> {
  if (!isNewLot(content)) return content.lotId === '' ? { lot: content.lot.trim() } : { lotId: content.lotId };
  const { lot, maker, made, lifeUntil } = content;
  return {
    newLot: {
      text: lot.trim(),
      identity: identityOf(content),
      maker: orUnknown(maker),
      made: orUnknown(made),
      lifeUntil: orUnknown(lifeUntil),
    },
  };
}

const withoutUndefined = (request: MovementRequest): MovementRequest =>
  Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as MovementRequest;

export const isUnknown = (text: string): boolean => text === UNKNOWN;
