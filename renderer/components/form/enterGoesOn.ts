import type { KeyboardEvent } from 'react';

const fields =
  'input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled]), [data-last-field]:not([disabled])';

/** Enter leads to the next field and after the last one to the button, so that a scanner can fill a whole form. */
export function enterGoesOn(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event;
  if (event.key !== 'Enter' || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(fields)].filter((field) => field.offsetParent !== null);
  all[all.indexOf(target) + 1]?.focus();
}
