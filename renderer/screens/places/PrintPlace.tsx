import { useTranslation } from 'react-i18next';
import type { LicenceView, RegisterRow } from '../../../shared/contract/siteViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { PrintForm, type PrintKind } from '../print/PrintForm.tsx';
import { LicencePaper } from './LicencePaper.tsx';
import { StorehousePaper } from './StorehousePaper.tsx';

type Props = Readonly<{ view: LicenceView; register: readonly RegisterRow[]; onDone: () => void }>;

/** The two papers of a place: the licence for the file, the sheet for the door. */
export function PrintPlace({ view, register, onDone }: Props) {
  const { t } = useTranslation();
  const { reply } = useAnswer('storehouse.sheet', { place: view.place });
  const exposed = useAnswer('site.exposed', {}); // the drawing on the paper is there at once or not at all
  if (!reply?.ok || !exposed.reply?.ok) return null;
  const sheet = reply.value;
  const kinds: readonly PrintKind[] = [
    {
      id: 'licence',
      label: t('paper.licence'),
      paper: (marking, printedAtMs) => <LicencePaper view={view} register={register} marking={marking} printedAtMs={printedAtMs} />,
    },
    {
      id: 'storehouse',
      label: t('paper.storehouse'),
      paper: (marking, printedAtMs) => <StorehousePaper view={view} sheet={sheet} marking={marking} printedAtMs={printedAtMs} />,
    },
  ];
  return <PrintForm kinds={kinds} onDone={onDone} />;
}
