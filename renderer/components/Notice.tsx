import type { ReactNode } from 'react';
import { classNames } from './classNames.ts';
import classes from './notice.module.css';
import { type Mark, Severity } from './Severity.tsx';

type NoticeProps = Readonly<{ mark: Mark; title?: ReactNode; children?: ReactNode; isAlert?: boolean }>;

/** A boxed message with its severity in shape and word. Alerts are read out at once. */
export function Notice({ mark, title, children, isAlert = false }: NoticeProps) {
  return (
    <div className={classNames(classes.notice, classes[mark])} {...(isAlert ? { role: 'alert' } : {})}>
      <div className={classes.title}>
        <Severity mark={mark} />
        {title && <strong>{title}</strong>}
      </div>
      {children}
    </div>
  );
}
