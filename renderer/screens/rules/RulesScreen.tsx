import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Query, to } from '../../app/router.ts';
import layout from '../../components/layout.module.css';
import { PartTabs } from '../../components/PartTabs.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { ApprovalsPart } from './ApprovalsPart.tsx';
import { PackPart } from './PackPart.tsx';
import { PolicyPart } from './PolicyPart.tsx';
import { partOf, type RulePart, ruleParts } from './rulesView.ts';
import { WaiversPart } from './WaiversPart.tsx';

function Part({ part, query }: { part: RulePart; query: Query }) {
  switch (part) {
    case 'pack':
      return <PackPart chosen={query.pack ?? ''} />;
    case 'policy':
      return <PolicyPart query={query} />;
    case 'approvals':
      return <ApprovalsPart query={query} />;
    case 'waivers':
      return <WaiversPart query={query} />;
  }
}

const noteOf = (part: RulePart, t: TFunction): string => t(`rules.note.${part}`);

/** What the authority decides about rules: which pack, what blocks, and what passes until a day. */
export function RulesScreen({ query }: { query: Query }) {
  const { t } = useTranslation();
  const shown = partOf(query);
  return (
    <div className={layout.screen}>
      <ScreenHead title={t('screen.rules')} note={noteOf(shown, t)} />
      <PartTabs
        label={t('rules.parts')}
        shown={shown}
        parts={ruleParts.map((part) => ({ id: part, text: t(`rules.part.${part}`), address: to.rules({ part }) }))}
      />
      <Part part={shown} query={query} />
    </div>
  );
}
