import type { IconName } from '../components/Icon.tsx';
import type { Screen } from './router.ts';

/** In the order of the plan; only what exists is shown. */
export const railScreens = [
  { screen: 'stock', icon: 'stock' },
  { screen: 'places', icon: 'places' },
  { screen: 'post', icon: 'movements' },
  { screen: 'checks', icon: 'checks' },
  { screen: 'life', icon: 'life' },
  { screen: 'climate', icon: 'climate' },
  { screen: 'surplus', icon: 'surplus' },
  { screen: 'sync', icon: 'sync' },
  { screen: 'import', icon: 'import' },
] as const satisfies readonly { screen: Screen; icon: IconName }[];
