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
  test: {
    include: ['src/**/*.test.ts'],
    reporters: ['default', ['junit', { outputFile: '../target/frontend-reports/vitest.xml' }]],
  },
});
