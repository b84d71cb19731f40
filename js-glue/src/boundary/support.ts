import { failure } from '../errors.js';

/** An empty module with a structure type: valid where there is garbage collection. */
const WITH_STRUCTURE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 95, 1, 120, 0];

/** A module whose one function catches with `try_table` and takes the exception as an `exnref`. */
const WITH_TRY_TABLE = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[10, 15, 1, 13, 0, 2, 105, 31, 64, 1, 3, 0, 11, 0, 11, 26, 11],
];

/** Where all that the module needs is there without a flag. */
const NEEDED =
  'Chrome and Edge have it since version 137, Firefox since 131, Safari since 18.4, Node.js 22 since ' +
  '22.22.3, Node.js 24 since 24.15';

/** Fails with `MODULE_NOT_LOADED` where the engine cannot run the module, and says what it lacks. */
export function requireSupport(): void {
  const missing = whatIsMissing();
  if (missing !== null) {
    throw failure('MODULE_NOT_LOADED', `WeftDB needs ${missing}, which is missing here: ${NEEDED}`);
  }
}

function whatIsMissing(): string | null {
  if (typeof WebAssembly !== 'object') {
    return 'WebAssembly';
  } else if (!WebAssembly.validate(new Uint8Array(WITH_STRUCTURE))) {
    return 'WebAssembly with garbage collection (WasmGC)';
  } else if (!WebAssembly.validate(new Uint8Array(WITH_TRY_TABLE))) {
    return 'the exception handling of WebAssembly 3 (try_table and exnref)';
  }
  return null;
}
