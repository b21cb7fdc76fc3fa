import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type SecondPersonFieldsProps = Readonly<{
  user: string;
  passphrase: string;
  onUser: (user: string) => void;
  onPassphrase: (passphrase: string) => void;
}>;

/** Who signs as the second person, with the own passphrase: the browser offers to fill in neither, and keeps neither. */
export function SecondPersonFields({ user, passphrase, onUser, onPassphrase }: SecondPersonFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput label={t('override.person')} autoComplete="off" value={user} onChange={(event) => onUser(event.currentTarget.value)} />
      <PasswordInput
        label={t('override.passphrase')}
        autoComplete="off"
        value={passphrase}
        onChange={(event) => onPassphrase(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('unlock.show') }}
      />
    </>
  );
}
