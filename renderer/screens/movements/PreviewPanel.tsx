import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotPage, PreviewReply } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import { useAnswer } from '../../api/answers.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { FindingCard } from '../../components/FindingCard.tsx';
import { bySeverity } from '../../components/findings.ts';
import { Refusal } from '../../components/Refusal.tsx';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { type Content, type FieldName, missingFields, requestOf } from './movementForm.ts';
import { PlaceRanking } from './PlaceRanking.tsx';
import classes from './post.module.css';
import { RefusalWays } from './RefusalWays.tsx';
import type { Refused } from './useMovementForm.ts';
import { sentenceFor } from './willDo.ts';

export type Second = Readonly<{ passphrase: string; setPassphrase: (passphrase: string) => void; post: () => void; isPosting: boolean }>;

type PreviewProps = Readonly<{
  content: Content;
  set: (part: Partial<Content>) => void;
  page: LotPage | null;
  refused: Refused | null;
  second: Second;
  focusField: (name: FieldName) => void;
}>;

const pauseMs = 200;

function usePreview(content: Content) {
  // Who signs and why is no part of the question, so typing it does not ask again.
  const asked = useMemo(() => JSON.stringify(requestOf({ ...content, override: '' })), [content]);
  const [settled] = useDebouncedValue(asked, pauseMs);
  const isComplete = missingFields(content).length === 0;
  const { reply, isEarlier } = useAnswer('movement.preview', JSON.parse(settled), isComplete);
  return { reply: isComplete ? reply : null, isEarlier: isEarlier || settled !== asked };
}

function Missing({ content }: { content: Content }) {
  const { t } = useTranslation();
  const format = useFormat();
  const missing = missingFields(content).map((name) => t(`fieldName.${name}`));
  return <p className="soft">{t('preview.missing', { fields: format.list(missing) })}</p>;
}

function Findings({ findings }: { findings: readonly JudgedFinding[] }) {
  return findings
    .toSorted(bySeverity)
    .map((finding) => <FindingCard key={`${finding.rule} ${finding.place} ${finding.lotId ?? ''} ${finding.says}`} finding={finding} />);
}

function RefusedBecause({ error, isPosted, ...props }: PreviewProps & { error: DomainError | Fault; isPosted: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  return (
    <Refusal
      title={t(isPosted ? 'refusal.title' : 'preview.wouldRefuse')}
      asked={sentenceFor('asked', props.content, props.page, t, format)}
      why={[sentences.error(error)]}
      kept={t(isPosted ? 'preview.keptAfter' : 'preview.keptBefore')}
    >
      <RefusalWays error={error} content={props.content} set={props.set} second={props.second} focusField={props.focusField} />
    </Refusal>
  );
}

function Verdict({ preview, isEarlier, ...props }: PreviewProps & { preview: PreviewReply; isEarlier: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={isEarlier ? classes.earlier : classes.verdict} aria-busy={isEarlier}>
      {preview.refusal ? (
        <RefusedBecause {...props} error={preview.refusal} isPosted={false} />
      ) : (
        <>
          <p className={classes.willDo}>{sentenceFor('willDo', props.content, props.page, t, format)}</p>
          {preview.findings.length === 0 && (
            <p>
              <Severity mark="done" /> {t('preview.nothing')}
            </p>
          )}
        </>
      )}
      {preview.onHand !== null && (
        <p className="soft">{t('preview.onHand', { quantity: format.quantity(preview.onHand, props.page?.lot.unit ?? '') })}</p>
      )}
      <Findings findings={preview.findings} />
    </div>
  );
}

/** Beside the form: what posting would do, what the rules say to it, and where it would be refused the ways on. */
export function PreviewPanel(props: PreviewProps) {
  const { t } = useTranslation();
  const { reply, isEarlier } = usePreview(props.content);
  const { refused } = props;
  return (
    <section className={classes.preview} aria-label={t('preview.title')} aria-live="polite">
      <h2>{t('preview.title')}</h2>
      {refused ? (
        <div className={classes.verdict}>
          <RefusedBecause {...props} error={refused.outcome.refusal} isPosted />
          <Findings findings={refused.outcome.findings} />
        </div>
      ) : missingFields(props.content).length > 0 ? (
        <Missing content={props.content} />
      ) : (
        reply && (reply.ok ? <Verdict {...props} preview={reply.value} isEarlier={isEarlier} /> : <ErrorNotice error={reply.error} />)
      )}
      <PlaceRanking content={props.content} set={props.set} />
    </section>
  );
}
