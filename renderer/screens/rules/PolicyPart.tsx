import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../../../shared/contract/ruleViews.ts';
import { defaultPolicy, policyKinds, policyModes, ruleFamilies } from '../../../shared/rules/policy.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, type Query, to } from '../../app/router.ts';
import { classNames } from '../../components/classNames.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { PolicyCell } from './PolicyCell.tsx';
import classes from './rules.module.css';
import { cellOf, modeMark, type PolicyCellName } from './rulesView.ts';

function Cell({ view, name, isChosen }: { view: PolicyView; name: PolicyCellName; isChosen: boolean }) {
  const { t } = useTranslation();
  const { family, kind } = name;
  const mode = view.policy[family][kind];
  const isChanged = mode !== defaultPolicy[family][kind];
  return (
    <td className={classNames(classes.policyCell, isChosen && classes.chosen)}>
      <button
        type="button"
        className={classes.cellButton}
        aria-pressed={isChosen}
        onClick={() => go(to.rules({ part: 'policy', family, kind }), 'replace')}
      >
        <span className="unseen">{t('rules.policy.cell', { family: t(`family.${family}`), kind: t(`policyKind.${kind}`) })}</span>
        <SeverityShape mark={modeMark[mode]} />
        <span>{t(`policyMode.${mode}`)}</span>
        {isChanged && <span className={classes.changed}>{t('rules.policy.changedShort')}</span>}
      </button>
    </td>
  );
}

function Table({ view, chosen }: { view: PolicyView; chosen: PolicyCellName | null }) {
  const { t } = useTranslation();
  return (
    <div className={classes.policyBox}>
      <table className={classes.policy} aria-label={t('rules.part.policy')}>
        <thead>
          <tr>
            <th scope="col">{t('rules.policy.family')}</th>
            {policyKinds.map((kind) => (
              <th key={kind} scope="col">
                {t(`policyKind.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ruleFamilies.map((family) => (
            <tr key={family}>
              <th scope="row">{t(`family.${family}`)}</th>
              {policyKinds.map((kind) => (
                <Cell key={kind} view={view} name={{ family, kind }} isChosen={chosen?.family === family && chosen.kind === kind} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the three modes do, while no cell is chosen. */
function Legend() {
  const { t } = useTranslation();
  return (
    <section className={classes.legend}>
      <p>{t('rules.policy.choose')}</p>
      <dl className={classes.modes}>
        {policyModes.map((mode) => (
          <div key={mode}>
            <dt>
              <SeverityShape mark={modeMark[mode]} /> {t(`policyMode.${mode}`)}
            </dt>
            <dd>{t(`policyDoes.${mode}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{t('rules.policy.changedNote')}</p>
    </section>
  );
}

/** Kinds of rule against kinds of movement: what a finding does there. */
export function PolicyPart({ query }: { query: Query }) {
  const { reply } = useAnswer('policy.view', {});
  const chosen = cellOf(query);
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  return (
    <div className={classes.policyPart}>
      <Table view={reply.value} chosen={chosen} />
      {chosen === null ? <Legend /> : <PolicyCell key={`${chosen.family} ${chosen.kind}`} view={reply.value} name={chosen} />}
    </div>
  );
}
