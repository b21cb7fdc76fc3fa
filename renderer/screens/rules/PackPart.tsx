import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PackChoice, PackList } from '../../../shared/contract/ruleViews.ts';
import type { PackSource } from '../../../shared/rules/pack.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Facts } from '../../components/Facts.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { type Mark, SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { PackPreviewPage } from './PackPreviewPage.tsx';
import classes from './rules.module.css';

/** A document that was read, one that was not, and our own rules that no document backs. */
const readMark: Readonly<Record<PackSource['read'], Mark>> = { document: 'done', secondHand: 'warn', notRead: 'warn', ownDesign: 'info' };

function SourceTable({ sources }: { sources: readonly PackSource[] }) {
  const { t } = useTranslation();
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          <th scope="col">{t('rules.pack.document')}</th>
          <th scope="col">{t('checks.edition')}</th>
          <th scope="col">{t('rules.pack.read')}</th>
        </tr>
      </thead>
      <tbody>
        {sources.map(({ id, title, edition, read }) => (
          <tr key={id}>
            <td>{title}</td>
            <td>{edition}</td>
            <td className={classes.marked}>
              <SeverityShape mark={readMark[read]} /> {t(`rules.reading.${read}`)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function usePackFacts(pack: PackChoice) {
  const { t } = useTranslation();
  const format = useFormat();
  const { verified, unverified } = pack.rows;
  return [
    { label: t('checks.edition'), value: pack.edition },
    { label: t('checks.status'), value: t(`ruleStatus.${pack.status}`) },
    {
      label: t('rules.pack.rows'),
      value: t('rules.pack.rowCounts', { verified: format.number(verified), unverified: format.number(unverified) }),
    },
    { label: t('rules.pack.origin'), value: t(pack.isNational ? 'rules.pack.national' : 'rules.pack.shipped') },
  ];
}

function InForce({ list, pack }: { list: PackList; pack: PackChoice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const decided =
    list.decided === null
      ? t('rules.pack.nobody')
      : t('rules.decided', { person: list.decided.person, at: format.time(list.decided.atMs) });
  const isStandIn = list.chosen !== null && list.chosen !== list.inForce;
  return (
    <Panel title={t('rules.pack.inForce', { title: pack.title })}>
      {isStandIn && (
        <Notice mark="stop" title={t('rules.pack.standIn', { pack: list.chosen })}>
          <p>{t('rules.pack.standInNote')}</p>
        </Notice>
      )}
      <Facts facts={[...usePackFacts(pack), { label: t('rules.pack.chosen'), value: decided }]} />
      {pack.remark !== '' && <p className={classes.remark}>{pack.remark}</p>}
      <SourceTable sources={pack.sources} />
    </Panel>
  );
}

function OtherPack({ pack }: { pack: PackChoice }) {
  const { t } = useTranslation();
  const facts = usePackFacts(pack);
  return (
    <li className={classes.pack}>
      <h3>{pack.title}</h3>
      {pack.problem === null ? (
        <>
          <Facts facts={facts} />
          <Button variant="default" onClick={() => go(to.rules({ part: 'pack', pack: pack.pack }))}>
            {t('rules.pack.preview')}
          </Button>
        </>
      ) : (
        <Notice mark="warn" title={t('rules.pack.unreadable')}>
          <p>{pack.problem}</p>
        </Notice>
      )}
    </li>
  );
}

function Packs({ list, chosen }: { list: PackList; chosen: string }) {
  const { t } = useTranslation();
  const inForce = list.packs.find(({ isInForce }) => isInForce);
  const other = list.packs.find(({ pack, isInForce, problem }) => pack === chosen && !isInForce && problem === null);
  if (other && inForce) return <PackPreviewPage key={other.pack} pack={other} inForce={inForce} />;
  return (
    <div className={classes.packs}>
      {inForce && <InForce list={list} pack={inForce} />}
      <Panel title={t('rules.pack.others')}>
        <p className="soft">{t('rules.pack.othersNote')}</p>
        <ul className={classes.others}>
          {list.packs
            .filter(({ isInForce }) => !isInForce)
            .map((pack) => (
              <OtherPack key={pack.pack} pack={pack} />
            ))}
        </ul>
      </Panel>
    </div>
  );
}

/** The pack that the depot is checked by, and the others; choosing one begins with what it would alter. */
export function PackPart({ chosen }: { chosen: string }) {
  const { reply } = useAnswer('pack.list', {});
  if (reply === null) return null;
  return reply.ok ? <Packs list={reply.value} chosen={chosen} /> : <ErrorNotice error={reply.error} />;
}
