import { useTranslation } from 'react-i18next';
import type { ConsignmentLine } from '../../../shared/domain/cases.ts';
import layout from '../../components/layout.module.css';
import { useFormat } from '../../format/format.ts';
import classes from './sync.module.css';

type LinesProps = Readonly<{ lines: readonly ConsignmentLine[]; show: 'issued' | 'received' | 'both' }>;

/** What a consignment is made of; a line on which the two sides differ stands out by weight. */
export function ConsignmentLines({ lines, show }: LinesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = show === 'both' ? (['issued', 'received'] as const) : ([show] as const);
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          <th scope="col">{t('stock.item')}</th>
          <th scope="col">{t('stock.lot')}</th>
          {shown.map((side) => (
            <th key={side} scope="col" className="number">
              {t(`consignment.head.${side}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.item} ${line.lot}`} className={line.issued === line.received ? undefined : classes.differs}>
            <th scope="row">
              <bdi>{line.item}</bdi>
            </th>
            <td>
              <bdi className="mark">{line.lot === '' ? t('case.unknownLot') : line.lot}</bdi>
            </td>
            {shown.map((side) => (
              <td key={side} className="number">
                {format.number(line[side])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
