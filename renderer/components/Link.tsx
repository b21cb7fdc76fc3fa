import type { ReactNode } from 'react';
import { type Address, hashOf } from '../app/router.ts';

type LinkProps = Readonly<{
  address: Address;
  children: ReactNode;
  className?: string | undefined;
  tabIndex?: number;
  title?: string;
  isCurrent?: boolean;
}>;

/** A thing that is named is a link to its page. */
export function Link({ address, children, className, tabIndex, title, isCurrent = false }: LinkProps) {
  return (
    <a href={hashOf(address)} className={className} tabIndex={tabIndex} title={title} aria-current={isCurrent ? 'page' : undefined}>
      {children}
    </a>
  );
}
