import type { Database, DatabaseOptions, WasmSource } from './api.js';
import type { Backend } from './backend.js';
import { BOUNDARY_VERSION } from './boundary/instance.js';
import { Reader } from './boundary/reader.js';
import { WeftDatabase } from './database.js';
import { cancelled, failure } from './errors.js';
import { checkWanted, DEFAULT_NAME, limit, openBackend } from './open.js';
import { type Port, PortBackend } from './port.js';
import type { Opened } from './tabs.js';
import { openInWorker } from './worker-host.js';

/** Of what `tabs.ts` and `port.ts` send. */
const TABS_VERSION = 2;

/** What differs between the places where the package runs. */
export interface Platform {
  /** Where the module is when nobody says so. */
  readonly wasm: () => WasmSource | Promise<WasmSource>;
  /** Makes a worker with the package's own script; null where there are none. */
  readonly startWorker: (() => Port) | null;
  /** The port of a worker that the user has made. */
  readonly portOf: (worker: never) => Port;
}

/**
 * Opens a database; see `createDatabase`.
 *
 * @param readers what reads results; tests that must tell floats from integers give their own
 */
export async function openDatabase(
  options: DatabaseOptions,
  platform: Platform,
  readers: typeof Reader = Reader,
): Promise<Database> {
  const timeoutMillis = limit('timeoutMillis', options.timeoutMillis ?? 0, 0);
  const open = async (signal: AbortSignal | undefined): Promise<Opened> => {
    if (runsInWorker(options)) {
      return openRemotely({ ...options, signal }, platform);
    }
    const backend = await openBackend({ ...options, signal }, platform.wasm, readers);
    return { backend, terminate: () => backend.abandon() };
  };
  const name = sharedName(options);
  const relaxed = options.durability === 'relaxed';
  const openShared = async (shared: string): Promise<Backend> => {
    // What only tabs that share need is fetched only for them.
    const { SharedBackend } = await import('./shared.js');
    return SharedBackend.open({ name: shared, relaxed, open }, options.signal);
  };
  const backend = name === null ? (await open(options.signal)).backend : await openShared(name);
  return new WeftDatabase(backend, { readers, timeoutMillis });
}

/** Whether a database is to run in a worker: when it is asked for, and where its storage needs one. */
function runsInWorker({ worker, storage }: DatabaseOptions): boolean {
  return worker === undefined
    ? storage === 'opfs' && typeof document !== 'undefined'
    : worker !== false;
}

/**
 * Under which name tabs share the database, or null when they do not. What they send each other is of
 * one version; of two that differ, the storage itself keeps the second out.
 */
function sharedName({ tabs, worker, storage, name = DEFAULT_NAME }: DatabaseOptions): string | null {
  const isPossible =
    (storage === 'opfs' || storage === 'indexeddb') &&
    typeof worker !== 'object' &&
    typeof BroadcastChannel === 'function' &&
    (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks !== undefined;
  if (tabs === true && !isPossible) {
    throw failure(
      'INVALID_ARGUMENT',
      "tabs: a database can be shared that is kept in 'opfs' or 'indexeddb' and runs in no worker of your own, " +
        'where there are Web Locks and BroadcastChannel',
    );
  }
  const isBrowser = typeof document !== 'undefined' || 'WorkerGlobalScope' in globalThis;
  return isPossible && (tabs ?? isBrowser)
    ? `weftdb:${TABS_VERSION}.${BOUNDARY_VERSION}:${storage}:${name}`
    : null;
}

async function openRemotely(options: DatabaseOptions, platform: Platform): Promise<Opened> {
  const { worker, signal } = options;
  checkWanted(signal);
  let port: Port;
  if (typeof worker === 'object' && worker !== null) {
    port = platform.portOf(worker as never);
  } else if (typeof worker === 'function') {
    port = platform.portOf(worker() as never);
  } else if (platform.startWorker === null) {
    throw failure('INVALID_ARGUMENT', 'worker: there are no workers here');
  } else {
    port = platform.startWorker();
  }
  let giveUp: () => void = () => undefined;
  // A worker that is ended says nothing any more, so its opening would be waited for for ever.
  const unwanted = new Promise<never>((_, reject) => (giveUp = () => reject(cancelled(signal))));
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    const watched = await Promise.race([openInWorker(port, options), unwanted]);
    return { backend: new PortBackend(watched), terminate: () => watched.close() };
  } catch (error) {
    port.close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}
