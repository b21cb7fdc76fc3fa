import type { Address } from '../app/router.ts';
import { useFormat } from '../format/format.ts';
import { classNames } from './classNames.ts';
import { Link } from './Link.tsx';
import classes from './partTabs.module.css';

/** `count`: how many wait there for somebody; not shown where none does. */
type Part = Readonly<{ id: string; text: string; address: Address; count?: number | undefined }>;

/** The parts of one screen, each with its own address. */
export function PartTabs({ label, parts, shown }: { label: string; parts: readonly Part[]; shown: string }) {
  const format = useFormat();
  return (
    <nav className={classes.parts} aria-label={label}>
      {parts.map(({ id, text, address, count = 0 }) => (
        <span key={id} className={classNames(classes.part, id === shown && classes.partShown)}>
          <Link address={address} isCurrent={id === shown}>
            {text}
            {count > 0 && <span className={classes.count}>{format.number(count)}</span>}
          </Link>
        </span>
      ))}
    </nav>
  );
}
