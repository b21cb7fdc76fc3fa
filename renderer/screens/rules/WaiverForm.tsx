import { useTranslation } from 'react-i18next';
import type { LicenceDivision } from '../../../shared/domain/model.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { Notice } from '../../components/Notice.tsx';
import { useAppStore } from '../../stores/appStore.ts';
import { About } from './AboutFields.tsx';
import { SignedForm } from './SignedForm.tsx';

const divisions: readonly LicenceDivision[] = ['1.1', '1.2', '1.3', '1.4'];

type WaiverFormProps = Readonly<{
  rule: string;
  place: string;
  /** Where the rule has a finding for each division; null else. */
  division: string | null;
  onDone: (until: string) => void;
  onCancel: () => void;
}>;

/** Lets a finding pass until a day. It says how far it reaches: the rule at the place, whatever the lot. */
export function WaiverForm({ rule, place, division, onDone, onCancel }: WaiverFormProps) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const known = divisions.find((each) => each === division);
  const sign: React.ComponentProps<typeof SignedForm>['sign'] = (common, second) =>
    call('waiver.grant', { waiver: { rule, place, ...(known ? { division: known } : {}), ...common }, second });
  const done = (until: string) => {
    report({ outcome: 'done', says: 'action.waiverGranted', values: { place }, link: to.rules({ part: 'waivers' }) });
    onDone(until);
  };
  return (
    <SignedForm
      label={t('rules.form.waiver')}
      asked={t('rules.form.askedWaiver', { rule, place })}
      isComplete
      sign={sign}
      onDone={done}
      onCancel={onCancel}
    >
      <About rule={rule} place={place} division={division} />
      <Notice mark="info">
        <p>{t(known ? 'rules.form.waiverReachDivision' : 'rules.form.waiverReach', { place, division: division ?? '' })}</p>
      </Notice>
    </SignedForm>
  );
}
