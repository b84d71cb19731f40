/** WeftDB for Node.js: the same as `index.ts`, but the module is read from the file system. */
import { readFile } from 'node:fs/promises';
import type { Database, DatabaseOptions } from './api.js';
import { openDatabase } from './database.js';

export { WeftError } from './errors.js';
export { indexedDbStore } from './stores/indexeddb.js';
export type { IndexedDbStoreOptions } from './stores/indexeddb.js';
export { MemoryFiles, memoryStore } from './stores/memory.js';
export { opfsStore } from './stores/opfs.js';
export type { OpfsStoreOptions } from './stores/opfs.js';
export type { Store, StoredFile, StoreOperation, StoreUsage } from './store.js';
export { IndexedDbSnapshots } from './indexeddb.js';
export { isNode, isPath, isPoint, isRelationship, Point, Temporal } from './values.js';
export { isBytes, isVector, Vector } from './vector.js';
export type { CoordinateType, VectorArray } from './vector.js';

/** Makes an empty database in memory; see `index.ts`. */
export function createDatabase(options: DatabaseOptions = {}): Promise<Database> {
  return openDatabase(options, () => readFile(new URL('./weft.wasm', import.meta.url)));
}
