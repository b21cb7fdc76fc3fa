import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import layout from '../components/layout.module.css';
import { Notice } from '../components/Notice.tsx';

export function ScreenFailure({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={layout.screen}>
      <Notice mark="stop" title={t('failure.title')} isAlert>
        <p>{t('failure.kept')}</p>
        <div className={layout.buttons}>
          <Button onClick={onRetry}>{t('failure.again')}</Button>
          <Button variant="default" onClick={() => window.location.reload()}>
            {t('failure.reload')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
