import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../components/classNames.ts';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './checks.module.css';
import { type CheckFilter, type Facet, type FacetName, isFamily, isSeverity } from './checkView.ts';

type FacetsProps = Readonly<{
  facets: Readonly<Record<FacetName, readonly Facet[]>>;
  filter: CheckFilter;
  onChange: (part: Partial<CheckFilter>) => void;
}>;

const facetNames: readonly FacetName[] = ['severity', 'family', 'place'];

function FacetWord({ name, value }: { name: FacetName; value: string }): ReactNode {
  const { t } = useTranslation();
  if (name === 'severity' && isSeverity(value)) return <Severity mark={value} />;
  if (name === 'family' && isFamily(value)) return t(`family.${value}`);
  return value === '' ? t('checks.noPlace') : <bdi>{value}</bdi>;
}

/** Groups with their counts; a click narrows the list to one of them, another click opens it again. */
export function Facets({ facets, filter, onChange }: FacetsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <nav className={classes.facets} aria-label={t('checks.groups')}>
      {facetNames.map((name) => (
        <section key={name} className={classes.facet}>
          <h2>{t(`checks.by.${name}`)}</h2>
          <ul>
            {facets[name].map(({ value, count }) => {
              const isOn = filter[name] === value && value !== '';
              return (
                <li key={value}>
                  <button
                    type="button"
                    className={classNames(classes.choice, isOn && classes.chosen)}
                    aria-pressed={isOn}
                    onClick={() => onChange({ [name]: isOn ? '' : value })}
                  >
                    <FacetWord name={name} value={value} />
                    <span className="number">{format.number(count)}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </nav>
  );
}
