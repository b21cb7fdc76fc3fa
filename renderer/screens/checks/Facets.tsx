import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceList } from '../../components/ChoiceList.tsx';
import classes from '../../components/choiceList.module.css';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { type CheckFilter, type Facet, type FacetName, isFamily, isSeverity } from './checkView.ts';

type FacetsProps = Readonly<{
  facets: Readonly<Record<FacetName, readonly Facet[]>>;
  filter: CheckFilter;
  onChange: (part: Partial<CheckFilter>) => void;
}>;

const facetNames: readonly FacetName[] = ['severity', 'family', 'rule', 'place'];

function FacetWord({ name, value }: { name: FacetName; value: string }): ReactNode {
  const { t } = useTranslation();
  if (name === 'severity' && isSeverity(value)) return <Severity mark={value} />;
  if (name === 'family' && isFamily(value)) return t(`family.${value}`);
  if (name === 'rule') return <span className="code">{value}</span>;
  return value === '' ? t('checks.noPlace') : <bdi>{value}</bdi>;
}

/** Groups with their counts; a click narrows the list to one of them, another click opens it again. */
export function Facets({ facets, filter, onChange }: FacetsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <nav className={classes.groups} aria-label={t('checks.groups')}>
      {facetNames.map((name) => (
        <ChoiceList
          key={name}
          title={<h2>{t(`checks.by.${name}`)}</h2>}
          choices={facets[name].map(({ value, count }) => ({
            value,
            isChosen: filter[name] === value && value !== '',
            shown: (
              <>
                <FacetWord name={name} value={value} />
                <span className="number">{format.number(count)}</span>
              </>
            ),
          }))}
          onChoose={(value) => onChange({ [name]: filter[name] === value ? '' : value })}
        />
      ))}
    </nav>
  );
}
