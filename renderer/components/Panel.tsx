import { type ReactNode, useId } from 'react';
import { classNames } from './classNames.ts';
import classes from './layout.module.css';

type PanelProps = Readonly<{ title: string; aside?: ReactNode; children: ReactNode; fills?: boolean }>;

/** A titled part of a page. */
export function Panel({ title, aside, children, fills = false }: PanelProps) {
  const id = useId();
  return (
    <section className={classNames(classes.panel, fills && classes.fills)} aria-labelledby={id}>
      <div className={classes.panelHead}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
