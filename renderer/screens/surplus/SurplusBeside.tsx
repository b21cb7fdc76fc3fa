import { Button, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SurplusClass, SurplusItem, SurplusSlice } from '../../../shared/domain/surplus.ts';
import { to } from '../../app/router.ts';
import { Facts } from '../../components/Facts.tsx';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { LifeUntil } from '../../components/Value.tsx';
import { isDate } from '../../format/dates.ts';
import { type Format, useFormat } from '../../format/format.ts';
import { type Sentences, useSentences } from '../../format/sentence.ts';
import classes from './surplus.module.css';
import { classesIn } from './surplusView.ts';

type BesideProps = Readonly<{
  item: SurplusItem;
  onlyClass: SurplusClass | null;
  onClass: (name: SurplusClass | null) => void;
  onClose: () => void;
}>;

/** The facts of a reason as a person reads them: dates in the user's way, the rest as it is. */
function reasonFor({ reason, reasonFacts }: SurplusSlice, sentences: Sentences, format: Format): string {
  const facts = Object.entries(reasonFacts).map(([name, value]) => [name, isDate(value) ? format.date(value) : value]);
  return sentences.at(`surplus.reason.${reason}`, Object.fromEntries(facts), reason);
}

function Slice({ slice }: { slice: SurplusSlice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  return (
    <li className={classes.slice}>
      <div className={classes.sliceHead}>
        <b className="number">{format.number(slice.quantity)}</b>
        <span>{t(`surplus.class.${slice.class}`)}</span>
      </div>
      <div>
        <Link address={to.lot(slice.site, slice.lotId)}>{slice.lot === '' ? t('identity.unknown') : slice.lot}</Link> ·{' '}
        <Link address={to.place(slice.place)}>{slice.place}</Link>
        {slice.lifeUntil && (
          <>
            {' · '}
            <LifeUntil date={slice.lifeUntil} />
          </>
        )}
      </div>
      <p className="soft">{reasonFor(slice, sentences, format)}</p>
    </li>
  );
}

function Deficits({ item }: { item: SurplusItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (item.deficits.length === 0) return <p className="soft">{t('surplus.noDeficit')}</p>;
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          <th scope="col">{t('surplus.shortOf')}</th>
          <th scope="col" className="number">
            {t('surplus.year')}
          </th>
          <th scope="col" className="number">
            {t('stock.quantity')}
          </th>
          <th scope="col" className="number">
            {t('surplus.orderBy')}
          </th>
        </tr>
      </thead>
      <tbody>
        {item.deficits.map(({ kind, year, quantity, orderBy }) => (
          <tr key={`${kind} ${year}`}>
            <td>{t(`deficit.${kind}`)}</td>
            <td className="number">{year}</td>
            <td className="number">{format.number(quantity)}</td>
            <td className="number">{orderBy}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The slices of one item, each with its reason in words, and what will fall short. */
export function SurplusBeside({ item, onlyClass, onClass, onClose }: BesideProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const present = classesIn([item]);
  const only = onlyClass && present.includes(onlyClass) ? onlyClass : null;
  const slices = only ? item.slices.filter((slice) => slice.class === only) : item.slices;
  return (
    <aside className={layout.beside} aria-label={t('surplus.detail')}>
      <div className={layout.besideHead}>
        <h2>
          <Link address={to.item(item.item)}>{item.item}</Link>
        </h2>
        <CloseButton aria-label={t('beside.close')} onClick={onClose} />
      </div>
      <Facts
        facts={[
          { label: t('surplus.inStock'), value: format.number(item.ledgerQuantity) },
          { label: t('surplus.hold'), value: format.number(item.hold) },
          { label: t('surplus.reserve'), value: format.number(item.reserve) },
          { label: t('surplus.firstLine'), value: format.number(item.firstLine) },
          { label: t('surplus.training'), value: format.number(item.trainingPerYear) },
          { label: t('surplus.test'), value: format.number(item.testPerYear) },
        ]}
      />
      <section className={layout.stack}>
        <h3>{t('surplus.deficits')}</h3>
        <Deficits item={item} />
      </section>
      <section className={layout.stack}>
        <h3>{only ? t('surplus.slicesOf', { name: t(`surplus.class.${only}`) }) : t('surplus.slices')}</h3>
        {only && (
          <div className={layout.buttons}>
            <Button variant="default" size="compact-sm" onClick={() => onClass(null)}>
              {t('surplus.allSlices')}
            </Button>
          </div>
        )}
        <ul className={classes.slices}>
          {slices.map((slice) => (
            <Slice key={`${slice.lotId} ${slice.place} ${slice.class} ${slice.reason} ${slice.quantity}`} slice={slice} />
          ))}
        </ul>
      </section>
    </aside>
  );
}
