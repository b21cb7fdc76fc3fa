import { dirname, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const workerUrl = /new URL\(\s*'(\.[^']+\.ts)',\s*import\.meta\.url\s*\)/g;

/**
 * Makes each `new URL('./x.ts', import.meta.url)` an entry of its own and points it at the built file. Sources stay
 * what Node 24 runs unbuilt: worker threads are started from such a URL.
 */
function workerEntries(): Plugin {
  return {
    name: 'depot:worker-entries',
    transform: {
      filter: { id: /electron\/data\/.*\.ts$/, code: 'import.meta.url' },
      handler(code, id) {
        return code.replace(workerUrl, (_match, path: string) => {
          const reference = this.emitFile({ type: 'chunk', id: resolve(dirname(id), path) });
          return `new URL(import.meta.ROLLUP_FILE_URL_${reference})`;
        });
      },
    },
  };
}

/** The data process. It runs on Node 24, in Electron's utility process or forked; only the native module stays outside. */
export default defineConfig({
  plugins: [workerEntries()],
  publicDir: false,
  ssr: { noExternal: true, external: ['better-sqlite3'] },
  build: {
    ssr: true,
    outDir: 'out/data',
    target: 'node24',
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      input: 'electron/data/process/main.ts',
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});
