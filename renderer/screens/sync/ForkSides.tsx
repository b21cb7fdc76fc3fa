import { useTranslation } from 'react-i18next';
import type { CaseFacts, SaidEntry, SignedSide } from '../../../shared/domain/cases.ts';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { Side } from './Side.tsx';
import classes from './sync.module.css';

type Fork = Extract<CaseFacts, { kind: 'fork' }>;

function useSideFacts() {
  const { t } = useTranslation();
  const format = useFormat();
  return (side: SignedSide, of: Fork['of']) => [
    { label: t(of === 'log' ? 'case.logSize' : 'case.upto'), value: format.number(side.seq) },
    { label: t('case.hash'), value: <bdi className="code">{side.hash}</bdi> },
  ];
}

/** Kept as evidence and rarely read: out of the way until somebody asks for it. */
function Signature({ side }: { side: SignedSide }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary className="soft">{t('case.signature')}</summary>
      <bdi className="code">{side.signature}</bdi>
    </details>
  );
}

/** One entry that only the other history has, in the words in which people would record it again. */
function SaidRow({ said }: { said: SaidEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  const none = t('case.notSaid');
  const what =
    said.kind === null
      ? sentences.at(`entryType.${said.type}`, { count: 1 }, said.type)
      : sentences.at(`movementKind.${said.kind}`, {}, said.kind);
  return (
    <tr>
      <th scope="row">
        <bdi>{format.time(said.happenedAtMs ?? said.recordedAtMs)}</bdi>
      </th>
      <td>{what}</td>
      <td className="number">{said.quantity === null ? none : format.number(said.quantity)}</td>
      <td>
        <bdi>{said.item ?? none}</bdi>
      </td>
      <td>
        <bdi className="mark">{said.lot === '' ? t('case.unknownLot') : (said.lot ?? none)}</bdi>
      </td>
      <td>
        <bdi>{said.from ?? none}</bdi> – <bdi>{said.to ?? none}</bdi>
      </td>
      <td>
        <bdi className="code">{said.voucher ?? none}</bdi>
      </td>
      <td>
        <bdi>{said.person}</bdi>
      </td>
    </tr>
  );
}

function Says({ facts }: { facts: Fork }) {
  const { t } = useTranslation();
  const heads = ['when', 'kind', 'quantity', 'item', 'lot', 'fromTo', 'voucher', 'person'] as const;
  return (
    <Panel title={t('case.onlyOther', { count: facts.says.length })}>
      <table className={layout.plainTable}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={head === 'quantity' ? 'number' : undefined}>
                {head === 'item' || head === 'lot' ? t(`stock.${head}`) : t(`history.head.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.says.map((said) => (
            <SaidRow key={said.seq} said={said} />
          ))}
        </tbody>
      </table>
      {facts.omitted > 0 && <p>{t('case.omitted', { count: facts.omitted })}</p>}
    </Panel>
  );
}

/** Two histories of one device: what is held, what the other says, and what has to be recorded again. */
export function ForkSides({ facts }: { facts: Fork }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sideFacts = useSideFacts();
  const { site, device, incarnation, seq } = facts;
  return (
    <>
      <p>{t(`case.fork.${facts.of}`, { site, short: device.slice(0, 8), incarnation, seq: format.number(seq) })}</p>
      <div className={classes.sides}>
        <Side title={t('case.heldHere')} {...(facts.held ? { facts: sideFacts(facts.held, facts.of) } : {})}>
          {facts.held === null ? <p>{t('case.heldNothing')}</p> : <Signature side={facts.held} />}
        </Side>
        <Side title={t('case.otherSays')} facts={sideFacts(facts.other, facts.of)}>
          <Signature side={facts.other} />
        </Side>
      </div>
      {facts.says.length > 0 && <Says facts={facts} />}
    </>
  );
}
