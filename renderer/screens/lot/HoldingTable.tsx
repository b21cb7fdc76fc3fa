import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../shared/contract/views.ts';
import { to } from '../../app/router.ts';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { Kilograms, Quantity, TextOrUnknown } from '../../components/Value.tsx';
import { useFormat } from '../../format/format.ts';

/** Where the lot is, everywhere, with what the places add up to. */
export function HoldingTable({ page }: { page: LotPage }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (page.holdings.length === 0) return <p className="soft">{t('lot.nowhere')}</p>;
  const total = page.holdings.reduce((sum, holding) => sum + holding.quantity, 0);
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          <th scope="col">{t('stock.place')}</th>
          <th scope="col" className="number">
            {t('stock.quantity')}
          </th>
          <th scope="col">{t('stock.condition')}</th>
          <th scope="col">{t('stock.owner')}</th>
          <th scope="col">{t('stock.holder')}</th>
          <th scope="col" className="number">
            {t('stock.neq')}
          </th>
        </tr>
      </thead>
      <tbody>
        {page.holdings.map((holding) => (
          <tr key={`${holding.place} ${holding.condition} ${holding.owner} ${holding.holder}`}>
            <th scope="row">
              <Link address={to.place(holding.place)}>{holding.place}</Link>
            </th>
            <td className="number">
              <Quantity value={holding.quantity} unit={holding.unit} />
            </td>
            <td>
              <TextOrUnknown text={holding.condition} />
            </td>
            <td>
              <TextOrUnknown text={holding.owner} />
            </td>
            <td>
              <TextOrUnknown text={holding.holder} />
            </td>
            <td className="number">
              <Kilograms grams={holding.neqG} />
            </td>
          </tr>
        ))}
      </tbody>
      {page.holdings.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{t('stock.total')}</th>
            <td className="number">
              <b>{format.quantity(total, page.lot.unit)}</b>
            </td>
            <td colSpan={4} />
          </tr>
        </tfoot>
      )}
    </table>
  );
}
