import type { DatabaseOptions, WasmSource } from './api.js';
import { Extensions } from './boundary/extensions.js';
import { Reader } from './boundary/reader.js';
import { compileModule } from './boundary/runtime.js';
import { cancelled, failure } from './errors.js';
import { LocalBackend } from './local.js';
import type { Store } from './store.js';
import { indexedDbStore } from './stores/indexeddb.js';
import { opfsStore } from './stores/opfs.js';

/** What a query may use by default. */
const QUERY_MEMORY_BYTES = 512 * 2 ** 20;

const CHECKPOINT_BYTES = 8 << 20;
const WRITE_TURN_MILLIS = 60_000;

/** Modules compiled so far by where they came from. */
const modules = new Map<string, Promise<WebAssembly.Module>>();

export const DEFAULT_NAME = 'weftdb';

/** Opens a database in this thread. */
export async function openBackend(
  options: DatabaseOptions,
  defaultSource: () => WasmSource | Promise<WasmSource>,
  readers: typeof Reader = Reader,
): Promise<LocalBackend> {
  const durability = options.durability ?? 'strict';
  if (durability !== 'strict' && durability !== 'relaxed') {
    const expected = `expected 'strict' or 'relaxed'`;
    throw failure('INVALID_ARGUMENT', `durability is '${String(durability)}', ${expected}`);
  }
  const local = {
    seed: seedOf(options.seed ?? randomSeed()),
    memoryBytes: limit('queryMemoryBytes', options.queryMemoryBytes ?? QUERY_MEMORY_BYTES, 1),
    now: callback('now', options.now) ?? Date.now,
    loadCsv: callback('loadCsv', options.loadCsv),
    extensions: new Extensions(options.functions ?? [], options.procedures ?? []),
    readers,
    store: storeOf(options),
    relaxed: durability === 'relaxed',
    checkpointBytes: limit('checkpointBytes', options.checkpointBytes ?? CHECKPOINT_BYTES, 0),
    writeTurnMillis: limit('writeTurnMillis', options.writeTurnMillis ?? WRITE_TURN_MILLIS, 0),
  };
  const { signal } = options;
  const module = await moduleFor(options, defaultSource);
  checkWanted(signal);
  // Nobody may have to wait for a page that is frozen while it opens the database.
  const letGo = (): void => void local.store?.close().catch(() => undefined);
  const canLetGo = options.storage === 'indexeddb';
  if (canLetGo) {
    signal?.addEventListener('abort', letGo, { once: true });
  }
  let backend: LocalBackend;
  try {
    backend = await LocalBackend.open(module, local);
  } catch (error) {
    checkWanted(signal);
    throw error;
  } finally {
    signal?.removeEventListener('abort', letGo);
  }
  try {
    checkWanted(signal);
  } catch (error) {
    await backend.close();
    throw error;
  }
  return backend;
}

function storeOf({ storage, name = DEFAULT_NAME }: DatabaseOptions): Store | undefined {
  if (storage === undefined || storage === 'memory') {
    return undefined;
  } else if (storage === 'indexeddb') {
    return indexedDbStore(name);
  } else if (storage === 'opfs') {
    return opfsStore(name);
  } else if (typeof storage === 'object' && storage !== null) {
    return storage;
  }
  const expected = `expected 'memory', 'opfs', 'indexeddb' or a store`;
  throw failure('INVALID_ARGUMENT', `storage is '${String(storage)}', ${expected}`);
}

export function checkWanted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw cancelled(signal);
  }
}

export function limit(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw failure('INVALID_ARGUMENT', `${name} is ${value}, but it must be an integer from ${least}`);
  }
  return value;
}

function callback<T>(name: string, given: T | undefined): T | undefined {
  if (given !== undefined && typeof given !== 'function') {
    throw failure('INVALID_ARGUMENT', `${name} is a ${typeof given}, but it must be a function`);
  }
  return given;
}

function seedOf(seed: number | bigint): bigint {
  if (typeof seed !== 'bigint' && !Number.isInteger(seed)) {
    throw failure('INVALID_ARGUMENT', `seed is ${seed}, but it must be an integer`);
  }
  return BigInt.asUintN(64, BigInt(seed));
}

function randomSeed(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0] as bigint;
}

async function moduleFor(
  options: DatabaseOptions,
  defaultSource: () => WasmSource | Promise<WasmSource>,
): Promise<WebAssembly.Module> {
  const named = await options.wasm;
  if (named !== undefined && typeof named !== 'string' && !(named instanceof URL)) {
    return compileModule(named);
  }
  const key = named === undefined ? '' : String(named);
  let module = modules.get(key);
  if (module === undefined) {
    module = Promise.resolve(named ?? defaultSource()).then(compileModule);
    modules.set(key, module);
    // What could not be fetched now may be there at the next try.
    module.catch(() => modules.delete(key));
  }
  return module;
}
