import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import type { Query } from '../../app/router.ts';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { useFormat } from '../../format/format.ts';
import { newId } from '../../format/id.ts';
import { draftForm, useDraft } from './draft.ts';
import { MovementForm } from './MovementForm.tsx';
import { contentFrom, isWorthKeeping } from './movementForm.ts';

/** A new movement is wanted while another is half typed: the person decides, nothing is overwritten in silence. */
function DraftQuestion({ savedAtMs, onContinue, onDiscard }: { savedAtMs: number; onContinue: () => void; onDiscard: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={layout.screen}>
      <ScreenHead title={t('screen.post')} />
      <Notice mark="warn" title={t('post.halfTyped', { time: format.time(savedAtMs) })}>
        <div className={layout.buttons}>
          <Button autoFocus onClick={onContinue}>
            {t('post.continueDraft')}
          </Button>
          <Button variant="default" onClick={onDiscard}>
            {t('post.discardDraft')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}

/** An address that only names a kind goes together with a draft of that kind. */
const fitsDraft = (prefill: Query, stored: Query): boolean =>
  Object.entries(prefill).every(([name, value]) => value === '' || stored[name] === value);

export function PostScreen({ prefill }: { prefill: Query }) {
  const draft = useDraft(draftForm);
  const site = useSession()?.site ?? '';
  const [decision, setDecision] = useState<'continue' | 'discard' | null>(null);
  const stored = draft.found?.content ?? {};
  const hasDraft = isWorthKeeping(stored);
  const mayContinue = hasDraft && decision !== 'discard' && (decision === 'continue' || fitsDraft(prefill, stored));
  const chosen = mayContinue ? stored : prefill;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the start is read once; afterwards the form has its own content.
  const start = useMemo(() => contentFrom(chosen, newId()), [draft.found, decision]);
  if (draft.found === undefined) return null;
  if (draft.found && hasDraft && !mayContinue && decision === null) {
    return (
      <DraftQuestion
        savedAtMs={draft.found.savedAtMs}
        onContinue={() => setDecision('continue')}
        onDiscard={() => setDecision('discard')}
      />
    );
  }
  return (
    <MovementForm
      key={start.id}
      start={start}
      draft={draft}
      site={site}
      restoredAtMs={mayContinue ? (draft.found?.savedAtMs ?? null) : null}
    />
  );
}
