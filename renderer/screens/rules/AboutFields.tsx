import { useTranslation } from 'react-i18next';
import { to } from '../../app/router.ts';
import { Facts } from '../../components/Facts.tsx';
import { TypeAhead } from '../../components/form/TypeAhead.tsx';
import { Link } from '../../components/Link.tsx';
import { usePlaceChoices } from '../movements/useChoices.ts';

/** What a decision is about where a finding gave it. */
export function About({ rule, place, division = null }: { rule: string; place: string; division?: string | null }) {
  const { t } = useTranslation();
  const facts = [
    { label: t('checks.rule'), value: <span className="code">{rule}</span> },
    { label: t('stock.place'), value: <Link address={to.place(place)}>{place}</Link> },
  ];
  return <Facts facts={division === null ? facts : [...facts, { label: t('places.division'), value: division }]} />;
}

export function PlaceField({ place, onChange }: { place: string; onChange: (place: string) => void }) {
  const { t } = useTranslation();
  const choices = usePlaceChoices(place, 'inside');
  return (
    <TypeAhead
      name="place"
      label={t('stock.place')}
      value={place}
      choices={choices}
      onType={onChange}
      onPick={(choice) => onChange(choice.value)}
      meaning={choices.find((choice) => choice.value === place)?.hint}
      none={t('field.noPlace')}
    />
  );
}
