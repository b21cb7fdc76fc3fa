import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { call } from '../../api/client.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Icon } from '../../components/Icon.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import classes from './sync.module.css';

/** The public half of this device's keys, and the words to read out so that the other side knows it is really ours. */
export function OwnIdentity() {
  const { t } = useTranslation();
  const [saved, setSaved] = useState<Readonly<{ file: string; fingerprint: string }> | null>(null);
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const save = async () => {
    const file = await globalThis.depot.chooseFile('saveIdentity');
    if (!file) return;
    const reply = await call('identity.save', { file: file.token });
    setError(reply.ok ? null : reply.error);
    setSaved(reply.ok ? { file: file.name, fingerprint: reply.value.fingerprint } : null);
  };
  return (
    <Panel title={t('identityFile.title')}>
      <p>{t('identityFile.what')}</p>
      <div className={layout.buttons}>
        <Button variant="default" leftSection={<Icon name="key" />} onClick={() => void save()}>
          {t('identityFile.save')}
        </Button>
      </div>
      {error && <ErrorNotice error={error} />}
      {saved && (
        <Notice mark="done" title={t('identityFile.saved', { file: saved.file })}>
          <p>{t('identityFile.readOut')}</p>
          <p className={classes.fingerprint}>{saved.fingerprint}</p>
        </Notice>
      )}
    </Panel>
  );
}
