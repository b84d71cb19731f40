/**
 * The worker's side of a database that runs in a worker: `createDatabase({ worker })` in the page is the
 * other one.
 */
import type { DatabaseOptions } from './api.js';
import { portOf } from './port.js';
import { serveWorker } from './worker-host.js';

/** What a worker gives to the database that runs in it, and a page cannot send. */
export type ServeOptions = Pick<
  DatabaseOptions,
  'storage' | 'functions' | 'procedures' | 'loadCsv' | 'now' | 'wasm'
>;

/**
 * Lets the page that has made this worker open one database in it, with what these options give; they
 * go before what the page says. To be called once, when the worker's script runs.
 */
export function serve(options: ServeOptions = {}): void {
  const port = portOf(globalThis as unknown as Worker);
  serveWorker(port, options, () => new URL('./weft.wasm', import.meta.url));
}
