import type { ReactNode } from 'react';
import { type Fact, Facts } from '../../components/Facts.tsx';
import classes from './sync.module.css';

/** One side in a box with its name; equal boxes, so that neither looks like the right one. */
export function Side({ title, facts, children }: { title: string; facts?: readonly Fact[]; children?: ReactNode }) {
  return (
    <section className={classes.side}>
      <h3>
        <bdi>{title}</bdi>
      </h3>
      {facts && <Facts facts={facts} />}
      {children}
    </section>
  );
}
