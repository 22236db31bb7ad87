import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Each folder with a main.ts is a page, which the server calls by that name. */
const pages = readdirSync('src').filter((folder) => existsSync(`src/${folder}/main.ts`));

// The names of what a template asks for are fixed because Spring adds the content's hash to the address of each file.
// What pages share has it from here, as scripts ask for it by its name.
export default defineConfig({
  build: {
    outDir: '../target/frontend',
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: {
        shared: 'src/shared/shared.css',
        ...Object.fromEntries(pages.map((page) => [page, `src/${page}/main.ts`])),
      },
      output: {
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name][extname]',
      },
    },
  },
  // Where pages share one connection, its worker is the client's own.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/client-worker.js' } } },
  test: {
    include: ['src/**/*.test.ts'],
    reporters: ['default', ['junit', { outputFile: '../target/frontend-reports/vitest.xml' }]],
  },
});
