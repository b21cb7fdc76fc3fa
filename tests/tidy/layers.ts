/** Which folder may import which, and which packages it may use. The longest matching prefix of a path is its layer. */
export type Layer = Readonly<{ imports: readonly string[]; packages: readonly string[] }>;

const shared = ['shared/lib', 'shared/domain', 'shared/rules', 'shared/contract'];
/** Journal, projections and the open ledger know each other; the file and the keys under them know only refusals. */
const core = ['db', 'journal', 'keys', 'projections', 'durableFiles.ts', 'ledger.ts', 'refused.ts'].map((name) => `electron/data/${name}`);
const data = (...names: readonly string[]) => names.map((name) => `electron/data/${name}`);

/** `node:` stands for all of Node. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  'shared/lib': { imports: [], packages: ['date-fns'] },
  'shared/domain': { imports: ['shared/lib'], packages: ['date-fns'] },
  'shared/rules': { imports: ['shared/lib', 'shared/domain'], packages: ['date-fns', 'geographiclib-geodesic'] },
  'shared/contract': { imports: ['shared/lib', 'shared/domain', 'shared/rules'], packages: ['zod'] },

  'electron/preload': { imports: ['shared/contract'], packages: ['electron'] },
  // Of the data process the main process knows the shape of the messages, nothing else.
  'electron/main': {
    imports: ['shared/lib', 'shared/contract', 'electron/data/process/messages.ts'],
    packages: ['node:', 'electron', 'electron-log/main'],
  },

  'electron/data/refused.ts': { imports: ['shared/lib', 'shared/domain'], packages: [] },
  'electron/data/durableFiles.ts': { imports: [], packages: ['node:'] },
  'electron/data/keys': {
    imports: [...shared, ...data('durableFiles.ts', 'refused.ts')],
    packages: ['node:', 'zod', 'hash-wasm', '@scure/bip39', 'age-encryption'],
  },
  'electron/data/db': { imports: [...shared, ...data('refused.ts')], packages: ['node:', 'better-sqlite3', 'drizzle-orm'] },
  'electron/data/journal': { imports: [...shared, ...core], packages: ['node:', 'zod', 'canonicalize', 'drizzle-orm'] },
  'electron/data/projections': { imports: [...shared, ...core], packages: ['node:', 'drizzle-orm'] },
  'electron/data/ledger.ts': { imports: [...shared, ...core], packages: ['node:', 'drizzle-orm'] },
  'electron/data/repositories': { imports: [...shared, ...core, ...data('rules')], packages: ['node:', 'drizzle-orm'] },
  'electron/data/rules': { imports: [...shared, ...data('refused.ts'), 'resources'], packages: ['node:'] },
  'electron/data/import': { imports: shared, packages: ['node:', 'zod', 'papaparse'] },
  'electron/data/services': { imports: [...shared, ...core, ...data('repositories', 'rules', 'import')], packages: ['node:'] },
  'electron/data/sync': {
    imports: [...shared, ...core, ...data('repositories', 'rules', 'services')],
    packages: ['node:', 'zod', 'age-encryption'],
  },
  'electron/data/host': {
    imports: [...shared, ...core, ...data('repositories', 'rules', 'import', 'services', 'sync', 'demo')],
    packages: ['node:', 'zod', 'age-encryption'],
  },
  'electron/data/demo': {
    imports: [...shared, ...core, ...data('repositories', 'rules', 'import', 'services', 'sync', 'host'), 'resources'],
    packages: ['node:', 'papaparse'],
  },
  'electron/data/process': {
    imports: ['shared/lib', 'shared/contract', ...data('host')],
    packages: ['node:', 'electron-log/node'],
  },
  'electron/cli': {
    imports: [...shared, ...core, ...data('repositories', 'rules', 'import', 'services', 'sync', 'host', 'demo'), 'resources'],
    packages: ['node:', 'i18next'],
  },

  renderer: {
    imports: [...shared, 'resources/locales'],
    packages: [
      '@mantine/core',
      '@mantine/hooks',
      '@tanstack/react-query',
      '@tanstack/react-table',
      '@tanstack/react-virtual',
      'date-fns',
      'i18next',
      'react',
      'react-dom',
      'react-i18next',
      'recharts',
      'zod',
      'zustand',
    ],
  },
};

/** The layer of a file, or undefined where no layer was named for it. */
export const layerOf = (file: string): string | undefined =>
  Object.keys(LAYERS)
    .filter((layer) => file === layer || file.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];

const isWithin = (target: string, prefixes: readonly string[]) =>
  prefixes.some((prefix) => target === prefix || target.startsWith(`${prefix}/`));

export function mayImport(file: string, target: string): boolean {
  const layer = layerOf(file);
  if (layer === undefined) return false;
  return isWithin(target, [layer, ...(LAYERS[layer]?.imports ?? [])]);
}

export function mayUsePackage(file: string, name: string): boolean {
  const packages = LAYERS[layerOf(file) ?? '']?.packages ?? [];
  return name.startsWith('node:') ? packages.includes('node:') : isWithin(name, packages);
}
