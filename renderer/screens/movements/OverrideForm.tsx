import { Button, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Content } from './movementForm.ts';
import type { Second } from './PreviewPanel.tsx';
import classes from './post.module.css';

type OverrideProps = Readonly<{ content: Content; set: (part: Partial<Content>) => void; second: Second; needsReason: boolean }>;

/** A second person signs with the own passphrase, which goes to the data process once and is kept nowhere. */
export function OverrideForm({ content, set, second, needsReason }: OverrideProps) {
  const { t } = useTranslation();
  const isComplete = content.second.trim() !== '' && second.passphrase !== '' && (!needsReason || content.override.trim() !== '');
  return (
    <fieldset className={classes.override}>
      <legend>{t(needsReason ? 'override.title' : 'override.secondTitle')}</legend>
      {needsReason && (
        <Textarea
          name="override"
          label={t('override.reason')}
          rows={2}
          maxLength={1000}
          value={content.override}
          onChange={(event) => set({ override: event.currentTarget.value })}
        />
      )}
      <div className={classes.pair}>
        <TextInput
          name="second"
          label={t('override.person')}
          autoComplete="off"
          value={content.second}
          onChange={(event) => set({ second: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('override.passphrase')}
          autoComplete="off"
          value={second.passphrase}
          onChange={(event) => second.setPassphrase(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('unlock.show') }}
        />
      </div>
      <Button variant="default" loading={second.isPosting} disabled={!isComplete} onClick={second.post}>
        {t(needsReason ? 'override.post' : 'override.postSigned')}
      </Button>
    </fieldset>
  );
}
