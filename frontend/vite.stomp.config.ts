import { defineConfig } from 'vite';

// Built on its own: a chunk shared with the page would be a second file whose name can go stale in a cache.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: '../target/frontend',
    emptyOutDir: false,
    lib: { entry: 'src/stomp.ts', formats: ['es'], fileName: () => 'assets/stomp.js' },
  },
});
