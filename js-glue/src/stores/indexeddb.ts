import { failure, WeftError } from '../errors.js';
import type { Store, StoredFile, StoreOperation, StoreUsage } from '../store.js';
import { byName, FileBook } from './book.js';
import { ChunkWriter, type ChunkLimits } from './chunks.js';
import { hostFailure, hostUsage, lockedBySomebody, takeName } from './host.js';

/** How a store in IndexedDB works. */
export interface IndexedDbStoreOptions {
  /**
   * `'strict'`, the default: the browser flushes to disk before an operation counts as durable.
   * `'relaxed'`: what is durable survives the end of the browser, not a power cut.
   */
  readonly durability?: 'strict' | 'relaxed' | undefined;
  /** How long `open` waits for another tab that still has the files; 2 seconds when not given. */
  readonly waitMillis?: number | undefined;
}

const FILES = 'files';
const CHUNKS = 'chunks';
const LIMITS: ChunkLimits = { maxBytes: 1 << 20, settledBytes: 64 << 10 };
/** So many records are read at once, 16 MiB at most. */
const READ_RECORDS = 16;

/**
 * Files in the browser's IndexedDB, in a database of its own called `weftdb-` and the name.
 *
 * Each apply is one transaction, so that it happens as a whole or not at all. The object store `files`
 * has the number of each file under its name; `chunks` has the bytes under `[number, offset]`, in
 * records of at most 1 MiB (`ChunkWriter` says how), so that a commit costs what it appends and a publish
 * moves no bytes. The length of a file is that of its records.
 *
 * `open` rejects with `STORAGE_UNAVAILABLE` where there is no IndexedDB or the browser refuses it (some do in
 * private windows), with `DATABASE_LOCKED` when another tab has it; `apply` with `STORAGE_FULL` when the
 * quota is used up, with `IO_FAILED` when the browser has closed the connection (as when the user clears
 * the site's data). A store that is closed lets go in the same turn of the event loop, also while it is
 * being opened: whoever opens it next finds what the transactions before that have written, since
 * IndexedDB runs transactions in the order in which they were made.
 *
 * Not promised: that the browser keeps the data when it runs short of space, unless
 * `navigator.storage.persist()` was granted.
 */
export function indexedDbStore(name: string, options: IndexedDbStoreOptions = {}): Store {
  return new IndexedDbStore(name, options);
}

interface KeptFile {
  readonly number: number;
  /** Only while it is appended to. */
  readonly writer?: ChunkWriter | undefined;
}

class IndexedDbStore implements Store {
  readonly #databaseName: string;
  readonly #what: string;
  readonly #options: IDBTransactionOptions;
  readonly #waitMillis: number;
  readonly #book: FileBook;
  readonly #files = new Map<string, KeptFile>();
  readonly #closing = new AbortController();
  #nextNumber = 1;
  #connection: IDBDatabase | null = null;
  #lost = '';
  #release: () => Promise<void> = async () => {};

  constructor(name: string, options: IndexedDbStoreOptions) {
    this.#databaseName = `weftdb-${name}`;
    this.#what = `the database '${name}' in IndexedDB`;
    this.#options = { durability: options.durability ?? 'strict' };
    this.#waitMillis = options.waitMillis ?? 2000;
    this.#book = new FileBook(this.#what);
  }

  async open(): Promise<StoredFile[]> {
    this.#book.opening();
    this.#release = await this.#takeName();
    try {
      this.#connection = await this.#connect();
      const found = await this.#readAll(this.#connection);
      this.#book.opened(found.map(({ name, bytes }) => [name, bytes.byteLength]));
      return found;
    } catch (error) {
      await this.#giveUp();
      throw hostFailure(this.#what, error);
    }
  }

  async #readAll(connection: IDBDatabase): Promise<StoredFile[]> {
    const transaction = connection.transaction([FILES, CHUNKS], 'readonly');
    const files = transaction.objectStore(FILES);
    const [names, numbers] = await Promise.all([
      done(files.getAllKeys() as IDBRequest<string[]>),
      done(files.getAll() as IDBRequest<number[]>),
    ]);
    const found: StoredFile[] = [];
    for (const [i, name] of names.entries()) {
      const number = numbers[i]!;
      this.#nextNumber = Math.max(this.#nextNumber, number + 1);
      this.#files.set(name, { number });
      found.push({ name, bytes: await this.#read(transaction.objectStore(CHUNKS), name, number) });
    }
    return found.sort(byName);
  }

  async #read(chunks: IDBObjectStore, name: string, number: number): Promise<StoredFile['bytes']> {
    const last = await done(chunks.openCursor(chunksOf(number), 'prev'));
    if (last === null) {
      return new Uint8Array(0);
    }
    const lastOffset = (last.key as [number, number])[1];
    const bytes = new Uint8Array(lastOffset + (last.value as Uint8Array).byteLength);
    let offset = 0;
    while (offset < bytes.byteLength) {
      const range = chunksOf(number, offset);
      const records = await done(chunks.getAll(range, READ_RECORDS) as IDBRequest<Uint8Array[]>);
      for (const record of records) {
        if (offset + record.byteLength > bytes.byteLength) {
          throw this.#damaged(name, offset);
        }
        bytes.set(record, offset);
        offset += record.byteLength;
      }
      if (records.length === 0) {
        throw this.#damaged(name, offset);
      }
    }
    return bytes;
  }

  #damaged(name: string, offset: number): WeftError {
    return failure('CORRUPTED', `${this.#what}: the records of '${name}' do not fit at ${offset}`);
  }

  apply(operations: readonly StoreOperation[]): Promise<void> {
    return this.#book.apply(operations, async () => {
      if (operations.some(({ kind }) => kind !== 'sync')) {
        await this.#transact(operations);
      }
    });
  }

  #transact(operations: readonly StoreOperation[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (error: unknown): void => {
        const what = this.#lost === '' ? this.#what : `${this.#what}: ${this.#lost}`;
        reject(hostFailure(what, error));
      };
      let transaction: IDBTransaction | undefined;
      try {
        const stores = [FILES, CHUNKS];
        transaction = this.#connection!.transaction(stores, 'readwrite', this.#options);
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => failed(transaction!.error ?? { message: 'it was aborted' });
        for (const operation of operations) {
          this.#request(transaction, operation);
        }
        for (const file of this.#files.values()) {
          this.#writeChunks(transaction, file);
        }
        transaction.commit?.();
      } catch (error) {
        try {
          transaction?.abort();
        } catch {
          // It has ended already; the first error is the one to tell.
        }
        failed(error);
      }
    });
  }

  #request(transaction: IDBTransaction, operation: StoreOperation): void {
    const files = transaction.objectStore(FILES);
    const chunks = transaction.objectStore(CHUNKS);
    if (operation.kind === 'create') {
      const number = this.#nextNumber++;
      this.#files.set(operation.name, { number, writer: new ChunkWriter(LIMITS) });
      files.put(number, operation.name);
    } else if (operation.kind === 'append') {
      this.#files.get(operation.name)!.writer!.append(operation.bytes);
    } else if (operation.kind === 'close') {
      const file = this.#files.get(operation.name)!;
      file.writer!.settle();
      this.#writeChunks(transaction, file);
      this.#files.set(operation.name, { number: file.number });
    } else if (operation.kind === 'publish') {
      const { temporary, name } = operation;
      const replaced = this.#files.get(name);
      if (replaced !== undefined) {
        chunks.delete(chunksOf(replaced.number));
      }
      const file = this.#files.get(temporary)!;
      this.#files.delete(temporary);
      this.#files.set(name, file);
      files.delete(temporary);
      files.put(file.number, name);
    } else if (operation.kind === 'delete') {
      chunks.delete(chunksOf(this.#files.get(operation.name)!.number));
      this.#files.delete(operation.name);
      files.delete(operation.name);
    }
  }

  #writeChunks(transaction: IDBTransaction, { number, writer }: KeptFile): void {
    if (writer === undefined) {
      return;
    }
    const chunks = transaction.objectStore(CHUNKS);
    const { puts, deletes } = writer.take();
    for (const offsets of deletes) {
      chunks.delete(IDBKeyRange.bound([number, offsets[0]!], [number, offsets.at(-1)!]));
    }
    for (const { offset, bytes } of puts) {
      const whole = bytes.byteLength === bytes.buffer.byteLength;
      chunks.put(whole ? bytes : bytes.slice(), [number, offset]);
    }
  }

  usage(): Promise<StoreUsage> {
    try {
      this.#book.checkOpen();
    } catch (error) {
      return Promise.reject(error as Error);
    }
    return hostUsage(this.#book.byteLength);
  }

  async close(): Promise<void> {
    this.#book.closing();
    this.#closing.abort();
    await this.#giveUp();
  }

  async #giveUp(): Promise<void> {
    this.#connection?.close();
    this.#connection = null;
    const release = this.#release;
    this.#release = async () => {};
    await release();
  }

  async destroy(): Promise<void> {
    const release = await this.#takeName();
    try {
      await new Promise<void>((resolve, reject) => {
        const request = this.#factory().deleteDatabase(this.#databaseName);
        request.onsuccess = () => resolve();
        request.onblocked = () => reject(lockedBySomebody(this.#what));
        request.onerror = () => reject(hostFailure(this.#what, request.error));
      });
    } finally {
      await release();
    }
  }

  #takeName(): Promise<() => Promise<void>> {
    const name = `weftdb-indexeddb:${this.#databaseName}`;
    return takeName(name, this.#what, this.#waitMillis, this.#closing.signal);
  }

  #factory(): IDBFactory {
    if (typeof indexedDB === 'undefined') {
      throw failure('STORAGE_UNAVAILABLE', `${this.#what}: there is no IndexedDB here`);
    }
    return indexedDB;
  }

  #connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = this.#factory().open(this.#databaseName, 1);
      let refused = false;
      const refuse = (error: WeftError): void => {
        refused = true;
        reject(error);
      };
      request.onupgradeneeded = () => {
        request.result.createObjectStore(FILES);
        request.result.createObjectStore(CHUNKS);
      };
      request.onblocked = () => refuse(lockedBySomebody(this.#what));
      request.onerror = () => {
        const name = request.error?.name;
        const text = `${this.#what} cannot be opened: ${request.error?.message || name}`;
        if (name === 'VersionError') {
          refuse(failure('FORMAT_TOO_NEW', `${text}: a later version has written it`, request.error));
        } else if (name === 'QuotaExceededError') {
          refuse(hostFailure(this.#what, request.error));
        } else {
          refuse(failure('STORAGE_UNAVAILABLE', text, request.error));
        }
      };
      request.onsuccess = () => {
        const connection = request.result;
        if (refused) {
          connection.close();
          return;
        }
        // Another page that deletes or upgrades the database must not wait for this one.
        connection.onversionchange = () => {
          connection.close();
          this.#lose('another page deletes or upgrades it, so the connection was given up');
        };
        connection.onclose = () => this.#lose('the browser has closed the connection');
        resolve(connection);
      };
    });
  }

  #lose(why: string): void {
    this.#lost = why;
  }
}

function chunksOf(number: number, fromOffset = 0): IDBKeyRange {
  return IDBKeyRange.bound([number, fromOffset], [number, Infinity]);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
