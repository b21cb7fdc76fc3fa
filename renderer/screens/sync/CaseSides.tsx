import { useTranslation } from 'react-i18next';
import type { CaseFacts, ConsignmentLine, LotSide, MovementSide } from '../../../shared/domain/cases.ts';
import { Unknown } from '../../components/Value.tsx';
import { useFormat } from '../../format/format.ts';
import { ConsignmentLines } from './ConsignmentLines.tsx';
import { ForkSides } from './ForkSides.tsx';
import { Side } from './Side.tsx';
import classes from './sync.module.css';

function LotSideBox({ side }: { side: LotSide }) {
  const { t } = useTranslation();
  const format = useFormat();
  const date = (value: string | null) => (value === null ? <Unknown /> : <bdi>{format.date(value)}</bdi>);
  const identity = side.identity as 'known' | 'none' | 'mixed' | 'unknown';
  return (
    <Side
      title={side.site}
      facts={[
        { label: t('stock.made'), value: date(side.made) },
        { label: t('stock.lifeUntil'), value: date(side.lifeUntil) },
        { label: t('case.identity'), value: t(`identity.${identity}`) },
      ]}
    />
  );
}

function MovementSideBox({ side }: { side: MovementSide }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = side.kind as 'receipt' | 'issue' | 'move' | 'return' | 'expend';
  return (
    <Side
      title={t('case.deviceEntry', { device: side.device.slice(0, 8), seq: format.number(side.seq) })}
      facts={[
        { label: t('case.kindOf'), value: t(`movementKind.${kind}`) },
        { label: t('case.what'), value: <bdi>{`${format.number(side.quantity)} ${side.item}`}</bdi> },
        { label: t('stock.lot'), value: <bdi className="mark">{side.lot === '' ? t('case.unknownLot') : side.lot}</bdi> },
        { label: t('case.way'), value: <bdi>{`${side.from} – ${side.to}`}</bdi> },
        { label: t('history.head.voucher'), value: <bdi className="code">{side.voucher}</bdi> },
        { label: t('history.head.when'), value: <bdi>{format.time(side.happenedAtMs)}</bdi> },
        { label: t('history.head.person'), value: <bdi>{side.person}</bdi> },
      ]}
    />
  );
}

function Short({ from, to, lines }: { from: readonly string[]; to: readonly string[]; lines: readonly ConsignmentLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.sides}>
      <Side title={t('case.issuedBy', { sites: format.list(from) })}>
        <ConsignmentLines lines={lines} show="issued" />
      </Side>
      <Side title={to.length === 0 ? t('case.receivedByNobody') : t('case.receivedBySites', { sites: format.list(to) })}>
        <ConsignmentLines lines={lines} show="received" />
      </Side>
    </div>
  );
}

/** What each side of a case says. Nothing here is a judgement. */
export function CaseSides({ facts }: { facts: CaseFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (facts.kind) {
    case 'fork':
      return <ForkSides facts={facts} />;
    case 'lotDiffers':
      return (
        <div className={classes.sides}>
          {facts.sides.map((side) => (
            <LotSideBox key={`${side.site} ${side.lotId}`} side={side} />
          ))}
        </div>
      );
    case 'consignmentShort':
    case 'consignmentOver':
      return <Short from={facts.from} to={facts.to} lines={facts.lines} />;
    case 'consignmentTwice':
      return (
        <div className={classes.sides}>
          {facts.receivers.map(({ site, lines }) => (
            <Side key={site} title={t('case.receivedBySites', { sites: site })}>
              <ConsignmentLines lines={lines} show="received" />
            </Side>
          ))}
        </div>
      );
    case 'movementTwice':
      return (
        <div className={classes.sides}>
          {facts.sides.map((side) => (
            <MovementSideBox key={`${side.device} ${side.seq}`} side={side} />
          ))}
        </div>
      );
    case 'staleCopy':
      return (
        <div className={classes.sides}>
          <Side title={t('case.heldHere')}>
            <p>{t('case.heldUpto', { seq: format.number(facts.heldUpto) })}</p>
          </Side>
          <Side title={t('case.deviceSays', { device: facts.device.slice(0, 8) })}>
            <p>{t(facts.isSameHistory ? 'case.wentOn' : 'case.wentOnOther', { seq: format.number(facts.wentOnFrom) })}</p>
          </Side>
        </div>
      );
  }
}
