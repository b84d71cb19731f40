/** WeftDB for Node.js: as `index.ts`, but with files read by Node.js, and its worker threads. */
import { readFile } from 'node:fs/promises';
import { Worker as Thread } from 'node:worker_threads';
import type { Database, DatabaseOptions } from './api.js';
import { openDatabase } from './create.js';
import { threadPort } from './thread-port.js';

export * from './index.js';

/** Opens a database; see `index.ts`. */
export function createDatabase(options: DatabaseOptions = {}): Promise<Database> {
  return openDatabase(options, {
    wasm: () => readFile(new URL('./weft.wasm', import.meta.url)),
    portOf: threadPort,
    // Flags of the program, such as where its source comes from, are not for the worker.
    startWorker: () =>
      threadPort(new Thread(new URL('./node-worker-main.js', import.meta.url), { execArgv: [] })),
  });
}
