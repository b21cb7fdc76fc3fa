import { useMemo, useSyncExternalStore } from 'react';

/** Every thing has one page and one address, kept behind the `#`: the back button and links work without a server. */
export const screens = ['stock', 'lot', 'places', 'post', 'checks', 'rules', 'life', 'climate', 'surplus', 'sync', 'import'] as const;
export type Screen = (typeof screens)[number];
export type Query = Readonly<Record<string, string>>;
export type Address = Readonly<{ screen: Screen; query: Query }>;

const home: Address = { screen: 'stock', query: {} };
const isScreen = (name: string): name is Screen => (screens as readonly string[]).includes(name);

export function parseAddress(hash: string): Address {
  const [name = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  if (!isScreen(name)) return home;
  return { screen: name, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** Empty values are left out, so that the same view always has the same address. */
export function hashOf({ screen, query }: Address): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== '');
  return pairs.length === 0 ? `#/${screen}` : `#/${screen}?${new URLSearchParams(pairs)}`;
}

/** The addresses of things, in one place. */
export const to = {
  screen: (screen: Screen): Address => ({ screen, query: {} }),
  stock: (query: Query): Address => ({ screen: 'stock', query }),
  place: (place: string): Address => ({ screen: 'stock', query: { place } }),
  item: (item: string): Address => ({ screen: 'stock', query: { item } }),
  lot: (site: string, lotId: string): Address => ({ screen: 'lot', query: { site, lot: lotId } }),
  licence: (place: string): Address => ({ screen: 'places', query: { place } }),
  post: (query: Query): Address => ({ screen: 'post', query }),
  finding: (key: string): Address => ({ screen: 'checks', query: { finding: key } }),
  checks: (query: Query): Address => ({ screen: 'checks', query }),
  rules: (query: Query): Address => ({ screen: 'rules', query }),
  climate: (place: string): Address => ({ screen: 'climate', query: { place } }),
  sync: (query: Query): Address => ({ screen: 'sync', query }),
  surplus: (item: string): Address => ({ screen: 'surplus', query: { item } }),
};

export function go(address: Address, how: 'push' | 'replace' = 'push'): void {
  const hash = hashOf(address);
  if (hash === window.location.hash) return;
  if (how === 'push') window.location.hash = hash;
  else {
    window.history.replaceState(null, '', hash);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

export function useAddress(): Address {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseAddress(hash), [hash]);
}
