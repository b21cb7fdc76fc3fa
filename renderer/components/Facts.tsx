import type { ReactNode } from 'react';
import { classNames } from './classNames.ts';
import classes from './layout.module.css';

export type Fact = Readonly<{ label: string; value: ReactNode }>;

/** Names and values in two columns. */
export function Facts({ facts, isWide = false }: { facts: readonly Fact[]; isWide?: boolean }) {
  return (
    <dl className={classNames(classes.facts, isWide && classes.factsWide)}>
      {facts.map(({ label, value }) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
