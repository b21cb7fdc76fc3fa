import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../api/answers.ts';
import { railScreens } from './railScreens.ts';
import { type Address, to } from './router.ts';

export type Command = Readonly<{
  id: string;
  group: 'lot' | 'item' | 'place' | 'screen';
  label: string;
  hint: string;
  address: Address;
  codes: readonly string[];
}>;

/** What was typed in full comes first: a scanned code must not lead to its neighbour. */
export function rankCommands(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.trim().toLowerCase();
  const isExact = (command: Command): boolean => command.codes.some((code) => code.toLowerCase() === wanted);
  return [...commands.filter(isExact), ...commands.filter((command) => !isExact(command))];
}

function useScreenCommands(): readonly Command[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const kinds = ['receipt', 'issue', 'move', 'return', 'expend'] as const;
    const screenCommands = railScreens.map(
      ({ screen }): Command => ({
        id: `screen ${screen}`,
        group: 'screen',
        label: t(`rail.${screen}`),
        hint: t('command.screenHint'),
        address: to.screen(screen),
        codes: [],
      }),
    );
    const postCommands = kinds.map(
      (kind): Command => ({
        id: `post ${kind}`,
        group: 'screen',
        label: t(`kind.${kind}`),
        hint: t('command.postHint'),
        address: to.post({ kind }),
        codes: [],
      }),
    );
    return [...screenCommands, ...postCommands];
  }, [t]);
}

export function useCommands(text: string): Readonly<{ commands: readonly Command[]; isReady: boolean }> {
  const [search] = useDebouncedValue(text.trim(), 80);
  const isWanted = search !== '';
  const ofScreens = useScreenCommands();
  const lots = useAnswer('stock.list', { search, limit: 12 }, isWanted);
  const items = useAnswer('item.choices', { search, limit: 6 }, isWanted);
  const places = useAnswer('place.choices', { search, limit: 6 }, isWanted);
  const commands = useMemo(() => {
    const wanted = search.toLowerCase();
    const found: Command[] = [];
    const seen = new Set<string>();
    for (const row of isWanted && lots.reply?.ok ? lots.reply.value.rows : []) {
      if (row.lot === '' || seen.has(row.lotId) || seen.size >= 6) continue;
      seen.add(row.lotId);
      found.push({
        id: `lot ${row.lotId}`,
        group: 'lot',
        label: row.lot,
        hint: `${row.item} ${row.itemName}`,
        address: to.lot(row.site, row.lotId),
        codes: [row.lot, row.lotId],
      });
    }
    for (const item of isWanted && items.reply?.ok ? items.reply.value : []) {
      found.push({
        id: `item ${item.site} ${item.item}`,
        group: 'item',
        label: item.item,
        hint: item.name,
        address: to.item(item.item),
        codes: [item.item],
      });
    }
    for (const place of isWanted && places.reply?.ok ? places.reply.value : []) {
      found.push({
        id: `place ${place.site} ${place.place}`,
        group: 'place',
        label: place.place,
        hint: place.name,
        address: to.place(place.place),
        codes: [place.place],
      });
    }
    const screens = ofScreens.filter((command) => command.label.toLowerCase().includes(wanted));
    return rankCommands([...found, ...screens], search);
  }, [search, isWanted, lots.reply, items.reply, places.reply, ofScreens]);
  const isReady =
    search === text.trim() &&
    !lots.isEarlier &&
    !items.isEarlier &&
    !places.isEarlier &&
    (!isWanted || (lots.reply !== null && items.reply !== null && places.reply !== null));
  return { commands, isReady };
}
