import { useTranslation } from 'react-i18next';
import type { JudgedFinding } from '../../shared/rules/finding.ts';
import { type Format, useFormat } from '../format/format.ts';
import { useSentences } from '../format/sentence.ts';
import { classNames } from './classNames.ts';
import classes from './finding.module.css';
import { numberName } from './findings.ts';
import { Severity } from './Severity.tsx';

/** The numbers used, each with its name and unit. */
export function FindingNumbers({ finding, format }: { finding: JudgedFinding; format: Format }) {
  const sentences = useSentences();
  const entries = Object.entries(finding.numbers);
  if (entries.length === 0) return null;
  return (
    <dl className={classes.numbers}>
      {entries.map(([name, value]) => {
        const { words, unit } = numberName(name);
        return (
          <div key={name}>
            <dt>{sentences.at(`number.${name}`, {}, words)}</dt>
            <dd className="number">
              {format.number(value)} {unit}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Which rule of which edition says so, and whether its row was read in the document. */
export function RuleNote({ finding }: { finding: JudgedFinding }) {
  const { t } = useTranslation();
  return (
    <p className={classes.rule}>
      <span className="code">{finding.rule}</span> · {finding.pack} · {finding.edition} · {finding.source}
      {finding.status === 'unverified' && <span className={classes.unverified}>{t('findingCard.unverified')}</span>}
    </p>
  );
}

/** Severity in shape and word, one sentence, the numbers, the rule. */
export function FindingCard({ finding, isBrief = false }: { finding: JudgedFinding; isBrief?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  return (
    <article className={classNames(classes.card, classes[finding.severity])}>
      <div className={classes.head}>
        <Severity mark={finding.severity} />
        {finding.blocked && <strong>{t('findingCard.blocks')}</strong>}
        {finding.overridden && <span>{t('findingCard.overridden')}</span>}
      </div>
      <p>{sentences.finding(finding)}</p>
      {!isBrief && <FindingNumbers finding={finding} format={format} />}
      <RuleNote finding={finding} />
    </article>
  );
}
