import { useTranslation } from 'react-i18next';
import type { StorehouseSheet } from '../../../shared/rules/storehouse/sheet.ts';
import { useAnswer } from '../../api/answers.ts';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useFormat } from '../../format/format.ts';
import { ChecklistPanel } from './ChecklistPanel.tsx';
import { MeasuresPanel } from './MeasuresPanel.tsx';
import { PracticeList } from './PracticeList.tsx';
import { SymbolList } from './SymbolList.tsx';

function Sheet({ sheet }: { sheet: StorehouseSheet }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { fire } = sheet.symbols;
  const facts: readonly Fact[] = [
    { label: t('places.fire'), value: fire === null ? t('places.noFire') : `${fire.fireDivision} · ${t(`fireShape.${fire.shape}`)}` },
    { label: t('places.supplementary'), value: <SymbolList symbols={sheet.symbols} /> },
    ...(sheet.withdrawal === null
      ? []
      : [{ label: t('places.withdrawal'), value: `${format.number(sheet.withdrawal.distanceM)} m · ${sheet.withdrawal.row.source}` }]),
    ...(sheet.unknown.length === 0
      ? []
      : [
          {
            label: t('places.unknownFacts'),
            value: <span className="unknown">{format.list(sheet.unknown.map((fact) => t(`structureFact.${fact}`)))}</span>,
          },
        ]),
  ];
  return (
    <>
      <Facts facts={facts} isWide />
      <details>
        <summary>{t('places.practice')}</summary>
        <PracticeList rows={sheet.practice} />
      </details>
    </>
  );
}

/** What hangs at the door, how far to withdraw, and what is looked at in an inspection. */
export function StorehousePanel({ place }: { place: string }) {
  const { t } = useTranslation();
  const { reply } = useAnswer('storehouse.sheet', { place });
  if (!reply?.ok) return null;
  return (
    <>
      <Panel title={t('places.storehouse')}>
        <Sheet sheet={reply.value} />
      </Panel>
      <MeasuresPanel key={`measures of ${place}`} place={place} />
      {reply.value.checklists.length > 0 && <ChecklistPanel key={place} place={place} lists={reply.value.checklists} />}
    </>
  );
}
