import { useTranslation } from 'react-i18next';
import { classNames } from '../classNames.ts';
import classes from './form.module.css';

/** Unknown is an answer that somebody gives, not a field that somebody forgot. */
export function UnknownButton({ isOn, onToggle, of }: { isOn: boolean; onToggle: (isOn: boolean) => void; of: string }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classNames(classes.unknownButton, isOn && classes.unknownOn)}
      aria-pressed={isOn}
      aria-label={t('form.unknownOf', { field: of })}
      onClick={() => onToggle(!isOn)}
    >
      {t('value.unknown')}
    </button>
  );
}
