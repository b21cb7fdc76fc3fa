import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenFile } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { Icon } from '../../components/Icon.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Refusal } from '../../components/Refusal.tsx';
import { useSentences } from '../../format/sentence.ts';
import { useAppStore } from '../../stores/appStore.ts';

type Trusted = Readonly<{ trusted: string; role: string }>;

/**
 * The words of the file are never shown here: whoever trusts must hear them from the other side and type them, or a
 * swapped file would be trusted by copying its own words.
 */
export function TrustPartner() {
  const { t } = useTranslation();
  const sentences = useSentences();
  const report = useAppStore((s) => s.report);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [words, setWords] = useState('');
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const [trusted, setTrusted] = useState<Trusted | null>(null);
  const choose = async () => {
    const chosen = await globalThis.depot.chooseFile('openIdentity');
    if (!chosen) return;
    setFile(chosen);
    setTrusted(null);
    setError(null);
  };
  const trust = async () => {
    if (!file) return;
    const reply = await call('partner.trust', { file: file.token, fingerprint: words.trim() });
    if (!reply.ok) return setError(reply.error);
    setError(null);
    setTrusted(reply.value);
    setFile(null);
    setWords('');
    report({ outcome: 'done', says: 'action.trusted', values: { site: reply.value.trusted }, link: to.screen('sync') });
  };
  return (
    <Panel title={t('trust.title')}>
      <p>{t('trust.what')}</p>
      <div className={layout.buttons}>
        <Button variant="default" leftSection={<Icon name="file" />} onClick={() => void choose()}>
          {t('trust.choose')}
        </Button>
        {file && <bdi>{file.name}</bdi>}
      </div>
      {file && (
        <>
          <Textarea
            autoFocus
            rows={2}
            label={t('trust.words')}
            description={t('trust.wordsHint')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <div className={layout.buttons}>
            <Button disabled={words.trim() === ''} onClick={() => void trust()}>
              {t('trust.trust')}
            </Button>
          </div>
        </>
      )}
      {error && <Refusal asked={t('trust.asked', { file: file?.name ?? '' })} why={[sentences.error(error)]} kept={t('trust.kept')} />}
      {trusted && <Notice mark="done" title={t('trust.done', { site: trusted.trusted })} />}
    </Panel>
  );
}
