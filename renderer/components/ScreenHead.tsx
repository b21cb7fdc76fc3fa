import type { ReactNode } from 'react';
import classes from './layout.module.css';

/** Title, what it counts, and on the end side what can be done here. */
export function ScreenHead({ title, note, children }: { title: ReactNode; note?: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.screenHead}>
      <h1>{title}</h1>
      {note !== undefined && <span className="soft">{note}</span>}
      <div className={classes.screenActions}>{children}</div>
    </header>
  );
}
