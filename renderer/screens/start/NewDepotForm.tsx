import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenFile } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import type { SiteRole } from '../../../shared/domain/model.ts';
import { call } from '../../api/client.ts';
import { showSession } from '../../api/session.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useAppStore } from '../../stores/appStore.ts';
import { StrengthMeter } from './StrengthMeter.tsx';
import classes from './start.module.css';

const siteRoles: readonly SiteRole[] = ['depot', 'authority', 'team'];

type Fields = Readonly<{ name: string; site: string; role: SiteRole; user: string; passphrase: string; repeated: string }>;
const emptyFields: Fields = { name: '', site: '', role: 'depot', user: '', passphrase: '', repeated: '' };

function useCreation(fields: Fields, file: ChosenFile | null) {
  const showRecovery = useAppStore((s) => s.showRecovery);
  const [isMaking, setMaking] = useState(false);
  const [error, setError] = useState<DomainError | Fault | null>(null);
  const create = async () => {
    if (!file) return;
    const { name, site, role, user, passphrase } = fields;
    setMaking(true);
    const reply = await call('depot.create', { file: file.token, site, name, role, user, passphrase });
    setMaking(false);
    if (!reply.ok) return setError(reply.error);
    // The words first: once the session is shown as open they would be passed by.
    showRecovery({ words: reply.value.recoveryWords, name });
    const opened = await call('depot.unlock', { file: file.token, passphrase });
    if (opened.ok) showSession(opened);
  };
  return { isMaking, error, create };
}

function FileField({ file, onFile }: { file: ChosenFile | null; onFile: (file: ChosenFile) => void }) {
  const { t } = useTranslation();
  const choose = async () => {
    const chosen = await globalThis.depot.chooseFile('newDepot');
    if (chosen) onFile(chosen);
  };
  return (
    <div>
      <span className={classes.label} id="new-depot-file">
        {t('newDepot.file')}
      </span>
      <div className={classes.buttons}>
        <Button variant="default" leftSection={<Icon name="file" />} onClick={() => void choose()} aria-describedby="new-depot-file">
          {t('newDepot.chooseFile')}
        </Button>
        <bdi className={file ? classes.fileName : 'soft'}>{file?.name ?? t('newDepot.noFile')}</bdi>
      </div>
    </div>
  );
}

export function NewDepotForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(emptyFields);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const { isMaking, error, create } = useCreation(fields, file);
  const set = (part: Partial<Fields>) => setFields((before) => ({ ...before, ...part }));
  const isDifferent = fields.repeated !== '' && fields.repeated !== fields.passphrase;
  const isComplete =
    file !== null &&
    fields.name.trim() !== '' &&
    fields.site.trim() !== '' &&
    fields.user.trim() !== '' &&
    fields.passphrase !== '' &&
    fields.repeated === fields.passphrase;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete && !isMaking) void create();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <h2>{t('newDepot.title')}</h2>
      <TextInput autoFocus label={t('newDepot.name')} value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <div className={classes.pair}>
        <TextInput
          label={t('newDepot.site')}
          description={t('newDepot.siteHint')}
          maxLength={16}
          value={fields.site}
          onChange={(event) => set({ site: event.currentTarget.value.toUpperCase() })}
        />
        <NativeSelect
          label={t('newDepot.role')}
          description={t('newDepot.roleHint')}
          value={fields.role}
          onChange={(event) => set({ role: siteRoles.find((role) => role === event.currentTarget.value) ?? 'depot' })}
          data={siteRoles.map((role) => ({ value: role, label: t(`siteRole.${role}`) }))}
        />
      </div>
      <TextInput
        label={t('newDepot.user')}
        description={t('newDepot.userHint')}
        value={fields.user}
        onChange={(event) => set({ user: event.currentTarget.value })}
      />
      <FileField file={file} onFile={setFile} />
      <div className={classes.pair}>
        <PasswordInput
          label={t('newDepot.passphrase')}
          value={fields.passphrase}
          onChange={(event) => set({ passphrase: event.currentTarget.value })}
          visibilityToggleButtonProps={{ 'aria-label': t('unlock.show') }}
        />
        <PasswordInput
          label={t('newDepot.repeat')}
          value={fields.repeated}
          onChange={(event) => set({ repeated: event.currentTarget.value })}
          error={isDifferent ? t('newDepot.different') : undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('unlock.show') }}
        />
      </div>
      <StrengthMeter passphrase={fields.passphrase} />
      {error && <ErrorNotice error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={isMaking} disabled={!isComplete}>
          {t('newDepot.make')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('button.cancel')}
        </Button>
        {isMaking && <span className="soft">{t('unlock.opening')}</span>}
      </div>
    </form>
  );
}
