import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceRanking as RankedPlace } from '../../../shared/contract/siteViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import layout from '../../components/layout.module.css';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { type Content, fieldsOf, kindOf, missingFields, requestOf } from './movementForm.ts';
import classes from './post.module.css';

const shownAtFirst = 6;

/** Whether only the place is open, so that every place can be asked. */
const isRankable = (content: Content): boolean =>
  fieldsOf[kindOf(content)].includes('to') && missingFields(content).every((name) => name === 'to');

/** One place: what speaks against it, the worst in words and the rest as a number. */
function Line({ ranked, isChosen, onUse }: { ranked: RankedPlace; isChosen: boolean; onUse: () => void }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  const [worst] = ranked.findings;
  const speaksAgainst = ranked.findings.length > 0 || ranked.refusal !== null;
  return (
    <tr>
      <th scope="row">
        <Button size="compact-xs" variant={isChosen ? 'filled' : 'default'} aria-pressed={isChosen} onClick={onUse}>
          {ranked.place}
        </Button>
      </th>
      <td>
        <bdi className="soft">{ranked.name}</bdi>
        <div>
          <Severity mark={ranked.isPossible ? (worst?.severity ?? 'done') : 'stop'} />{' '}
          {worst ? sentences.finding(worst) : ranked.refusal ? sentences.error(ranked.refusal) : t('ranking.nothingAgainst')}
        </div>
        {speaksAgainst && ranked.findings.length > 1 && (
          <div className="soft">{t('ranking.more', { count: ranked.findings.length - 1 })}</div>
        )}
      </td>
    </tr>
  );
}

function Places({ content, set }: { content: Content; set: (part: Partial<Content>) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [showsAll, setShowsAll] = useState(false);
  // The place that was chosen is no part of the question, nor is who signs.
  const { to: _, ...asked } = requestOf({ ...content, to: '', override: '' });
  const { reply, isEarlier } = useAnswer('place.ranking', asked);
  if (!reply) return <p role="status">{t('ranking.asking')}</p>;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  const ranking = reply.value;
  const possible = ranking.filter((each) => each.isPossible).length;
  const shown = showsAll ? ranking : ranking.slice(0, shownAtFirst);
  return (
    <div className={isEarlier ? classes.earlier : layout.stack} aria-busy={isEarlier}>
      <p>{t('ranking.possible', { count: possible, all: format.number(ranking.length) })}</p>
      <table className={classes.ranking}>
        <tbody>
          {shown.map((ranked) => (
            <Line key={ranked.place} ranked={ranked} isChosen={ranked.place === content.to} onUse={() => set({ to: ranked.place })} />
          ))}
        </tbody>
      </table>
      {ranking.length > shown.length && (
        <Button variant="default" size="compact-sm" onClick={() => setShowsAll(true)}>
          {t('ranking.showAll', { count: ranking.length })}
        </Button>
      )}
    </div>
  );
}

/** "Where could this go?": every place of the depot for what is typed, the best first. Nothing is written by asking. */
export function PlaceRanking({ content, set }: { content: Content; set: (part: Partial<Content>) => void }) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  if (!isRankable(content)) return null;
  return (
    <section className={layout.stack} aria-label={t('ranking.title')}>
      <div>
        <Button variant="default" size="compact-sm" aria-expanded={isAsked} onClick={() => setAsked(!isAsked)}>
          {t('ranking.title')}
        </Button>
      </div>
      {isAsked && <Places content={content} set={set} />}
    </section>
  );
}
