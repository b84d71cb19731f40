/**
 * WeftDB for browsers and every other place with `fetch`.
 *
 * Nothing that this module imports needs Node.js; Node.js itself gets `node.ts` in its place.
 */
import { openDatabase } from './database.js';
import type { Database, DatabaseOptions } from './api.js';
import { movedModule } from './vite.js';

export type {
  CsvTable,
  Database,
  Completion,
  CompletionItem,
  DatabaseOptions,
  Diagnostic,
  LoadCsv,
  Plan,
  PlanMeasurement,
  PlanOperator,
  QueryResult,
  ResultStream,
  SnapshotInfo,
  SnapshotKey,
  SnapshotOptions,
  Summary,
  UserFunction,
  UserProcedure,
  WasmSource,
} from './api.js';
export { WeftError } from './errors.js';
export { indexedDbStore } from './stores/indexeddb.js';
export type { IndexedDbStoreOptions } from './stores/indexeddb.js';
export { MemoryFiles, memoryStore } from './stores/memory.js';
export { opfsStore } from './stores/opfs.js';
export type { OpfsStoreOptions } from './stores/opfs.js';
export type { Store, StoredFile, StoreOperation, StoreUsage } from './store.js';
export { IndexedDbSnapshots } from './indexeddb.js';
export type { SnapshotEntry } from './indexeddb.js';
export { isNode, isPath, isPoint, isRelationship, Point, Temporal } from './values.js';
export { isBytes, isVector, Vector } from './vector.js';
export type { CoordinateType, VectorArray } from './vector.js';
export type {
  Node,
  Parameter,
  Path,
  Relationship,
  Row,
  CoordinateSystem,
  TemporalKind,
  Value,
} from './values.js';

/**
 * Makes an empty database in memory.
 *
 * The compiled module is shared by all databases that name the same source (or none); each has an
 * instance and memory of its own.
 */
export function createDatabase(options: DatabaseOptions = {}): Promise<Database> {
  return openDatabase(options, () => movedModule(import.meta.url) ?? besideThis());
}

/** Bundlers know this expression and take the file along. */
function besideThis(): URL {
  return new URL('./weft.wasm', import.meta.url);
}
