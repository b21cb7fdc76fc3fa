import { Button, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LotPage, StockRow } from '../../../shared/contract/views.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Facts } from '../../components/Facts.tsx';
import { FindingCard } from '../../components/FindingCard.tsx';
import { HazardMark } from '../../components/HazardMark.tsx';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { DateWithAge, Kilograms, LifeUntil, LotText, Quantity, TextOrUnknown } from '../../components/Value.tsx';
import { RestrictionNotice } from '../lot/RestrictionNotice.tsx';
import { useLotFindings } from '../lot/useLotFindings.ts';

const findingsShown = 4;

function Elsewhere({ page, row }: { page: LotPage; row: StockRow }) {
  const { t } = useTranslation();
  const others = page.holdings.filter((holding) => holding.place !== row.place || holding.condition !== row.condition);
  if (others.length === 0) return null;
  return (
    <section>
      <h3>{t('beside.elsewhere')}</h3>
      <table className={layout.plainTable}>
        <tbody>
          {others.map((holding) => (
            <tr key={`${holding.place} ${holding.condition} ${holding.owner} ${holding.holder}`}>
              <th scope="row">
                <Link address={to.place(holding.place)}>{holding.place}</Link>
              </th>
              <td>
                <TextOrUnknown text={holding.condition} />
              </td>
              <td className="number">
                <Quantity value={holding.quantity} unit={holding.unit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Restrictions({ page }: { page: LotPage }) {
  return page.restrictions
    .filter((restriction) => restriction.liftedAtMs === null)
    .map((restriction) => <RestrictionNotice key={restriction.id} restriction={restriction} />);
}

function LotFindings({ page }: { page: LotPage }) {
  const { t } = useTranslation();
  const worst = useLotFindings(page);
  return (
    <>
      {worst.slice(0, findingsShown).map((finding) => (
        <FindingCard key={`${finding.rule} ${finding.place} ${finding.says}`} finding={finding} isBrief />
      ))}
      {worst.length > findingsShown && <p className="soft">{t('beside.moreFindings', { count: worst.length - findingsShown })}</p>}
    </>
  );
}

/** The chosen line of the list: what it is, where else it lies, what holds it. */
export function LotBeside({ row, onClose }: { row: StockRow; onClose: () => void }) {
  const { t } = useTranslation();
  const { reply, isEarlier } = useAnswer('lot.page', { site: row.site, lotId: row.lotId });
  const page = reply?.ok && !isEarlier ? reply.value : null;
  const post = (kind: string) => go(to.post({ kind, item: row.item, lotId: row.lotId, from: row.place }));
  return (
    <aside className={layout.beside} aria-label={t('beside.label')}>
      <div className={layout.besideHead}>
        <div>
          <h2>
            <LotText text={row.lot} identity={row.identity} />
          </h2>
          <p>
            <Link address={to.item(row.item)}>{row.item}</Link> <bdi>{row.itemName}</bdi>
          </p>
        </div>
        <CloseButton aria-label={t('beside.close')} onClick={onClose} />
      </div>
      <div className={layout.buttons}>
        <Button onClick={() => go(to.lot(row.site, row.lotId))}>{t('beside.open')}</Button>
        <Button variant="default" onClick={() => post('move')}>
          {t('kind.move')}
        </Button>
        <Button variant="default" onClick={() => post('issue')}>
          {t('kind.issue')}
        </Button>
      </div>
      <Facts
        facts={[
          { label: t('stock.hazard'), value: <HazardMark code={row.hazardCode} /> },
          { label: t('stock.place'), value: <Link address={to.place(row.place)}>{row.place}</Link> },
          { label: t('stock.quantity'), value: <Quantity value={row.quantity} unit={row.unit} /> },
          { label: t('stock.condition'), value: <TextOrUnknown text={row.condition} /> },
          { label: t('stock.lifeUntil'), value: <LifeUntil date={row.lifeUntil} /> },
          { label: t('stock.made'), value: <DateWithAge date={row.made} /> },
          { label: t('stock.neq'), value: <Kilograms grams={row.neqG} /> },
          { label: t('stock.owner'), value: <TextOrUnknown text={row.owner} /> },
          { label: t('stock.holder'), value: <TextOrUnknown text={row.holder} /> },
        ]}
      />
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {page && <Restrictions page={page} />}
      {page && <Elsewhere page={page} row={row} />}
      {page && <LotFindings page={page} />}
    </aside>
  );
}
