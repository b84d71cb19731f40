/**
 * WeftDB for browsers and every other place with `fetch`.
 *
 * Nothing that this module imports needs Node.js; Node.js itself gets `node.ts` in its place.
 */
import { openDatabase } from './create.js';
import type { Database, DatabaseOptions } from './api.js';
import { portOf } from './port.js';
import { movedFile } from './vite.js';

export type {
  Change,
  CsvTable,
  Database,
  DatabaseStats,
  DatabaseStatus,
  Completion,
  CompletionItem,
  DatabaseOptions,
  Diagnostic,
  ExecuteOptions,
  ImportSource,
  LoadCsv,
  LogStatus,
  MemoryByPart,
  Notification,
  Parameters,
  Plan,
  PlanMeasurement,
  PlanOperator,
  QueryOptions,
  QueryResult,
  QueryRunner,
  ResultStream,
  Savepoint,
  SnapshotInfo,
  SnapshotKey,
  SnapshotOptions,
  Summary,
  Transaction,
  TransactionOptions,
  UserFunction,
  UserProcedure,
  WasmSource,
} from './api.js';
export { WeftError } from './errors.js';
export { snapshotInfo } from './snapshot-info.js';
export { indexedDbStore } from './stores/indexeddb.js';
export type { IndexedDbStoreOptions } from './stores/indexeddb.js';
export { MemoryFiles, memoryStore } from './stores/memory.js';
export { opfsStore } from './stores/opfs.js';
export type { OpfsStoreOptions } from './stores/opfs.js';
export type { Store, StoredFile, StoreOperation, StoreUsage } from './store.js';
export {
  Float,
  isNode,
  isPath,
  isPoint,
  isRelationship,
  isTemporal,
  Point,
  Temporal,
} from './values.js';
export { isBytes, isVector, Vector } from './vector.js';
export type { CoordinateType, VectorArray } from './vector.js';
export type {
  DurationParts,
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
 * Opens a database: without options an empty one in memory, otherwise what {@link DatabaseOptions} say.
 *
 * The compiled module is shared by all databases that name the same source (or none); each has an
 * instance and memory of its own.
 */
export function createDatabase(options: DatabaseOptions = {}): Promise<Database> {
  return openDatabase(options, {
    wasm: () => movedFile(import.meta.url, 'weft.wasm') ?? besideThis(),
    portOf,
    startWorker: typeof Worker === 'function' ? () => portOf(startWorker()) : null,
  });
}

function startWorker(): Worker {
  const moved = movedFile(import.meta.url, 'worker-main.js');
  return moved === null
    ? // Bundlers know this expression and make the script.
      new Worker(new URL('./worker-main.js', import.meta.url), { type: 'module' })
    : new Worker(moved, { type: 'module' });
}

/** Bundlers know this expression and take the file along. */
function besideThis(): URL {
  return new URL('./weft.wasm', import.meta.url);
}
