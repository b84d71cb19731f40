import { failure } from '../errors.js';
import type { Store, StoredFile, StoreOperation, StoreUsage } from '../store.js';
import { byName, FileBook } from './book.js';
import { ChunkWriter, type ChunkLimits } from './chunks.js';
import { concatenated } from './memory.js';

/** A database of values under keys, as far as a store needs it. Keys are ASCII, at most 200 characters. */
export interface KeyValues {
  /** All entries whose keys begin with a prefix, in ascending order of the keys. */
  list(prefix: string): AsyncIterable<readonly [key: string, value: Uint8Array]>;

  /**
   * Puts some values and removes some keys; a key is in one of the two at most, and to remove one that is
   * not there is no error. Resolves when all is durable.
   *
   * Not asked: that all happens or nothing. When it fails, or a crash comes, each of the changes may
   * have happened or not, in any order; but each value is put as a whole.
   */
  write(puts: ReadonlyMap<string, Uint8Array>, deletes: readonly string[]): Promise<void>;
}

/** How a store on a key-value database works. */
export interface KeyValueStoreOptions {
  /** What its keys begin with, so that several databases can share one; `weftdb/` when not given. */
  readonly prefix?: string | undefined;
  /** The most bytes of a value, from 4096 on; 102,400 when not given. */
  readonly maxValueBytes?: number | undefined;
}

const SETTLED_BYTES = 64 << 10;
/** So many bytes are put by one call of `write`, and one value more. */
const WRITE_BYTES = 4 << 20;
const WRITE_KEYS = 100;
const FORMAT_VERSION = 1;

/** Who has files of which databases open in this thread. */
const openHere = new WeakMap<KeyValues, Set<string>>();

/**
 * Files in any database that keeps values under keys, whether it has transactions or not.
 *
 * The value under the prefix and `files` is JSON: `{"format": "weftdb", "version": 1, "next": 7, "files":
 * {"log-…": 3, …}}`, the number of each file by its name; it changes as a whole, so that publishing is
 * atomic. The bytes of a file are under the prefix and `chunk-`, the file's number in 10 decimal digits,
 * `-`, and the offset in 16, in values cut as `ChunkWriter` says. Values are put first, then `files`
 * changes, then keys that are not needed any more are removed; what a crash leaves over in between
 * is removed by `open`.
 *
 * The files of one `KeyValues` object with one prefix are open once (`DATABASE_LOCKED` otherwise). Not
 * promised: that another process, or another object on the same keys, is kept out. That is for the caller
 * to see to, as a Durable Object does by being the only one.
 */
export function keyValueStore(keyValues: KeyValues, options: KeyValueStoreOptions = {}): Store {
  const { prefix = 'weftdb/', maxValueBytes = 102_400 } = options;
  if (!Number.isInteger(maxValueBytes) || maxValueBytes < 4096) {
    const text = `maxValueBytes is a whole number from 4096 on, not ${maxValueBytes}`;
    throw failure('INVALID_ARGUMENT', text);
  }
  return new KeyValueStore(keyValues, prefix, maxValueBytes);
}

interface KeptFile {
  readonly number: number;
  /** Offsets of its values, in ascending order. */
  readonly offsets: Set<number>;
  /** Only while it is appended to. */
  readonly writer?: ChunkWriter | undefined;
}

class KeyValueStore implements Store {
  readonly #keyValues: KeyValues;
  readonly #prefix: string;
  readonly #what: string;
  readonly #limits: ChunkLimits;
  readonly #book: FileBook;
  readonly #files = new Map<string, KeptFile>();
  #next = 1;
  #isHolder = false;
  #puts = new Map<string, Uint8Array>();
  #putBytes = 0;
  #deletes: string[] = [];
  #namesChanged = false;

  constructor(keyValues: KeyValues, prefix: string, maxBytes: number) {
    this.#keyValues = keyValues;
    this.#prefix = prefix;
    this.#limits = { maxBytes, settledBytes: Math.min(maxBytes, SETTLED_BYTES) };
    this.#what = `the database under the keys '${prefix}…'`;
    this.#book = new FileBook(this.#what);
  }

  async open(): Promise<StoredFile[]> {
    this.#book.opening();
    this.#hold();
    try {
      const found = await this.#readAll();
      this.#book.opened(found.map(({ name, bytes }) => [name, bytes.byteLength]));
      return found;
    } catch (error) {
      this.#letGo();
      throw keyValueFailure(this.#what, error);
    }
  }

  async #readAll(): Promise<StoredFile[]> {
    const names = await this.#readNames();
    const nameOf = new Map(names.map(([name, number]) => [number, name]));
    const pieces = new Map<number, Uint8Array[]>();
    const lengths = new Map<number, number>();
    for (const [name, number] of names) {
      this.#files.set(name, { number, offsets: new Set() });
      pieces.set(number, []);
    }
    for await (const [key, value] of this.#keyValues.list(`${this.#prefix}chunk-`)) {
      const { number, offset } = this.#placeOf(key);
      this.#next = Math.max(this.#next, number + 1);
      const name = nameOf.get(number);
      const length = lengths.get(number) ?? 0;
      // What stands behind a gap, or again in a value before, is left over by a crash.
      if (name !== undefined && offset === length) {
        pieces.get(number)!.push(value);
        lengths.set(number, length + value.byteLength);
        this.#files.get(name)!.offsets.add(offset);
      } else {
        this.#deletes.push(key);
      }
    }
    await this.#remove();
    return names
      .map(([name, number]) => {
        const bytes = concatenated(pieces.get(number)!);
        pieces.delete(number);
        return { name, bytes };
      })
      .sort(byName);
  }

  async #readNames(): Promise<[name: string, number: number][]> {
    const key = `${this.#prefix}files`;
    for await (const [found, value] of this.#keyValues.list(key)) {
      if (found !== key) {
        continue;
      }
      let names: { format?: unknown; version?: unknown; next?: unknown; files?: object };
      try {
        names = JSON.parse(new TextDecoder().decode(value)) as typeof names;
      } catch (error) {
        throw failure('CORRUPTED', `${this.#what}: the value of '${key}' is damaged`, error);
      }
      if (names.format !== 'weftdb' || typeof names.version !== 'number') {
        throw failure('NOT_OUR_FORMAT', `${this.#what}: the value of '${key}' is not WeftDB's`);
      }
      if (names.version > FORMAT_VERSION) {
        const text = `the value of '${key}' has the format version ${names.version}`;
        throw failure('FORMAT_TOO_NEW', `${this.#what}: ${text}, ${FORMAT_VERSION} can be read`);
      }
      this.#next = names.next as number;
      return Object.entries(names.files ?? {}) as [string, number][];
    }
    return [];
  }

  #placeOf(key: string): { number: number; offset: number } {
    const place = /^(\d{10})-(\d{16})$/.exec(key.slice(this.#prefix.length + 'chunk-'.length));
    if (place === null) {
      throw failure('CORRUPTED', `${this.#what}: there is a key '${key}', which is not WeftDB's`);
    }
    return { number: Number(place[1]), offset: Number(place[2]) };
  }

  #keyOf(number: number, offset: number): string {
    const place = `${String(number).padStart(10, '0')}-${String(offset).padStart(16, '0')}`;
    return `${this.#prefix}chunk-${place}`;
  }

  apply(operations: readonly StoreOperation[]): Promise<void> {
    return this.#book.apply(operations, async () => {
      try {
        for (const operation of operations) {
          this.#perform(operation);
          if (this.#putBytes >= WRITE_BYTES) {
            await this.#put();
          }
        }
        this.#takeChunks(this.#files.values());
        await this.#put();
        await this.#putNames();
        await this.#remove();
      } catch (error) {
        throw keyValueFailure(this.#what, error);
      }
    });
  }

  #perform(operation: StoreOperation): void {
    if (operation.kind === 'create') {
      const number = this.#next++;
      const writer = new ChunkWriter(this.#limits);
      this.#files.set(operation.name, { number, offsets: new Set(), writer });
      this.#namesChanged = true;
    } else if (operation.kind === 'append') {
      const file = this.#files.get(operation.name)!;
      file.writer!.append(operation.bytes);
      if (operation.bytes.byteLength >= this.#limits.settledBytes) {
        this.#takeChunks([file]);
      }
    } else if (operation.kind === 'close') {
      const file = this.#files.get(operation.name)!;
      file.writer!.settle();
      this.#takeChunks([file]);
      this.#files.set(operation.name, { number: file.number, offsets: file.offsets });
    } else if (operation.kind === 'publish') {
      const file = this.#files.get(operation.temporary)!;
      this.#unname(operation.name);
      this.#files.delete(operation.temporary);
      this.#files.set(operation.name, file);
      this.#namesChanged = true;
    } else if (operation.kind === 'delete') {
      this.#unname(operation.name);
    }
  }

  #unname(name: string): void {
    const file = this.#files.get(name);
    if (file !== undefined) {
      for (const offset of file.offsets) {
        this.#deletes.push(this.#keyOf(file.number, offset));
      }
      this.#files.delete(name);
      this.#namesChanged = true;
    }
  }

  #takeChunks(files: Iterable<KeptFile>): void {
    for (const { number, offsets, writer } of files) {
      const { puts, deletes } = writer?.take() ?? { puts: [], deletes: [] };
      for (const offset of deletes.flat()) {
        offsets.delete(offset);
        this.#deletes.push(this.#keyOf(number, offset));
      }
      for (const { offset, bytes } of puts) {
        offsets.add(offset);
        this.#puts.set(this.#keyOf(number, offset), bytes);
        this.#putBytes += bytes.byteLength;
      }
    }
  }

  async #put(): Promise<void> {
    if (this.#puts.size > 0) {
      const puts = this.#puts;
      this.#puts = new Map();
      this.#putBytes = 0;
      await this.#keyValues.write(puts, []);
    }
  }

  async #putNames(): Promise<void> {
    if (!this.#namesChanged) {
      return;
    }
    const files: Record<string, number> = {};
    for (const [name, { number }] of this.#files) {
      files[name] = number;
    }
    const names = { format: 'weftdb', version: FORMAT_VERSION, next: this.#next, files };
    const value = new TextEncoder().encode(JSON.stringify(names));
    if (value.byteLength > this.#limits.maxBytes) {
      const text = `the names of ${this.#files.size} files take ${value.byteLength} bytes`;
      throw failure('VALUE_TOO_LARGE', `${this.#what}: ${text}, more than a value may have`);
    }
    await this.#keyValues.write(new Map([[`${this.#prefix}files`, value]]), []);
    this.#namesChanged = false;
  }

  async #remove(): Promise<void> {
    const keys = this.#deletes;
    this.#deletes = [];
    for (let at = 0; at < keys.length; at += WRITE_KEYS) {
      await this.#keyValues.write(new Map(), keys.slice(at, at + WRITE_KEYS));
    }
  }

  async usage(): Promise<StoreUsage> {
    this.#book.checkOpen();
    return { bytes: this.#book.byteLength };
  }

  async close(): Promise<void> {
    this.#book.closing();
    this.#letGo();
  }

  async destroy(): Promise<void> {
    this.#hold();
    try {
      // Without its name a file is not there, whatever is left of it.
      await this.#keyValues.write(new Map(), [`${this.#prefix}files`]);
      for await (const [key] of this.#keyValues.list(`${this.#prefix}chunk-`)) {
        this.#deletes.push(key);
      }
      await this.#remove();
    } catch (error) {
      throw keyValueFailure(this.#what, error);
    } finally {
      this.#letGo();
    }
  }

  #hold(): void {
    const prefixes = openHere.get(this.#keyValues) ?? new Set();
    if (prefixes.has(this.#prefix)) {
      throw failure('DATABASE_LOCKED', `${this.#what} is in use: it is open here already`);
    }
    openHere.set(this.#keyValues, prefixes.add(this.#prefix));
    this.#isHolder = true;
  }

  #letGo(): void {
    if (this.#isHolder) {
      this.#isHolder = false;
      openHere.get(this.#keyValues)?.delete(this.#prefix);
    }
  }
}

function keyValueFailure(what: string, cause: unknown): Error {
  if ((cause as { name?: unknown } | null)?.name === 'WeftError') {
    return cause as Error;
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return failure('IO_FAILED', `${what}: ${reason}`, cause);
}
