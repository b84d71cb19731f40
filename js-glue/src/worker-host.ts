import type { DatabaseOptions, WasmSource } from './api.js';
import { failure } from './errors.js';
import { openBackend } from './open.js';
import { type Port, received, sent, serveBackend } from './port.js';

/** The first message to a worker: with which options it opens the database. */
interface OpenRequest {
  readonly open: DatabaseOptions;
  /** The name of a Web Lock that the worker holds for as long as it lives. */
  readonly life?: string | undefined;
}

/** The answer to it. */
type OpenReply = { readonly opened: true; readonly holds: boolean } | { readonly error: ReturnType<typeof sent> };

/** What can cross to a worker. */
const SENT_OPTIONS = [
  'name',
  'storage',
  'durability',
  'checkpointBytes',
  'writeTurnMillis',
  'seed',
  'queryMemoryBytes',
  'wasm',
] as const;

const CALLBACKS = ['functions', 'procedures', 'loadCsv', 'now'] as const;

/** Waits in a worker for the options of the page, opens the database, and answers what is asked. */
export function serveWorker(
  port: Port,
  own: DatabaseOptions,
  defaultSource: () => WasmSource | Promise<WasmSource>,
): void {
  let isOpen = false;
  port.listen(
    (message) => {
      if (isOpen || typeof message !== 'object' || message === null || !('open' in message)) {
        return;
      }
      isOpen = true;
      const options = { ...(message as OpenRequest).open, ...own, worker: false as const };
      const holding = holdForLife((message as OpenRequest).life);
      openBackend(options, defaultSource).then(
        async (backend) => {
          serveBackend(port, backend);
          port.post({ opened: true, holds: await holding } satisfies OpenReply, []);
        },
        (error: unknown) => port.post({ error: sent(error) } satisfies OpenReply, []),
      );
    },
    () => undefined,
  );
}

/** Takes a lock that the end of this worker releases; answers whether it is held. */
function holdForLife(name: string | undefined): Promise<boolean> {
  const locks = locksHere();
  return new Promise((resolve) => {
    if (name === undefined || locks === undefined) {
      resolve(false);
      return;
    }
    const held = (): Promise<void> => {
      resolve(true);
      return new Promise(() => undefined);
    };
    locks.request(name, held).catch(() => resolve(false));
  });
}

function locksHere(): LockManager | undefined {
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}

/**
 * Opens a database in a worker, and gives the port to it, which also tells when the worker has ended
 * without a word. Closing the port ends the worker.
 */
export async function openInWorker(port: Port, options: DatabaseOptions): Promise<Port> {
  const open = sendable(options);
  const locks = port.tellsOfEnd === true ? undefined : locksHere();
  const life = locks === undefined ? undefined : `weftdb-worker:${crypto.randomUUID()}`;
  const holds = await new Promise<boolean>((resolve, reject) => {
    port.listen(
      (message) => {
        const reply = message as OpenReply;
        if ('opened' in reply) {
          resolve(reply.holds);
        } else if ('error' in reply) {
          reject(received(reply.error));
        }
      },
      (reason) => {
        const text = reason instanceof Error ? reason.message : String(reason);
        reject(failure('CONNECTION_LOST', `the worker could not be started: ${text}`, reason));
      },
    );
    port.post({ open, life } satisfies OpenRequest, []);
  });
  return watched(port, holds ? life : undefined);
}

/** A port that is lost when it is closed, and when the worker's lock can be had. */
function watched(port: Port, life: string | undefined): Port {
  const watching = new AbortController();
  return {
    ...port,
    listen(onMessage, onLost) {
      port.listen(onMessage, onLost);
      watching.signal.addEventListener('abort', () => onLost('the worker was ended'));
      if (life !== undefined) {
        const lost = (): void => onLost('the worker has ended');
        locksHere()?.request(life, { signal: watching.signal }, lost).catch(() => undefined);
      }
    },
    close() {
      watching.abort();
      port.close();
    },
  };
}

/** The options as they are sent; callbacks and stores cannot be. */
function sendable(options: DatabaseOptions): DatabaseOptions {
  for (const name of CALLBACKS) {
    const given = options[name];
    if (given !== undefined && !(Array.isArray(given) && given.length === 0)) {
      throw failure(
        'INVALID_ARGUMENT',
        `${name} cannot be sent to a worker; a worker of your own gives it: serve({ ${name} }) of weftdb/worker`,
      );
    }
  }
  if (typeof options.storage === 'object') {
    throw failure(
      'INVALID_ARGUMENT',
      "a store cannot be sent to a worker; use 'opfs' or 'indexeddb', or give it in a worker of your own: " +
        'serve({ storage }) of weftdb/worker',
    );
  }
  const chosen = SENT_OPTIONS.filter((name) => options[name] !== undefined);
  const sendable = Object.fromEntries(chosen.map((name) => [name, options[name]]));
  return { ...sendable, ...(options.wasm instanceof URL && { wasm: options.wasm.href }) };
}
