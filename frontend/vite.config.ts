import { defineConfig } from 'vitest/config';

// The names are fixed because Spring adds the content's hash to the address of each file.
export default defineConfig({
  build: {
    outDir: '../target/frontend',
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: { page: 'src/page/main.ts' },
      output: { entryFileNames: 'assets/[name].js', assetFileNames: 'assets/[name][extname]' },
    },
  },
  // Where pages share one connection, its worker is the client's own.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/client-worker.js' } } },
  test: {
    include: ['src/**/*.test.ts'],
    reporters: ['default', ['junit', { outputFile: '../target/frontend-reports/vitest.xml' }]],
  },
});
