import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LotPage, MovementRow } from '../../../shared/contract/views.ts';
import { OUTSIDE } from '../../../shared/domain/model.ts';
import { go, to } from '../../app/router.ts';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { SeverityShape } from '../../components/Severity.tsx';
import { Quantity, TextOrUnknown } from '../../components/Value.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './lot.module.css';

/** Entries are made a moment after the act; only a difference that says something is shown. */
const sameMomentMs = 60_000;

function When({ movement }: { movement: MovementRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isLate = Math.abs(movement.recordedAtMs - movement.happenedAtMs) > sameMomentMs;
  return (
    <>
      {format.time(movement.happenedAtMs)}
      {isLate && <div className={classes.small}>{t('history.recorded', { time: format.time(movement.recordedAtMs) })}</div>}
    </>
  );
}

function PlaceName({ place }: { place: string }) {
  const { t } = useTranslation();
  if (place === OUTSIDE.opening) return t('outside.opening');
  if (place === OUTSIDE.expended) return t('outside.expended');
  if (place === OUTSIDE.supplier) return t('outside.supplier');
  return <Link address={to.place(place)}>{place}</Link>;
}

function FromTo({ movement }: { movement: MovementRow }) {
  const { t } = useTranslation();
  if (movement.from === movement.to) return <PlaceName place={movement.from} />;
  return (
    <>
      <PlaceName place={movement.from} /> <span className="soft">{t('history.to')}</span> <PlaceName place={movement.to} />
    </>
  );
}

function Condition({ movement }: { movement: MovementRow }) {
  const { t } = useTranslation();
  if (movement.fromCondition === movement.condition) return <TextOrUnknown text={movement.condition} />;
  return (
    <>
      <TextOrUnknown text={movement.fromCondition} /> <span className="soft">{t('history.to')}</span>{' '}
      <TextOrUnknown text={movement.condition} />
    </>
  );
}

function Remarks({ movement, page }: { movement: MovementRow; page: LotPage }) {
  const { t } = useTranslation();
  const voucherOf = (id: string): string => page.movements.find((other) => other.id === id)?.voucher ?? id;
  return (
    <>
      {movement.reason}
      {movement.reverses && <div>{t('history.reverses', { voucher: voucherOf(movement.reverses) })}</div>}
      {movement.reversedBy && (
        <div className={classes.reversed}>{t('history.reversedBy', { voucher: voucherOf(movement.reversedBy) })}</div>
      )}
      {movement.findings.length > 0 && (
        <div className={classes.caused}>
          <SeverityShape mark={movement.findings.some((finding) => finding.severity === 'stop') ? 'stop' : 'warn'} />
          {t('history.findings', { count: movement.findings.length })}
        </div>
      )}
    </>
  );
}

function HistoryRow({ movement, page }: { movement: MovementRow; page: LotPage }) {
  const { t } = useTranslation();
  const mayReverse = movement.reversedBy === null && movement.kind !== 'reverse' && movement.kind !== 'opening';
  return (
    <tr className={movement.reversedBy ? classes.undone : undefined}>
      <td>
        <When movement={movement} />
      </td>
      <td>{t(`movementKind.${movement.kind}`)}</td>
      <td>
        <FromTo movement={movement} />
      </td>
      <td className="number">
        <Quantity value={movement.quantity} unit={page.lot.unit} />
      </td>
      <td>
        <Condition movement={movement} />
      </td>
      <td className={classes.voucher}>{movement.voucher}</td>
      <td>
        <bdi>{movement.person}</bdi>
        {movement.second && <div className={classes.small}>{t('history.second', { person: movement.second })}</div>}
      </td>
      <td>
        <Remarks movement={movement} page={page} />
      </td>
      <td>
        {mayReverse && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => go(to.post({ kind: 'reverse', reverses: movement.id, voucher: movement.voucher, lotId: page.lot.lotId }))}
          >
            {t('history.reverse')}
          </Button>
        )}
      </td>
    </tr>
  );
}

const headers = ['when', 'kind', 'fromTo', 'quantity', 'condition', 'voucher', 'person', 'remarks'] as const;

/** Newest first. What was reversed stays, struck through, with the entry that undid it. */
export function HistoryTable({ page }: { page: LotPage }) {
  const { t } = useTranslation();
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          {headers.map((name) => (
            <th key={name} scope="col" className={name === 'quantity' ? 'number' : undefined}>
              {t(`history.head.${name}`)}
            </th>
          ))}
          <th scope="col">
            <span className="unseen">{t('history.head.act')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {page.movements.map((movement) => (
          <HistoryRow key={movement.id} movement={movement} page={page} />
        ))}
      </tbody>
    </table>
  );
}
