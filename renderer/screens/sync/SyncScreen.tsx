import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/answers.ts';
import { useSession } from '../../api/session.ts';
import { type Query, to } from '../../app/router.ts';
import layout from '../../components/layout.module.css';
import { PartTabs } from '../../components/PartTabs.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { CasesPart } from './CasesPart.tsx';
import { ConsignmentsPart } from './ConsignmentsPart.tsx';
import { CopyPart } from './CopyPart.tsx';
import { EnrolPart } from './EnrolPart.tsx';
import { PartnersPart } from './PartnersPart.tsx';
import { SitesPart } from './SitesPart.tsx';
import { partOf, partsFor, type SyncPart } from './syncView.ts';
import { WaitingPart } from './WaitingPart.tsx';

function Part({ part, query }: { part: SyncPart; query: Query }) {
  switch (part) {
    case 'partners':
      return <PartnersPart chosen={query.device ?? ''} />;
    case 'waiting':
      return <WaitingPart />;
    case 'enrol':
      return <EnrolPart />;
    case 'cases':
      return <CasesPart chosen={query.id ?? ''} />;
    case 'consignments':
      return <ConsignmentsPart chosen={query.consignment ?? ''} />;
    case 'sites':
      return <SitesPart />;
    case 'copy':
      return <CopyPart />;
  }
}

/** How many of a part wait for somebody. */
function useCounts(): Readonly<Partial<Record<SyncPart, number>>> {
  const { reply: waiting } = useAnswer('bundle.waiting', {});
  const { reply: cases } = useAnswer('case.list', {});
  return {
    waiting: waiting?.ok ? waiting.value.files.length + waiting.value.parts.length : 0,
    cases: cases?.ok ? cases.value.length : 0,
  };
}

/** Bundles out and in by stick or mail, whom they go to, and what only people can decide between depots. */
export function SyncScreen({ query }: { query: Query }) {
  const { t } = useTranslation();
  const session = useSession();
  const counts = useCounts();
  const shown = partOf(query);
  return (
    <div className={layout.screen}>
      <ScreenHead title={t('screen.sync')} note={t(`sync.note.${shown}`)} />
      <PartTabs
        label={t('sync.parts')}
        shown={shown}
        parts={partsFor(session, shown).map((part) => ({
          id: part,
          text: t(`sync.part.${part}`),
          address: to.sync({ part }),
          count: counts[part],
        }))}
      />
      <Part part={shown} query={query} />
    </div>
  );
}
