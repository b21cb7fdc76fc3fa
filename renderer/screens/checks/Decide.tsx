import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../../shared/rules/explain.ts';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import layout from '../../components/layout.module.css';
import { ApprovalForm } from '../rules/ApprovalForm.tsx';
import { useMay } from '../rules/useMay.ts';
import { WaiverForm } from '../rules/WaiverForm.tsx';

export type Decision = 'approval' | 'waiver';

/** What an authority could decide about this finding; who may not reads who may. */
export function Decide({ finding, explained, onAsk }: { finding: JudgedFinding; explained: Explanation; onAsk: (what: Decision) => void }) {
  const { t } = useTranslation();
  const { may, who } = useMay('override');
  const mayBeApproved = explained.conditions.length > 0 && finding.place !== '';
  const mayBeWaived = explained.waivedBy.length > 0 && finding.place !== '';
  if (!mayBeApproved && !mayBeWaived) return null;
  return (
    <>
      <div className={layout.buttons}>
        {mayBeApproved && (
          <Button variant="default" disabled={!may} onClick={() => onAsk('approval')}>
            {t('checks.recordApproval')}
          </Button>
        )}
        {mayBeWaived && (
          <Button variant="default" disabled={!may} onClick={() => onAsk('waiver')}>
            {t('checks.waive')}
          </Button>
        )}
      </div>
      {!may && <p className="soft">{who}</p>}
    </>
  );
}

type FormProps = Readonly<{ what: Decision; finding: JudgedFinding; explained: Explanation | null; onClose: () => void }>;

/** The form, with rule and place from the finding. */
export function DecisionForm({ what, finding: { rule, place }, explained, onClose }: FormProps) {
  const { t } = useTranslation();
  return (
    <section className={layout.stack}>
      <h3>{t(what === 'approval' ? 'rules.form.approval' : 'rules.form.waiver')}</h3>
      {what === 'approval' ? (
        <ApprovalForm about={{ rule: explained?.approvalRule ?? rule, place }} onDone={onClose} onCancel={onClose} />
      ) : (
        <WaiverForm
          rule={rule}
          place={place}
          division={explained?.division ?? null}
          quantityKg={explained?.waivedKg ?? null}
          onDone={onClose}
          onCancel={onClose}
        />
      )}
    </section>
  );
}
