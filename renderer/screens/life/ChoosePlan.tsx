import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import { useAnswer } from '../../api/answers.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useAppStore } from '../../stores/appStore.ts';
import { PlanPreviewPart } from './PlanPreviewPart.tsx';

/** Which plan says what is inspected how often. Choosing one may suspend lots at once, so first it is told which. */
export function ChoosePlan({ isFirst, onDone }: { isFirst: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const { reply } = useAnswer('life.plans', {});
  const [asked, setAsked] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Reply<'life.choosePlan'> | null>(null);
  if (!reply?.ok) return null;
  const choose = async (plan: string) => {
    const answer = await call('life.choosePlan', { plan });
    setChosen(answer);
    if (!answer.ok) return;
    report({ outcome: 'done', says: 'action.planChosen', values: { plan }, link: to.screen('life') });
    onDone();
  };
  const action = reply.value.map(({ plan, title, edition, isChosen }) => (
    <Button key={plan} variant="default" disabled={isChosen} onClick={() => setAsked(plan)}>
      {t('life.seePlan', { title, edition })}
    </Button>
  ));
  return (
    <>
      <Empty action={action}>{t(isFirst ? 'life.noPlan' : 'life.otherPlan')}</Empty>
      {asked !== null && <PlanPreviewPart plan={asked} onChoose={() => void choose(asked)} onKeep={() => setAsked(null)} />}
      {chosen && !chosen.ok && <ErrorNotice error={chosen.error} />}
    </>
  );
}
