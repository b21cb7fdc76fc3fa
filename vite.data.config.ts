import { defineConfig } from 'vite';

/** The data process. It runs on Node 24, in Electron's utility process or forked; only the native module stays outside. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['better-sqlite3'] },
  build: {
    ssr: true,
    outDir: 'out/data',
    target: 'node24',
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      // The process, and the thread in it that owns the file.
      input: ['electron/data/process/main.ts', 'electron/data/process/ledger.ts'],
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});
