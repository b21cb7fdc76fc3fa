import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The oldest runtime that the window is started in (the fallback, see docs/decisions); newer ones run the same code. */
const chromiumTarget = 'chrome130';
const nodeTarget = 'node20.18';

/** Main process, preload and page. Everything is bundled; the data process has its own file, vite.data.config.ts. */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      target: nodeTarget,
      rolldownOptions: { input: 'electron/main/index.ts' },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: nodeTarget,
      // A sandboxed preload cannot be an ES module.
      rolldownOptions: { input: 'electron/preload/index.ts', output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: chromiumTarget,
      minify: true,
      // The content security policy takes fonts from our own origin only, so nothing is turned into a data: URL.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4096, // read from disk, not over a network
      license: { fileName: 'licences.md' },
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
