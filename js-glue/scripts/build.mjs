// Builds dist/: the TypeScript compiled, and weft.wasm, optimized, beside it.
//
// The module comes from ../wasm-target, which Maven builds before this; WEFT_WASM names another one.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { optimized } from './wasm/optimize.mjs';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const wasm = process.env.WEFT_WASM ?? path('../wasm-target/target/wasm/weft.wasm');
if (!existsSync(wasm)) {
  console.error(`${wasm} is not there: build it with  mvn -pl wasm-target -am package`);
  process.exit(1);
}
// Before dist/ goes, because it takes its time.
const module = optimized(wasm);
rmSync(path('dist'), { recursive: true, force: true });
const compiler = path('node_modules/typescript/bin/tsc');
// Comments are for who reads the types: in the code they would be a fifth of what a page loads.
for (const options of [['--emitDeclarationOnly'], ['--declaration', 'false', '--removeComments']]) {
  const arguments_ = [compiler, '-p', path('.'), ...options];
  if (spawnSync(process.execPath, arguments_, { stdio: 'inherit' }).status !== 0) {
    process.exit(1);
  }
}
copyFileSync(module, path('dist/weft.wasm'));
// The compiler takes what it finds declared, but does not hand it on.
copyFileSync(path('src/weft.d.wasm.ts'), path('dist/weft.d.wasm.ts'));
mkdirSync(path('target'), { recursive: true });
