// Builds dist/: the TypeScript compiled and minified with source maps, its types, and weft.wasm,
// optimized, beside them.
//
// The module comes from ../wasm-target, which Maven builds before this; WEFT_WASM names another one.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { optimized } from './wasm/optimize.mjs';

/** Whose classes the entries export: the console shows their values under the classes' names. */
const NAMED = new Set([
  'errors.ts',
  'rows/errors.ts',
  'rows/export.ts',
  'rows/ids.ts',
  'stores/memory.ts',
  'temporal.ts',
  'values.ts',
  'vector.ts',
]);
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const wasm = process.env.WEFT_WASM ?? path('../wasm-target/target/wasm/weft.wasm');
if (!existsSync(wasm)) {
  console.error(`${wasm} is not there: build it with  mvn -pl wasm-target -am package`);
  process.exit(1);
}
// Before dist/ goes, because it takes its time.
const module = optimized(wasm);
rmSync(path('dist'), { recursive: true, force: true });
const compiler = path('node_modules/typescript/bin/tsc');
if (spawnSync(process.execPath, [compiler, '-p', path('.')], { stdio: 'inherit' }).status !== 0) {
  process.exit(1);
}
for (const file of readdirSync(path('src'), { recursive: true })) {
  if (file.endsWith('.ts') && !/\.d\.(wasm\.)?ts$/.test(file)) {
    writeCode(file);
  }
}
copyFileSync(module, path('dist/weft.wasm'));
// The compiler takes what it finds declared, but does not hand it on.
copyFileSync(path('src/weft.d.wasm.ts'), path('dist/weft.d.wasm.ts'));
mkdirSync(path('target'), { recursive: true });

/** Each file stays one of its own: the package's entries share them, and workers are named by them. */
function writeCode(file) {
  const source = readFileSync(path(`src/${file}`), 'utf8');
  const target = file.replace(/\.ts$/, '.js');
  const { code, map } = transformSync(source, {
    loader: 'ts',
    format: 'esm',
    target: 'es2022',
    tsconfigRaw: readFileSync(path('tsconfig.json'), 'utf8'),
    minify: true,
    keepNames: NAMED.has(file),
    sourcemap: 'external',
    sourcefile: relative(dirname(path(`dist/${file}`)), path(`src/${file}`)),
  });
  mkdirSync(dirname(path(`dist/${target}`)), { recursive: true });
  writeFileSync(path(`dist/${target}`), `${code}//# sourceMappingURL=${basename(target)}.map\n`);
  writeFileSync(path(`dist/${target}.map`), map);
}
