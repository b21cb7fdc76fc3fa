import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenFile, TrustListView, TrustView } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { Facts } from '../../components/Facts.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Refusal } from '../../components/Refusal.tsx';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { useMay } from '../rules/useMay.ts';
import { emptyEnrol } from './enrolState.ts';
import classes from './sync.module.css';
import { isWhole } from './syncView.ts';
import { WordBoxes } from './Words.tsx';

function ListFacts({ list }: { list: TrustListView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const signed = list.roots.filter(({ hasSigned }) => hasSigned).length;
  return (
    <Facts
      facts={[
        { label: t('trustList.version'), value: format.number(list.version) },
        { label: t('trustList.expires'), value: <bdi>{format.date(list.expiresOn)}</bdi> },
        { label: t('trustList.devices'), value: format.number(list.devices) },
        { label: t('trustList.revoked'), value: format.number(list.revoked) },
        {
          label: t('trustList.signed'),
          value: t('trustList.signedBy', {
            signed: format.number(signed),
            roots: format.number(list.roots.length),
            threshold: format.number(list.threshold),
          }),
        },
        ...(list.missing ? [{ label: t('trustList.missing'), value: format.number(list.missing) }] : []),
      ]}
    />
  );
}

/** The first list is trusted like a partner: by the words of its roots, heard over another way. */
function Accept({ file, needsSecond, onDone }: { file: ChosenFile | null; needsSecond: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  const report = useAppStore((s) => s.report);
  const [words, setWords] = useState(emptyEnrol.words);
  const [signature, setSignature] = useState({ user: '', passphrase: '' });
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const isReady = isWhole(words) && (!needsSecond || (signature.user.trim() !== '' && signature.passphrase !== ''));
  const accept = async () => {
    if (!isReady) return;
    const reply = await call('trust.acceptList', {
      ...(file === null ? {} : { file: file.token }),
      fingerprint: words.join(' '),
      ...(needsSecond ? { second: { user: signature.user.trim(), passphrase: signature.passphrase } } : {}),
    });
    setSignature({ ...signature, passphrase: '' });
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    report({ outcome: 'done', says: 'action.listAccepted', values: { version: reply.value.version }, link: to.sync({ part: 'enrol' }) });
    onDone();
  };
  return (
    <div className={classes.stack}>
      <p>{t('trustList.compare')}</p>
      <WordBoxes words={words} onWords={setWords} onEnter={() => void accept()} />
      {needsSecond && (
        <SecondPersonFields
          user={signature.user}
          passphrase={signature.passphrase}
          onUser={(user) => setSignature({ ...signature, user })}
          onPassphrase={(passphrase) => setSignature({ ...signature, passphrase })}
        />
      )}
      {error && <Refusal asked={t('trustList.asked')} why={[sentences.error(error)]} kept={t('trustList.kept')} />}
      <div className={classes.plainActions}>
        <Button disabled={!isReady} onClick={() => void accept()}>
          {t('trustList.accept')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('button.cancel')}
        </Button>
      </div>
    </div>
  );
}

/** The list of who belongs to the network: the one in force, and one that waits for a person. */
export function TrustListPanel({ trust }: { trust: TrustView }) {
  const { t } = useTranslation();
  const { may } = useMay('trust');
  const [asking, setAsking] = useState<Readonly<{ file: ChosenFile | null }> | null>(null);
  const { list, pending, ownCutOffSeq } = trust;
  const choose = async () => {
    const file = await globalThis.depot.chooseFile('openTrustList');
    if (file) setAsking({ file });
  };
  return (
    <Panel title={t('trustList.title')}>
      {ownCutOffSeq !== null && <Notice mark="stop" title={t('trustList.ownRevoked', { seq: ownCutOffSeq })} />}
      {list?.isExpired && <Notice mark="warn" title={t('trustList.expired')} />}
      {list === null && pending === null && <p>{t('trustList.none')}</p>}
      {list && <ListFacts list={list} />}
      {pending && (
        <Notice mark="warn" title={t('trustList.pending')}>
          <ListFacts list={pending} />
        </Notice>
      )}
      {asking === null ? (
        <div className={classes.plainActions}>
          {pending && (
            <Button size="compact-sm" disabled={!may} onClick={() => setAsking({ file: null })}>
              {t('trustList.comparePending')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" disabled={!may} onClick={() => void choose()}>
            {t('trustList.choose')}
          </Button>
        </div>
      ) : (
        <Accept file={asking.file} needsSecond={trust.needsSecond.enrol} onDone={() => setAsking(null)} />
      )}
    </Panel>
  );
}
