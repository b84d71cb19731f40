// Makes weft.wasm small: what TeaVM compiled goes through nulls.mjs, strings.mjs, landings.mjs and
// metadata.mjs, then through Binaryen's optimizer, for size, and at last through handlers.mjs and
// order.mjs. All keep what the module does. Measured in Node 24: no query got slower.
//
// The optimizer needs half a minute, so what it made stays beside the module it was made of, under a
// name that tells of the module and of these scripts.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { branchFromHandlers } from './handlers.mjs';
import { shareLandings } from './landings.mjs';
import { bearMetadata, loopsOfStart } from './metadata.mjs';
import { rewriteFunctions } from './module.mjs';
import { dropNullChecks } from './nulls.mjs';
import { orderFunctions } from './order.mjs';
import { poolStrings } from './strings.mjs';

// What the module uses, one by one: with --all-features the optimizer writes what no engine reads.
const FEATURES = [
  'gc',
  'reference-types',
  'exception-handling',
  'bulk-memory',
  'nontrapping-float-to-int',
  'sign-ext',
  'mutable-globals',
  'multivalue',
];
const here = dirname(fileURLToPath(import.meta.url));
const optimizer = join(here, '../../node_modules/binaryen/bin/wasm-opt');

/** The path of the optimized form of the module of this path. */
export function optimized(path) {
  const target = `${path.replace(/\.wasm$/, '')}-${stateOf(path)}.optimized.wasm`;
  if (!existsSync(target)) {
    const before = `${target}.${process.pid}.before`;
    const after = `${target}.${process.pid}.after`;
    const pooled = poolStrings(dropNullChecks(readFileSync(path)));
    const module = bearMetadata(rewriteFunctions(pooled, shareLandings));
    writeFileSync(before, module);
    const options = [before, ...FEATURES.map((feature) => `--enable-${feature}`)];
    // Into the function that starts the module no loop must be inlined: V8 would find it worth
    // optimizing, which takes it a second and 80 MB beside the first queries.
    options.push(...loopsOfStart(module).map((index) => `--no-inline=${index}`));
    // Locals of exact types need more bytes to be declared than they save elsewhere.
    options.push('--skip-pass=local-subtyping');
    // What Java can catch is thrown: a trap is the end of the instance and needs not be kept.
    options.push('--traps-never-happen', '-Oz', '-o', after);
    const run = spawnSync(process.execPath, [optimizer, ...options], { stdio: 'inherit' });
    if (run.status !== 0) {
      throw new Error(`wasm-opt failed on ${path}`);
    }
    writeFileSync(before, orderFunctions(rewriteFunctions(readFileSync(after), branchFromHandlers)));
    rmSync(after);
    removeOlder(path);
    renameSync(before, target);
  }
  return target;
}

function stateOf(path) {
  const hash = createHash('sha256').update(readFileSync(path));
  for (const name of readdirSync(here).sort()) {
    hash.update(readFileSync(join(here, name)));
  }
  hash.update(readFileSync(join(here, '../../node_modules/binaryen/package.json')));
  return hash.digest('hex').slice(0, 16);
}

function removeOlder(path) {
  const prefix = `${basename(path, '.wasm')}-`;
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix) && name.endsWith('.optimized.wasm')) {
      rmSync(join(dirname(path), name));
    }
  }
}
