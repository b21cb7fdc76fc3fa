import { useTranslation } from 'react-i18next';
import type { WhatIfAnswer } from '../../../shared/contract/siteViews.ts';
import type { GoverningLimit } from '../../../shared/domain/site.ts';
import { NEQ_LICENSED_MAX_KG } from '../../../shared/rules/distance/required.ts';
import { FindingCard } from '../../components/FindingCard.tsx';
import layout from '../../components/layout.module.css';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { GoverningCells, LimitHead } from './LimitTable.tsx';
import classes from './places.module.css';
import { limitChanges } from './whatIfView.ts';

const FINDINGS_MAX = 20;
type PlaceLimits = WhatIfAnswer['limits'][number];

/** Now and then beside each other; what differs is in bold. */
function LimitChangeTable({ limits }: { limits: PlaceLimits }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = (limit: GoverningLimit | null) => {
    if (limit === null) return t('value.unknown');
    return limit.limitKg === null
      ? t('places.noLimit', { most: format.number(NEQ_LICENSED_MAX_KG) })
      : `${format.number(limit.limitKg)} kg`;
  };
  return (
    <table className={layout.plainTable} aria-label={t('whatIf.limitsOf', { place: limits.place })}>
      <LimitHead limits={[t('whatIf.now'), t('whatIf.then')]} governs={t('whatIf.governsThen')} />
      <tbody>
        {limitChanges(limits.before, limits.after).map(({ division, before, after, differs }) => (
          <tr key={division}>
            <th scope="row">{division}</th>
            <td className="number">{words(before)}</td>
            <td className="number">{differs ? <strong>{words(after)}</strong> : words(after)}</td>
            <GoverningCells limit={after} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cured({ findings }: { findings: WhatIfAnswer['cured'] }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  if (findings.length === 0) return null;
  return (
    <section className={layout.stack}>
      <h3>
        <Severity mark="done" /> {t('whatIf.cured', { count: findings.length })}
      </h3>
      <ul className={layout.plainList}>
        {findings.slice(0, FINDINGS_MAX).map((finding) => (
          <li key={`${finding.rule} ${finding.place} ${finding.facts.exposed} ${finding.facts.division}`}>{sentences.finding(finding)}</li>
        ))}
      </ul>
    </section>
  );
}

/** What a change would bring about: worse first, then what would be gone, then the limits before and after. */
export function WhatIfAnswerView({ answer, place }: { answer: WhatIfAnswer; place: string }) {
  const { t } = useTranslation();
  const { caused, cured, limits } = answer;
  if (caused.length === 0 && cured.length === 0 && limits.length === 0) {
    return (
      <p>
        <Severity mark="done" /> {t('whatIf.nothing')}
      </p>
    );
  }
  const ordered = limits.toSorted((a, b) => Number(b.place === place) - Number(a.place === place));
  return (
    <div className={layout.stack}>
      {caused.length > 0 && (
        <>
          <h3>{t('whatIf.caused', { count: caused.length })}</h3>
          {caused.slice(0, FINDINGS_MAX).map((finding) => (
            <FindingCard
              key={`${finding.rule} ${finding.place} ${finding.facts.exposed} ${finding.facts.division} ${finding.subjects}`}
              finding={{ ...finding, blocked: false }}
              isBrief
            />
          ))}
          {caused.length > FINDINGS_MAX && <p>{t('whatIf.more', { count: caused.length - FINDINGS_MAX })}</p>}
        </>
      )}
      <Cured findings={cured} />
      {limits.length === 0 && <p className="soft">{t('whatIf.limitsStay')}</p>}
      {ordered.map((each) => (
        <details key={each.place} open={each.place === place} className={classes.limitChange}>
          <summary>{t('whatIf.limitsOf', { place: each.place })}</summary>
          <LimitChangeTable limits={each} />
        </details>
      ))}
    </div>
  );
}
