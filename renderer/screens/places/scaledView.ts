/** Decimals with a point or a comma; null where it is no number above zero. */
export function positiveOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? value : null;
}
