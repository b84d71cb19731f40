import { failure, type WeftError } from './errors.js';

/** What {@link IndexedDbSnapshots.list} tells of a snapshot. */
export interface SnapshotEntry {
  readonly name: string;
  readonly byteLength: number;
  /** When it was saved, in milliseconds since 1970 in UTC. */
  readonly savedAtMillis: number;
}

const BYTES = 'bytes';
const ENTRIES = 'entries';

/**
 * Snapshots under names in the browser's IndexedDB.
 *
 * Each call is one IndexedDB transaction, so a page or browser that ends in the middle of `save` or
 * `delete` leaves the old state or the new one, never a part. With `durability: 'strict'` the
 * promise of `save` resolves after the browser was told to flush to disk.
 *
 * Not promised: that the browser keeps the data when it runs short of space, unless
 * `navigator.storage.persist()` was granted.
 */
export class IndexedDbSnapshots {
  readonly #databaseName: string;
  #connection: Promise<IDBDatabase> | null = null;

  /** @param databaseName the name of the IndexedDB database, which is this class's alone */
  constructor(databaseName = 'weftdb-snapshots') {
    this.#databaseName = databaseName;
  }

  /** Stores a snapshot under a name, in place of the one that was there. */
  async save(name: string, bytes: Uint8Array | ArrayBuffer): Promise<void> {
    // A view on a larger buffer would be stored with all of that buffer.
    const copy = new Uint8Array(bytes).slice();
    const entry: SnapshotEntry = { name, byteLength: copy.byteLength, savedAtMillis: Date.now() };
    await this.#transaction('readwrite', (transaction) => {
      transaction.objectStore(BYTES).put(copy, name);
      transaction.objectStore(ENTRIES).put(entry, name);
    });
  }

  /** The snapshot of a name, or null when there is none. */
  async load(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const request = await this.#transaction('readonly', (transaction) =>
      transaction.objectStore(BYTES).get(name),
    );
    return (request.result as Uint8Array<ArrayBuffer> | undefined) ?? null;
  }

  /** What is stored, sorted by name. */
  async list(): Promise<SnapshotEntry[]> {
    const request = await this.#transaction('readonly', (transaction) =>
      transaction.objectStore(ENTRIES).getAll(),
    );
    return request.result as SnapshotEntry[];
  }

  /** Removes a snapshot; one that is not there is no error. */
  async delete(name: string): Promise<void> {
    await this.#transaction('readwrite', (transaction) => {
      transaction.objectStore(BYTES).delete(name);
      transaction.objectStore(ENTRIES).delete(name);
    });
  }

  /** Closes the connection; the next call opens a new one. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    (await connection)?.close();
  }

  /** Runs the requests of one transaction and waits until it is complete. */
  async #transaction<T>(
    mode: IDBTransactionMode,
    requests: (transaction: IDBTransaction) => T,
  ): Promise<T> {
    const connection = await this.#connect();
    return new Promise<T>((resolve, reject) => {
      try {
        const options: IDBTransactionOptions = { durability: 'strict' };
        const transaction = connection.transaction([BYTES, ENTRIES], mode, options);
        const result = requests(transaction);
        transaction.oncomplete = () => resolve(result);
        transaction.onabort = () => reject(indexedDbFailure('a transaction was aborted', transaction.error));
      } catch (error) {
        reject(indexedDbFailure('a transaction was refused', error as DOMException));
      }
    });
  }

  #connect(): Promise<IDBDatabase> {
    this.#connection ??= this.#open().catch((error: unknown) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  #open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      if (typeof indexedDB === 'undefined') {
        reject(indexedDbFailure('there is no IndexedDB here', null));
        return;
      }
      const request = indexedDB.open(this.#databaseName, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(BYTES);
        request.result.createObjectStore(ENTRIES);
      };
      request.onerror = () => reject(indexedDbFailure('the database cannot be opened', request.error));
      request.onsuccess = () => {
        const connection = request.result;
        // Another page that deletes or upgrades the database must not wait for this one.
        connection.onversionchange = () => {
          this.#connection = null;
          connection.close();
        };
        connection.onclose = () => (this.#connection = null);
        resolve(connection);
      };
    });
  }
}

function indexedDbFailure(what: string, cause: DOMException | null): WeftError {
  const reason = cause === null ? '' : `: ${cause.message || cause.name}`;
  return failure('IO_FAILED', `IndexedDB: ${what}${reason}`, cause ?? undefined);
}
