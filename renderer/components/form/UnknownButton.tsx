import { useTranslation } from 'react-i18next';
import { classNames } from '../classNames.ts';
import classes from './form.module.css';

type Props = Readonly<{
  isOn: boolean;
  onToggle: (isOn: boolean) => void;
  /** The label of its field. */
  of: string;
  /** Where another word than "unknown" fits, and the button's whole name then. */
  words?: Readonly<{ shown: string; name: string }>;
  /** Whether Tab reaches it; else a form of many fields would be twice as long. */
  isReached?: boolean;
}>;

/** Unknown is an answer that somebody gives, not a field that somebody forgot. */
export function UnknownButton({ isOn, onToggle, of, words, isReached = false }: Props) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      tabIndex={isReached ? 0 : -1}
      className={classNames(classes.unknownButton, isOn && classes.unknownOn)}
      aria-pressed={isOn}
      aria-label={words?.name ?? t('form.unknownOf', { field: of })}
      onClick={() => onToggle(!isOn)}
    >
      {words?.shown ?? t('value.unknown')}
    </button>
  );
}
