import { useTranslation } from 'react-i18next';
import type { PracticeRow } from '../../../shared/rules/storehouse/book.ts';
import layout from '../../components/layout.module.css';
import { useFormat } from '../../format/format.ts';

/** The rows of practice with their bounds, and by which document. */
export function PracticeList({ rows }: { rows: readonly PracticeRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className={layout.plainList}>
      {rows.map((row) => (
        <li key={row.id}>
          {row.words}
          {row.least !== null && ` ≥ ${format.number(row.least)} ${t(`practiceUnit.${row.unit}`)}`}
          {row.most !== null && ` ≤ ${format.number(row.most)} ${t(`practiceUnit.${row.unit}`)}`}{' '}
          <span className="soft">{`${row.source}, ${t(`ruleStatus.${row.status}`)}`}</span>
        </li>
      ))}
    </ul>
  );
}
