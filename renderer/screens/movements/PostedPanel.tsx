import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../shared/contract/views.ts';
import { go, to } from '../../app/router.ts';
import { FindingCard } from '../../components/FindingCard.tsx';
import { bySeverity } from '../../components/findings.ts';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './post.module.css';
import type { Posted } from './useMovementForm.ts';
import { sentenceFor } from './willDo.ts';

/** The voucher number to write on the paper, and what the entry caused. Enter goes straight to the next one. */
export function PostedPanel({ posted, site, page, onNext }: { posted: Posted; site: string; page: LotPage | null; onNext: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { content, outcome } = posted;
  return (
    <div className={layout.screen}>
      <ScreenHead title={t('screen.post')} />
      <Notice mark="done" title={t('posted.title')} isAlert>
        <p className={classes.voucher} data-testid="voucher">
          {outcome.voucher}
        </p>
        <p>{sentenceFor('willDo', content, page, t, format)}</p>
        <div className={layout.buttons}>
          <Button autoFocus onClick={onNext}>
            {t('posted.next')}
          </Button>
          {content.lotId !== '' && (
            <Button variant="default" onClick={() => go(to.lot(site, content.lotId))}>
              {t('posted.seeLot')}
            </Button>
          )}
          {content.item !== '' && (
            <Button variant="default" onClick={() => go(to.item(content.item))}>
              {t('posted.seeItem')}
            </Button>
          )}
        </div>
      </Notice>
      <h2>{t('posted.findings', { count: outcome.findings.length })}</h2>
      <div className={classes.caused}>
        {outcome.findings.toSorted(bySeverity).map((finding) => (
          <FindingCard key={`${finding.rule} ${finding.place} ${finding.lotId ?? ''} ${finding.says}`} finding={finding} />
        ))}
      </div>
    </div>
  );
}
