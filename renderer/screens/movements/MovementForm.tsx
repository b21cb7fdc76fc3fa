import { Button, SegmentedControl } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enterGoesOn } from '../../components/form/enterGoesOn.ts';
import layout from '../../components/layout.module.css';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { useFormat } from '../../format/format.ts';
import { newId } from '../../format/id.ts';
import type { DraftKeeper } from './draft.ts';
import { MovementFields } from './MovementFields.tsx';
import { type Content, emptyContent, type FieldName, isKind, kindOf, kinds, missingFields } from './movementForm.ts';
import { PostedPanel } from './PostedPanel.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import classes from './post.module.css';
import { useLotPage } from './useChoices.ts';
import { useMovementForm } from './useMovementForm.ts';

type MovementFormProps = Readonly<{ start: Content; draft: DraftKeeper; site: string; restoredAtMs: number | null }>;

function KindPicker({ content, set }: { content: Content; set: (part: Partial<Content>) => void }) {
  const { t } = useTranslation();
  if (kindOf(content) === 'reverse') return <p>{t('post.reversing', { voucher: content.voucher || content.reverses })}</p>;
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('post.kind')}
      data={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      value={content.kind}
      onChange={(kind) => isKind(kind) && set({ kind })}
    />
  );
}

function Restored({ savedAtMs, onDiscard }: { savedAtMs: number; onDiscard: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p className={classes.restored} role="status">
      {t('post.restored', { time: format.time(savedAtMs) })}
      <Button variant="default" size="compact-sm" onClick={onDiscard}>
        {t('post.empty')}
      </Button>
    </p>
  );
}

export function MovementForm({ start, draft, site, restoredAtMs }: MovementFormProps) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [secondPassphrase, setSecondPassphrase] = useState('');
  const [isRestored, setRestored] = useState(restoredAtMs !== null);
  const state = useMovementForm(start, draft, site);
  const { content, set, fill, posted } = state;
  const page = useLotPage(site, content.lotId);
  const isComplete = missingFields(content).length === 0;
  const post = () => {
    if (!isComplete || state.isPosting || posted) return;
    setRestored(false);
    void state.post(secondPassphrase).finally(() => setSecondPassphrase(''));
  };
  const focusField = (name: FieldName) => form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault();
      post();
    } else enterGoesOn(event);
  };
  const discard = () => {
    set({ ...emptyContent(newId(), kindOf(content)) });
    draft.clear();
    setRestored(false);
  };
  if (posted) {
    return <PostedPanel posted={posted} site={site} page={page} onNext={state.next} />;
  }
  return (
    <form ref={form} className={layout.screen} onKeyDown={onKeyDown} onBlur={draft.flush} onSubmit={(event) => event.preventDefault()}>
      <ScreenHead title={t('screen.post')}>
        {isRestored && restoredAtMs !== null && <Restored savedAtMs={restoredAtMs} onDiscard={discard} />}
      </ScreenHead>
      <div className={classes.columns}>
        <div className={classes.entry}>
          <div className={classes.fields}>
            <KindPicker content={content} set={set} />
            <MovementFields content={content} set={set} fill={fill} page={page} />
          </div>
          <div className={classes.actions}>
            <Button data-last-field loading={state.isPosting} disabled={!isComplete} onClick={post}>
              {t('post.post')}
            </Button>
            <kbd className={classes.key}>Ctrl Enter</kbd>
            <span className="soft">{t('post.keptAlways')}</span>
          </div>
        </div>
        <PreviewPanel
          content={content}
          set={set}
          page={page}
          refused={state.refused}
          second={{ passphrase: secondPassphrase, setPassphrase: setSecondPassphrase, post, isPosting: state.isPosting }}
          focusField={focusField}
        />
      </div>
    </form>
  );
}
