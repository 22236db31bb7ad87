import { defineConfig } from 'vite';

// The client with all it needs, for pages that have no build step of their own; its worker is a file beside it.
export default defineConfig({
  base: './',
  publicDir: false,
  build: {
    outDir: '../target/frontend',
    emptyOutDir: false,
    modulePreload: false,
    rolldownOptions: {
      input: { client: 'src/client/index.ts' },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'assets/[name].js' },
    },
  },
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/client-worker.js' } } },
});
