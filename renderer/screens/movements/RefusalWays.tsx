import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { go, to } from '../../app/router.ts';
import { useFormat } from '../../format/format.ts';
import { type Content, type FieldName, fieldsOf, kindOf } from './movementForm.ts';
import { OverrideForm } from './OverrideForm.tsx';
import type { Second } from './PreviewPanel.tsx';

type WaysProps = Readonly<{
  error: DomainError | Fault;
  content: Content;
  set: (part: Partial<Content>) => void;
  second: Second;
  focusField: (name: FieldName) => void;
}>;

/** Which field a person would change to get past this refusal. */
const fieldFor: Readonly<Partial<Record<DomainError['code'], FieldName>>> = {
  badQuantity: 'quantity',
  insufficientStock: 'quantity',
  unknownItem: 'item',
  unknownLot: 'lot',
  unknownPlace: 'to',
  sameLocation: 'to',
  wrongDirection: 'to',
  unknownCondition: 'condition',
  inTheFuture: 'happenedAt',
  negativeInThePast: 'happenedAt',
  reasonRequired: 'reason',
  blockedByFinding: 'to',
};

function Way({ label, onClick, isFirst = false }: { label: string; onClick: () => void; isFirst?: boolean }) {
  return (
    <Button size="compact-sm" variant={isFirst ? 'filled' : 'default'} onClick={onClick}>
      {label}
    </Button>
  );
}

function ChangeField({ error, content, focusField }: WaysProps) {
  const { t } = useTranslation();
  const name =
    error.code === 'unknownPlace' && error.place === content.from ? 'from' : (fieldFor as Partial<Record<string, FieldName>>)[error.code];
  if (!name || !fieldsOf[kindOf(content)].includes(name)) return null;
  return <Way label={t(`way.change.${name}`)} onClick={() => focusField(name)} />;
}

function LotCandidates({
  candidates,
  set,
  content,
}: {
  candidates: Extract<DomainError, { code: 'ambiguousLot' }>['candidates'];
  set: WaysProps['set'];
  content: Content;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return candidates.map(({ lotId, maker, made }) => (
    <Way
      key={lotId}
      label={t('way.thisLot', { maker: maker ?? t('value.unknown'), made: made ? format.date(made) : t('value.unknown') })}
      onClick={() => set({ lot: content.lot, lotId })}
    />
  ));
}

function HoldingCandidates({
  candidates,
  set,
  content,
}: {
  candidates: Extract<DomainError, { code: 'ambiguousHolding' }>['candidates'];
  set: WaysProps['set'];
  content: Content;
}) {
  const format = useFormat();
  return candidates.map(({ condition, owner, holder, quantity }) => (
    <Way
      key={`${condition} ${owner} ${holder}`}
      label={`${condition} · ${owner} · ${holder} · ${format.number(quantity)}`}
      onClick={() => set({ owner, holder, ...(kindOf(content) === 'condition' ? { fromCondition: condition } : { condition }) })}
    />
  ));
}

/** The ways on that belong to one kind of refusal alone. */
function SpecialWays(props: WaysProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { error, content, set } = props;
  switch (error.code) {
    case 'insufficientStock':
      return (
        error.onHand > 0 && (
          <Way
            isFirst
            label={t('way.takeAll', { quantity: format.number(error.onHand) })}
            onClick={() => set({ quantity: String(error.onHand) })}
          />
        )
      );
    case 'ambiguousLot':
      return <LotCandidates candidates={error.candidates} set={set} content={content} />;
    case 'ambiguousHolding':
      return <HoldingCandidates candidates={error.candidates} set={set} content={content} />;
    case 'inTheFuture':
      return <Way isFirst label={t('way.now')} onClick={() => set({ happenedAt: '' })} />;
    case 'banned':
    case 'alreadyReversed':
      return content.item !== '' && <Way label={t('way.seeItem')} onClick={() => go(to.item(content.item))} />;
    case 'unknownItem':
    case 'unknownPlace':
      return <Way label={t('way.import')} onClick={() => go(to.screen('import'))} />;
    case 'blockedByFinding':
    case 'secondPersonRequired':
      return (
        <OverrideForm
          content={content}
          set={set}
          second={props.second}
          needsReason={error.code === 'blockedByFinding' || error.why === 'override'}
        />
      );
    default:
      return null;
  }
}

export function RefusalWays(props: WaysProps) {
  return (
    <>
      <ChangeField {...props} />
      <SpecialWays {...props} />
    </>
  );
}
