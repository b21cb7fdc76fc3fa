import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../shared/contract/views.ts';
import { OUTSIDE } from '../../../shared/domain/model.ts';
import { useAnswer } from '../../api/answers.ts';
import type { Choice } from '../../components/form/TypeAhead.tsx';
import { useFormat } from '../../format/format.ts';

const pauseMs = 80;
const shownMax = 30;
const none: readonly Choice[] = [];
/** The id of the choice that makes a lot. */
export const newLotChoice = 'new';

export function useItemChoices(text: string): readonly Choice[] {
  const [search] = useDebouncedValue(text.trim(), pauseMs);
  const { reply } = useAnswer('item.choices', { search, limit: shownMax });
  return useMemo(
    () =>
      reply?.ok
        ? reply.value.map((item) => ({
            id: `${item.site} ${item.item}`,
            value: item.item,
            label: item.item,
            hint: item.name,
            end: item.hazardCode ?? '',
          }))
        : none,
    [reply],
  );
}

/** Places that the ledger itself uses; nobody brings anything from the opening stock or back from what is expended. */
const notChosen: ReadonlySet<string> = new Set([OUTSIDE.opening, OUTSIDE.expended]);

/** Inside places for what lies in the depot, external ones for where it comes from or goes to. */
export function usePlaceChoices(text: string, side: 'inside' | 'outside'): readonly Choice[] {
  const [search] = useDebouncedValue(text.trim(), pauseMs);
  const { reply } = useAnswer('place.choices', { search, limit: 200 });
  return useMemo(() => {
    if (!reply?.ok) return none;
    const wanted = reply.value.filter(({ kind, place }) =>
      side === 'outside' ? kind === 'external' && !notChosen.has(place) : kind === 'store' || kind === 'bay',
    );
    return wanted
      .slice(0, shownMax)
      .map((place) => ({ id: `${place.site} ${place.place}`, value: place.place, label: place.place, hint: place.name }));
  }, [reply, side]);
}

/** `mayMake`: a text that no lot bears can be taken as a new lot. */
export function useLotChoices(item: string, text: string, mayMake: boolean): readonly Choice[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { reply, isEarlier } = useAnswer('lot.choices', { item: item.trim() }, item.trim() !== '');
  return useMemo(() => {
    if (!reply?.ok || isEarlier || item.trim() === '') return none;
    const wanted = text.trim().toLowerCase();
    const matching = reply.value.filter((lot) => lot.text.toLowerCase().includes(wanted));
    const made =
      mayMake && wanted !== ''
        ? [{ id: newLotChoice, value: text.trim(), label: text.trim(), hint: t('field.makeLot'), isOffer: true }]
        : [];
    const known = matching.slice(0, shownMax).map((lot) => ({
      id: lot.lotId,
      value: lot.text,
      label: lot.text === '' ? t('identity.unknown') : lot.text,
      hint: [lot.maker, lot.made && format.date(lot.made)].filter(Boolean).join(' · '),
      end: format.number(lot.onHand),
    }));
    return [...known, ...made];
  }, [reply, isEarlier, item, text, mayMake, t, format]);
}

export function useLotPage(site: string, lotId: string): LotPage | null {
  const { reply, isEarlier } = useAnswer('lot.page', { site, lotId }, lotId !== '' && site !== '');
  return lotId !== '' && reply?.ok && !isEarlier ? reply.value : null;
}

export const holdingId = (holding: { place: string; condition: string; owner: string; holder: string }): string =>
  [holding.place, holding.condition, holding.owner, holding.holder].join('|');

/** The heaps of the lot: choosing one fills in place, condition, owner and holder together. */
export function useHoldingChoices(page: LotPage | null, text: string): readonly Choice[] {
  const format = useFormat();
  return useMemo(() => {
    if (!page) return none;
    const wanted = text.trim().toLowerCase();
    return page.holdings
      .filter((holding) => holding.place.toLowerCase().includes(wanted))
      .map((holding) => ({
        id: holdingId(holding),
        value: holding.place,
        label: holding.place,
        hint: [holding.condition, holding.owner, holding.holder].join(' · '),
        end: format.quantity(holding.quantity, holding.unit),
      }));
  }, [page, text, format]);
}

/** Codes with their titles, in the groups of the condition table; unknown is one of them. */
export function useConditionOptions() {
  const { t } = useTranslation();
  const { reply } = useAnswer('condition.choices', {});
  return useMemo(() => {
    const codes = reply?.ok ? reply.value : [];
    const groups = [...new Set(codes.map(({ group }) => group))];
    return [
      { value: '', label: t('form.choose') },
      ...groups.map((group) => ({
        group,
        items: codes.filter((one) => one.group === group).map(({ code, title }) => ({ value: code, label: `${code} · ${title}` })),
      })),
      { value: 'unknown', label: t('value.unknown') },
    ];
  }, [reply, t]);
}
