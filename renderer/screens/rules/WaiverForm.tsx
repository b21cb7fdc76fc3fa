import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LicenceDivision } from '../../../shared/domain/model.ts';
import { waivedQuantityOf } from '../../../shared/rules/waivers.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { Notice } from '../../components/Notice.tsx';
import { useAppStore } from '../../stores/appStore.ts';
import { About } from './AboutFields.tsx';
import { signedGramsOf } from './rulesView.ts';
import { SignedForm } from './SignedForm.tsx';

const divisions: readonly LicenceDivision[] = ['1.1', '1.2', '1.3', '1.4'];

type WaiverFormProps = Readonly<{
  rule: string;
  place: string;
  /** Where the rule has a finding for each division; null else. */
  division: string | null;
  /** What the finding counts today, where it counts something; the form begins with it. */
  quantityKg: number | null;
  onDone: (until: string) => void;
  onCancel: () => void;
}>;

/** Lets a finding pass until a day. It says how far it reaches: the rule at the place, up to a quantity, whatever the lot. */
export function WaiverForm({ rule, place, division, quantityKg, onDone, onCancel }: WaiverFormProps) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const counted = waivedQuantityOf(rule);
  const [kilograms, setKilograms] = useState(quantityKg === null ? '' : String(quantityKg));
  const grams = signedGramsOf(kilograms);
  const known = divisions.find((each) => each === division);
  const sign: React.ComponentProps<typeof SignedForm>['sign'] = (common, second) =>
    call('waiver.grant', {
      waiver: {
        rule,
        place,
        ...(known ? { division: known } : {}),
        ...(counted === null || grams === null ? {} : { quantityMaxG: grams }),
        ...common,
      },
      second,
    });
  const done = (until: string) => {
    report({ outcome: 'done', says: 'action.waiverGranted', values: { place }, link: to.rules({ part: 'waivers' }) });
    onDone(until);
  };
  return (
    <SignedForm
      label={t('rules.form.waiver')}
      asked={t('rules.form.askedWaiver', { rule, place })}
      isComplete={counted === null || grams !== null}
      sign={sign}
      onDone={done}
      onCancel={onCancel}
    >
      <About rule={rule} place={place} division={division} />
      <Notice mark="info">
        <p>{t(known ? 'rules.form.waiverReachDivision' : 'rules.form.waiverReach', { place, division: division ?? '' })}</p>
      </Notice>
      {counted !== null && (
        <TextInput
          inputMode="decimal"
          label={t(counted === 'neq' ? 'rules.form.waivedNeq' : 'rules.form.waivedMass')}
          description={t('rules.form.waivedHint')}
          value={kilograms}
          onChange={(event) => setKilograms(event.currentTarget.value)}
        />
      )}
    </SignedForm>
  );
}
