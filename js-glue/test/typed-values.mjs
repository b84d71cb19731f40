// Results with floats told apart from integers, as one canonical text a value: for tests that run
// cases written for every platform.
import { readFile } from 'node:fs/promises';
import { Reader } from '../dist/boundary/reader.js';
import { openDatabase } from '../dist/database.js';

/** A float, which a result otherwise gives as a plain number like an integer. */
export class Float {
  constructor(value) {
    this.value = value;
  }
}

class TypedReader extends Reader {
  float(value) {
    return new Float(value);
  }
}

const module = readFile(new URL('../dist/weft.wasm', import.meta.url)).then((bytes) =>
  WebAssembly.compile(bytes),
);

/** A database whose results have {@link Float}s. */
export function createTypedDatabase(more = {}) {
  const options = { wasm: module, seed: 1, now: () => 1_700_000_000_000, ...more };
  return openDatabase(options, () => module, TypedReader);
}

/** How a float is written in cases: with `-0`, which String() would not keep. */
export function floatText(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}
