// Runs the tests with the Node.js of the npm package `node`, which runs WebAssembly with garbage
// collection whatever the machine's own Node.js is. Arguments name test files; without any, all run.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
if (!existsSync(path('dist/weft.wasm'))) {
  console.error('dist/ is not there: run  npm run build');
  process.exit(1);
}
const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : readdirSync(path('test'))
        .filter((name) => name.endsWith('.test.mjs'))
        .map((name) => path(`test/${name}`));
// Every test runs under the strictest rule a page can have: no code is ever made from text.
const options = ['--disallow-code-generation-from-strings', '--test', '--test-reporter=spec'];
const run = spawnSync(path('node_modules/.bin/node'), [...options, ...files], { stdio: 'inherit' });
process.exit(run.status ?? 1);
