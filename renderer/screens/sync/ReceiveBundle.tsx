import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon.tsx';

export function ReceiveBundle({ onApply, isBusy }: { onApply: () => void; isBusy: boolean }) {
  const { t } = useTranslation();
  return (
    <Button leftSection={<Icon name="import" />} disabled={isBusy} onClick={onApply}>
      {t('sync.apply')}
    </Button>
  );
}
