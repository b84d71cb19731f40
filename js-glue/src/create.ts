import type { Database, DatabaseOptions, WasmSource } from './api.js';
import type { Backend } from './backend.js';
import { Reader } from './boundary/reader.js';
import { WeftDatabase } from './database.js';
import { cancelled, failure } from './errors.js';
import { checkWanted, limit, openBackend } from './open.js';
import { type Port, PortBackend } from './port.js';
import { openInWorker } from './worker-host.js';

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
  const backend = runsInWorker(options)
    ? await openRemotely(options, platform)
    : await openBackend(options, platform.wasm, readers);
  return new WeftDatabase(backend, { readers, timeoutMillis });
}

/** Whether a database is to run in a worker: when it is asked for, and where its storage needs one. */
function runsInWorker({ worker, storage }: DatabaseOptions): boolean {
  return worker === undefined
    ? storage === 'opfs' && typeof document !== 'undefined'
    : worker !== false;
}

async function openRemotely(options: DatabaseOptions, platform: Platform): Promise<Backend> {
  const { worker, signal } = options;
  checkWanted(signal);
  let port: Port;
  if (typeof worker === 'object' && worker !== null) {
    port = platform.portOf(worker as never);
  } else if (platform.startWorker === null) {
    throw failure('INVALID_ARGUMENT', 'worker: there are no workers here');
  } else {
    port = platform.startWorker();
  }
  let giveUp: () => void = () => undefined;
  // A worker that is ended says nothing any more, so its opening would be waited for for ever.
  const unwanted = new Promise<void>((_, reject) => (giveUp = () => reject(cancelled(signal))));
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await Promise.race([openInWorker(port, options), unwanted]);
    return new PortBackend(port);
  } catch (error) {
    port.close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}
