import type { TFunction } from 'i18next';
import type { LotPage } from '../../../shared/contract/views.ts';
import { UNKNOWN } from '../../../shared/domain/model.ts';
import { instantOf } from '../../format/dates.ts';
import type { Format } from '../../format/format.ts';
import { type Content, identityOf, isNewLot, kindOf } from './movementForm.ts';

/** In words what posting this would do, or did. */
export function sentenceFor(tense: 'willDo' | 'asked', content: Content, page: LotPage | null, t: TFunction, format: Format): string {
  const kind = kindOf(content);
  const word = (code: string): string => (code === UNKNOWN || code === '' ? t('value.unknown') : code);
  const quantity = /^\d+$/.test(content.quantity.trim()) ? format.number(Number(content.quantity)) : content.quantity;
  const atMs = instantOf(content.happenedAt);
  const identity = page?.lot.identity ?? (isNewLot(content) ? identityOf(content) : 'known');
  const lotText =
    content.lot.trim() === ''
      ? t(`identity.${identity}`)
      : t(isNewLot(content) ? 'willDo.newLot' : 'willDo.lot', { lot: content.lot.trim() });
  const sentence = t(`willDo.${kind}`, {
    quantity: `${quantity} ${page?.lot.unit ?? ''}`.trim(),
    item: content.item,
    lot: lotText,
    from: content.from,
    to: content.to,
    condition: word(content.condition),
    fromCondition: word(content.fromCondition),
    owner: word(content.owner),
    holder: word(content.holder),
    voucher: content.voucher || content.reverses,
  });
  const when = atMs === null ? '' : ` ${t('willDo.when', { time: format.time(atMs) })}`;
  return tense === 'willDo' ? `${sentence}${when}` : sentence;
}
