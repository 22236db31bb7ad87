// Writes dist/: the modules one by one, so that bundlers can leave out what is not used, and their types.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

rmSync(path('dist'), { recursive: true, force: true });
execFileSync('tsc', ['--project', path('tsconfig.build.json')], { stdio: 'inherit' });

// The compiler renames what is imported, and not what a URL is made of.
const connect = readFileSync(path('dist/connect.js'), 'utf8');
if (!connect.includes("'./worker.ts'")) {
  throw new Error("dist/connect.js does not say where the worker is: './worker.ts'");
}
writeFileSync(path('dist/connect.js'), connect.replace("'./worker.ts'", "'./worker.js'"));
copyFileSync(path('../../../LICENSE'), path('LICENSE'));
