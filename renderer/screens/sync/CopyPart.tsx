import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DomainError } from '../../../shared/domain/errors.ts';
import { lockDepot, useSession } from '../../api/session.ts';
import { go, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { NewIncarnationForm } from './NewIncarnationForm.tsx';
import classes from './sync.module.css';

/** Why nothing may be recorded, in numbers: where this file ends, and who knows more. */
function useWhy(): (error: DomainError) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  return (error) => {
    switch (error.code) {
      case 'readOnlyCopy':
        return t('copy.why.readOnlyCopy', { ownSeq: format.number(error.ownSeq), markSeq: format.number(error.markSeq) });
      case 'partnerHoldsMore':
        return t('copy.why.partnerHoldsMore', {
          site: error.site,
          ownSeq: format.number(error.ownSeq),
          partnerSeq: format.number(error.partnerSeq),
        });
      case 'partnerHoldsOther':
        return t('copy.why.partnerHoldsOther', { site: error.site, seq: format.number(error.seq) });
      default:
        return sentences.error(error);
    }
  };
}

function TakeInWays() {
  const { t } = useTranslation();
  return (
    <>
      <Panel title={t('copy.own')}>
        <p>{t('copy.ownHow')}</p>
        <div className={classes.plainActions}>
          <Button autoFocus onClick={() => go(to.sync({ part: 'partners' }))}>
            {t('copy.takeIn')}
          </Button>
        </div>
      </Panel>
      <Panel title={t('copy.authority')}>
        <p>{t('copy.authorityHow')}</p>
      </Panel>
    </>
  );
}

/** The file is an older copy, or on a branch of its own: why, and the ways on, the safest first. */
export function CopyPart() {
  const { t } = useTranslation();
  const session = useSession();
  const whyOf = useWhy();
  const why = session?.readOnlyWhy ?? null;
  if (why === null) return <Empty>{t('copy.fine')}</Empty>;
  if (why.code === 'incarnationOpened') {
    return (
      <div className={classes.scrolls}>
        <Notice mark="done" title={whyOf(why)} isAlert>
          <p>{t('copy.reopen')}</p>
          <div className={classes.plainActions}>
            <Button autoFocus onClick={() => void lockDepot()}>
              {t('copy.lock')}
            </Button>
          </div>
        </Notice>
      </div>
    );
  }
  return (
    <div className={classes.scrolls}>
      <Notice mark="stop" title={whyOf(why)}>
        <p>{t('copy.kept')}</p>
      </Notice>
      {why.code === 'partnerHoldsOther' ? (
        <Panel title={t('copy.branch')}>
          <ol className={classes.next}>
            <li>{t('copy.branch1')}</li>
            <li>{t('copy.branch2')}</li>
            <li>{t('copy.branch3', { site: why.site })}</li>
            <li>{t('copy.branch4')}</li>
          </ol>
        </Panel>
      ) : (
        <>
          <TakeInWays />
          <Panel title={t('copy.incarnation')}>
            <p>{t('copy.incarnationHow')}</p>
            <NewIncarnationForm />
          </Panel>
        </>
      )}
    </div>
  );
}
