import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Watched } from '../api/task.ts';
import { useFormat } from '../format/format.ts';
import classes from './progress.module.css';

/** What is left, by the pace so far; null while too little is done to say. */
export function remainingMs(done: number, total: number, elapsedMs: number): number | null {
  if (done <= 0 || total <= 0 || elapsedMs < 500) return null;
  return Math.max(0, (elapsedMs / done) * (total - done));
}

/** Short work shows nothing; after half a second what, how far, how long yet, and a way to stop it. */
export function ProgressPanel({ task, label }: { task: Watched; label: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!task.isRunning) return setIsLong(false);
    const timer = setTimeout(() => setIsLong(true), 500);
    return () => clearTimeout(timer);
  }, [task.isRunning]);
  if (!task.isRunning || !isLong) return null;
  const { done, total, startedAtMs } = task.progress ?? { done: 0, total: 0, startedAtMs: Date.now() };
  const leftMs = remainingMs(done, total, Date.now() - startedAtMs);
  return (
    <div className={classes.panel} role="status">
      <span>{label}</span>
      <progress className={classes.bar} aria-label={label} {...(total > 0 ? { value: done, max: total } : {})} />
      <span className="number">
        {total > 0 ? t('progress.far', { done: format.number(done), total: format.number(total) }) : t('progress.started')}
      </span>
      <span className="soft">{leftMs === null ? '' : t('progress.left', { count: Math.ceil(leftMs / 1000) })}</span>
      <Button variant="default" onClick={task.cancel}>
        {t('progress.cancel')}
      </Button>
    </div>
  );
}
