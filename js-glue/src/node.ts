/** WeftDB for Node.js: the same as `index.ts`, but the module is read from the file system. */
import { readFile } from 'node:fs/promises';
import type { Database, DatabaseOptions } from './api.js';
import { openDatabase } from './create.js';

export * from './index.js';

/** Opens a database; see `index.ts`. */
export function createDatabase(options: DatabaseOptions = {}): Promise<Database> {
  return openDatabase(options, () => readFile(new URL('./weft.wasm', import.meta.url)));
}
