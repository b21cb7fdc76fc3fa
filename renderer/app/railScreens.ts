import type { IconName } from '../components/Icon.tsx';
import type { Screen } from './router.ts';

/** In the order of the plan; only what exists is shown. */
export const railScreens = [
  { screen: 'stock', icon: 'stock' },
  { screen: 'places', icon: 'places' },
  { screen: 'post', icon: 'movements' },
  { screen: 'checks', icon: 'checks' },
  { screen: 'rules', icon: 'rules' },
  { screen: 'life', icon: 'life' },
  { screen: 'climate', icon: 'climate' },
  { screen: 'surplus', icon: 'surplus' },
  { screen: 'sync', icon: 'sync' },
  { screen: 'import', icon: 'import' },
] as const satisfies readonly { screen: Screen; icon: IconName }[];

/** Alt with 1 to 9 opens the first nine, Alt with 0 the tenth; null beyond. */
export const shortcutOf = (index: number): string | null => (index < 10 ? String((index + 1) % 10) : null);
