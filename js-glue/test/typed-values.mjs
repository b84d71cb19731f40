// A database of `shared/typed.mjs` in Node.js.
import { readFile } from 'node:fs/promises';
import { openTypedDatabase } from './shared/typed.mjs';

const module = readFile(new URL('../dist/weft.wasm', import.meta.url)).then((bytes) =>
  WebAssembly.compile(bytes),
);

/** Opens a database whose results have floats that are told from integers. */
export async function createTypedDatabase(more = {}) {
  return openTypedDatabase(await module, more);
}
