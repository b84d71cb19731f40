/**
 * WeftDB for workerd, the runtime of Cloudflare Workers: the same names as in `index.ts`.
 *
 * A worker must not compile WebAssembly while it runs. An import of the file gives it compiled.
 */
import type { Database, DatabaseOptions } from './api.js';
import { openDatabase } from './create.js';
import { portOf } from './port.js';
import wasm from './weft.wasm';

export * from './index.js';

/** Makes an empty database in memory; see `index.ts`. */
export function createDatabase(options: DatabaseOptions = {}): Promise<Database> {
  return openDatabase(options, { wasm: () => wasm, startWorker: null, portOf });
}
