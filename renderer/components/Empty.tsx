import type { ReactNode } from 'react';
import classes from './layout.module.css';

/** What belongs here, and the one button that puts it here. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}
