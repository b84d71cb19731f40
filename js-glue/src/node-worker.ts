/** The worker's side in a worker thread of Node.js; see `worker.ts`. */
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { failure } from './errors.js';
import { threadPort } from './thread-port.js';
import { serveWorker } from './worker-host.js';
import type { ServeOptions } from './worker.js';

export type { ServeOptions } from './worker.js';

/** Lets the thread that has made this worker open one database in it; see `worker.ts`. */
export function serve(options: ServeOptions = {}): void {
  if (parentPort === null) {
    throw failure('INVALID_USE', 'serve is called in a worker thread');
  }
  serveWorker(threadPort(parentPort), options, () =>
    readFile(new URL('./weft.wasm', import.meta.url)),
  );
}
