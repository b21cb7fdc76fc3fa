import type { Random } from './random.ts';

const two = (value: number) => String(value).padStart(2, '0');
const inDigits = (text: string, zero: number) => text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const ARABIC_ZERO = 0x0660;
const CYRILLIC = 'АБВГДЕЖИКЛМН';

/** How lots are marked: several national habits, all with invented makers. Two lots may bear the same text. */
export function lotText(random: Random, maker: string, year: number): string {
  const batch = random.between(1, 99);
  const styles = [
    () =>
      `${maker}-${two(year % 100)}${random.pick([...'ABCDEFGHK'])}${String(batch).padStart(3, '0')}-${String(random.between(1, 40)).padStart(3, '0')}`,
    () => `${batch}-${two(year % 100)}-${random.pick([...CYRILLIC])}`,
    () => inDigits(`${batch}/${year}`, ARABIC_ZERO),
    () => `LOT ${random.between(1, 12)}/${two(year % 100)}`,
    () => `Los ${batch} ${maker} ${year}`,
    () => `第${batch}批 ${year}`,
    () => `${maker} ${random.between(1, 12)}-${two(year % 100)} p.${batch}`,
  ];
  return random.pick(styles)();
}
