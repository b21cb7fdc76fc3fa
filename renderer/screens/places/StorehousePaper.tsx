import { useTranslation } from 'react-i18next';
import type { LicenceView } from '../../../shared/contract/siteViews.ts';
import type { StorehouseSheet } from '../../../shared/rules/storehouse/sheet.ts';
import { HazardMark } from '../../components/HazardMark.tsx';
import { useFormat } from '../../format/format.ts';
import { Paper, PaperPart } from '../print/Paper.tsx';
import paper from '../print/paper.module.css';
import { LapsedLimits } from './LapsedLimits.tsx';
import { PracticeList } from './PracticeList.tsx';
import { SymbolList } from './SymbolList.tsx';

/** What hangs at the door: the symbols, how far to withdraw, and the limits in force. */
function Door({ sheet, view }: { sheet: StorehouseSheet; view: LicenceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { fire } = sheet.symbols;
  return (
    <>
      <div className={paper.door}>
        {fire !== null && <HazardMark code={fire.division} size={120} />}
        <div>
          <p>{t('places.fire')}</p>
          <p className={paper.large}>{fire === null ? t('places.noFire') : `${fire.fireDivision} · ${t(`fireShape.${fire.shape}`)}`}</p>
        </div>
        {sheet.withdrawal !== null && (
          <div>
            <p>{t('places.withdrawal')}</p>
            <p className={paper.large}>{format.number(sheet.withdrawal.distanceM)} m</p>
          </div>
        )}
      </div>
      <PaperPart title={t('places.supplementary')} isWhole>
        <SymbolList symbols={sheet.symbols} />
        {sheet.symbols.assumed.length > 0 && (
          <p className={paper.warning}>{t('paper.assumed', { items: format.list(sheet.symbols.assumed) })}</p>
        )}
      </PaperPart>
      <PaperPart title={t('paper.limits')} isWhole>
        <LapsedLimits lapsed={view.lapsed} />
        {view.set.length === 0 ? (
          <p className={paper.warning}>{t('paper.noneSet')}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th>{t('places.division')}</th>
                <th className="number">{t('places.inForce')}</th>
              </tr>
            </thead>
            <tbody>
              {view.set.map(({ division, limitKg }) => (
                <tr key={division}>
                  <th>{division}</th>
                  <td className="number">{format.number(limitKg)} kg</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PaperPart>
    </>
  );
}

type Props = Readonly<{ view: LicenceView; sheet: StorehouseSheet; marking: string; printedAtMs: number }>;

/** The sheet of a storehouse, to hang at its door. */
export function StorehousePaper({ view, sheet, marking, printedAtMs }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [issued] = view.documents;
  const { symbols, withdrawal } = sheet;
  const sources = [symbols.fire, withdrawal?.row ?? null, ...symbols.supplementary].flatMap((row) =>
    row === null ? [] : [`${row.source}${row.status === 'unverified' ? ` (${t('ruleStatus.unverified')})` : ''}`],
  );
  const facts = [
    { label: t('paper.place'), value: <bdi>{`${view.place} ${view.name}`}</bdi> },
    { label: t('places.document'), value: issued?.number ?? t('places.noDocument') },
    { label: t('stock.neq'), value: `${format.number(view.neqKg)} kg` },
  ];
  return (
    <Paper title={t('paper.storehouse')} subject={view.place} facts={facts} marking={marking} printedAtMs={printedAtMs}>
      <Door sheet={sheet} view={view} />
      {sheet.unknown.length > 0 && (
        <PaperPart title={t('places.unknownFacts')} isWhole>
          <p>{format.list(sheet.unknown.map((fact) => t(`structureFact.${fact}`)))}</p>
        </PaperPart>
      )}
      <PaperPart title={t('places.practice')}>
        <PracticeList rows={sheet.practice} />
      </PaperPart>
      <PaperPart title={t('checks.source')} isWhole>
        <p className={paper.note}>{[...new Set(sources)].join(' · ')}</p>
      </PaperPart>
    </Paper>
  );
}
