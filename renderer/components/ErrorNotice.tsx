import { useTranslation } from 'react-i18next';
import type { DomainError, Fault } from '../../shared/domain/errors.ts';
import { useSentences } from '../format/sentence.ts';
import { Notice } from './Notice.tsx';

/** A question that got no answer: what happened, and what was kept. A fault names the entry in the log. */
export function ErrorNotice({ error }: { error: DomainError | Fault }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  if (error.code === 'cancelled') return <Notice mark="info" title={sentences.error(error)} />; // as was wished
  const isFault = error.code === 'internal' || error.code === 'badRequest';
  return (
    <Notice mark="stop" title={sentences.error(error)} isAlert>
      <p>{t(isFault ? 'errorNotice.fault' : 'errorNotice.kept')}</p>
    </Notice>
  );
}
