import type { ReactNode } from 'react';
import { type Address, hashOf } from '../app/router.ts';

type LinkProps = Readonly<{ address: Address; children: ReactNode; className?: string | undefined; tabIndex?: number; label?: string }>;

/** A thing that is named is a link to its page. */
export function Link({ address, children, className, tabIndex, label }: LinkProps) {
  return (
    <a href={hashOf(address)} className={className} tabIndex={tabIndex} aria-label={label}>
      {children}
    </a>
  );
}
