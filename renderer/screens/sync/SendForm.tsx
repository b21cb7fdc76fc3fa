import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '../../../shared/contract/views.ts';
import { Icon } from '../../components/Icon.tsx';
import classes from './sync.module.css';

/** What mail and small media take; a bundle is never larger than the last. */
const PART_SIZES_MB = [2, 5, 10, 20, 50] as const;

type SendProps = Readonly<{
  partner: PartnerView;
  isBusy: boolean;
  onSend: (partner: PartnerView, partMb: number | null) => Promise<void>;
}>;

export function SendForm({ partner, isBusy, onSend }: SendProps) {
  const { t } = useTranslation();
  const [partMb, setPartMb] = useState('');
  return (
    <form
      className={classes.stack}
      aria-label={t('partner.send')}
      onSubmit={(event) => {
        event.preventDefault();
        void onSend(partner, partMb === '' ? null : Number(partMb));
      }}
    >
      <NativeSelect
        label={t('partner.cut')}
        value={partMb}
        onChange={(event) => setPartMb(event.currentTarget.value)}
        data={[
          { value: '', label: t('partner.whole') },
          ...PART_SIZES_MB.map((size) => ({ value: String(size), label: t('partner.partsOf', { size }) })),
        ]}
      />
      <Button type="submit" disabled={isBusy} leftSection={<Icon name="sync" />}>
        {t('partner.export')}
      </Button>
    </form>
  );
}
