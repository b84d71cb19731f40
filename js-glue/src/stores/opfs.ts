import { failure, WeftError } from '../errors.js';
import type { Store, StoredFile, StoreOperation, StoreUsage } from '../store.js';
import { byName, FileBook } from './book.js';
import { hostFailure, hostUsage, lockedBySomebody, takeName } from './host.js';
import { decodeNames, encodeNames, type Names } from './opfs-names.js';

/** How a store in the origin private file system works. */
export interface OpfsStoreOptions {
  /** How long `open` waits for another tab or worker that still has the files; 2 seconds when not given. */
  readonly waitMillis?: number | undefined;
  /** Where the directory of the database is made; the root of the origin's file system when not given. */
  readonly root?: FileSystemDirectoryHandle | undefined;
}

/** What is used of a FileSystemSyncAccessHandle, which only dedicated workers know. */
interface AccessHandle {
  read(buffer: Uint8Array, options: { at: number }): number;
  write(buffer: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

type AccessibleHandle = FileSystemFileHandle & {
  createSyncAccessHandle?: () => Promise<AccessHandle>;
};

interface Slot {
  readonly number: number;
  /** Only while the file is appended to. */
  handle: AccessHandle | undefined;
  byteLength: number;
  /** Bytes that a sync has covered; undefined before the first. */
  durableBytes: number | undefined;
  /** Whether the names in effect tell that the file is durable. */
  told: boolean;
}

const RETRY_MILLIS = 20;

/**
 * Files in the origin private file system (OPFS), in a dedicated worker: a directory `weftdb-` and the
 * name of the database. Nothing here needs cross-origin isolation.
 *
 * The bytes of each file are a file `slot-N` of their own, with a number that is not used again; its
 * size is the file's length. Which name stands for which slot is in `names-0`, and in `names-1` again
 * (`opfs-names.ts` has the layout). Names change by a whole record with the next sequence number, which
 * is written to `names-0` and flushed, then to `names-1` and flushed: whatever moment a crash comes at, one
 * of them is whole, and the one with the higher number is in effect. So publishing is atomic without any
 * rename, and damage to one of them is survived. All names that change in an apply change at once.
 * Bytes are flushed before the names that need them, and a slot is removed when no flushed record
 * names it any more. Slots without a name are what a crash has left over; they are removed by `open`.
 *
 * `open` rejects with `STORAGE_UNAVAILABLE` outside of a dedicated worker, and where the browser has no OPFS or
 * refuses it (some do in private windows); with `DATABASE_LOCKED` when another tab or worker has the
 * files; with `CORRUPTED` when the browser has lost or shortened a file that was durable. `apply`
 * rejects with `STORAGE_FULL` when the quota is used up.
 *
 * Not promised: that the browser keeps the data when it runs short of space, unless
 * `navigator.storage.persist()` was granted; that its `flush` withstands a power cut.
 */
export function opfsStore(name: string, options: OpfsStoreOptions = {}): Store {
  return new OpfsStore(name, options);
}

class OpfsStore implements Store {
  readonly #directoryName: string;
  readonly #what: string;
  readonly #options: OpfsStoreOptions;
  readonly #book: FileBook;
  readonly #slots = new Map<string, Slot>();
  #directory: FileSystemDirectoryHandle | null = null;
  #nameHandles: AccessHandle[] = [];
  #sequence = 0;
  #nextSlot = 1;
  #namesChanged = false;
  #unnamed: Slot[] = [];
  #release: () => Promise<void> = async () => {};

  constructor(name: string, options: OpfsStoreOptions) {
    this.#directoryName = `weftdb-${encodeURIComponent(name)}`;
    this.#what = `the database '${name}' in the origin private file system`;
    this.#options = options;
    this.#book = new FileBook(this.#what);
  }

  async open(): Promise<StoredFile[]> {
    this.#book.opening();
    const root = await this.#root();
    this.#release = await this.#takeName();
    try {
      this.#directory = await root.getDirectoryHandle(this.#directoryName, { create: true });
      for (const file of ['names-0', 'names-1']) {
        this.#nameHandles.push(await this.#access(file, true));
      }
      const names = await this.#readNames();
      const found = await this.#readFiles(names);
      await this.#removeStraySlots();
      if (names.sequence === 0) {
        this.#writeNames();
      }
      this.#book.opened(found.map(({ name, bytes }) => [name, bytes.byteLength]));
      return found;
    } catch (error) {
      await this.#giveUp();
      throw this.#failure(error);
    }
  }

  async #readNames(): Promise<Names> {
    const contents = this.#nameHandles.map((handle) => readWhole(handle, handle.getSize()));
    const records = contents.map((bytes) => decodeNames(bytes, this.#what));
    const sequences = records.map((record) => record?.sequence ?? 0);
    const names = records[sequences[0]! >= sequences[1]! ? 0 : 1]!;
    if (names === null) {
      // The first record, which is written before any slot is made, was never whole.
      const isNew = contents.some((bytes) => bytes.byteLength === 0) && (await this.#hasNoSlot());
      if (!isNew) {
        throw this.#damaged('neither names-0 nor names-1 is a whole record of names');
      }
      return { sequence: 0, nextSlot: 1, files: [] };
    }
    // What is removed next must not be needed by an older record that a power cut brings back.
    for (const at of sequences[0]! >= sequences[1]! ? [0, 1] : [1, 0]) {
      if (sequences[at] === names.sequence) {
        this.#nameHandles[at]!.flush();
      } else {
        writeRecord(this.#nameHandles[at]!, encodeNames(names));
      }
    }
    return names;
  }

  async #hasNoSlot(): Promise<boolean> {
    for await (const name of this.#directory!.keys()) {
      if (name.startsWith('slot-')) {
        return false;
      }
    }
    return true;
  }

  async #readFiles({ sequence, nextSlot, files }: Names): Promise<StoredFile[]> {
    this.#sequence = sequence;
    this.#nextSlot = nextSlot;
    const found: StoredFile[] = [];
    for (const { name, slot, durableBytes } of files) {
      const bytes = await this.#readSlot(slot);
      const byteLength = bytes?.byteLength ?? 0;
      if (durableBytes !== undefined && (bytes === null || byteLength < durableBytes)) {
        const has = bytes === null ? 'is missing' : `has ${byteLength} bytes`;
        throw this.#damaged(`the file '${name}' ${has}, ${durableBytes} bytes were durable`);
      }
      if (bytes !== null) {
        const told = durableBytes !== undefined;
        this.#slots.set(name, { number: slot, handle: undefined, byteLength, durableBytes, told });
        found.push({ name, bytes });
      }
    }
    return found.sort(byName);
  }

  async #readSlot(number: number): Promise<StoredFile['bytes'] | null> {
    let handle: AccessHandle;
    try {
      handle = await this.#access(`slot-${number}`, false);
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) {
        return null;
      }
      throw error;
    }
    try {
      return readWhole(handle, handle.getSize());
    } finally {
      handle.close();
    }
  }

  async #removeStraySlots(): Promise<void> {
    const used = new Set([...this.#slots.values()].map(({ number }) => `slot-${number}`));
    const stray: string[] = [];
    for await (const name of this.#directory!.keys()) {
      const number = name.startsWith('slot-') ? Number(name.slice(5)) : 0;
      this.#nextSlot = Math.max(this.#nextSlot, number + 1);
      if (number > 0 && !used.has(name)) {
        stray.push(name);
      }
    }
    for (const name of stray) {
      await this.#directory!.removeEntry(name);
    }
  }

  apply(operations: readonly StoreOperation[]): Promise<void> {
    return this.#book.apply(operations, async () => {
      try {
        for (const operation of operations) {
          await this.#perform(operation);
        }
        await this.#endApply();
      } catch (error) {
        throw this.#failure(error);
      }
    });
  }

  async #perform(operation: StoreOperation): Promise<void> {
    if (operation.kind === 'create') {
      await this.#create(operation.name);
    } else if (operation.kind === 'append') {
      const slot = this.#slots.get(operation.name)!;
      writeWhole(slot.handle!, operation.bytes, slot.byteLength);
      slot.byteLength += operation.bytes.byteLength;
    } else if (operation.kind === 'sync') {
      await this.#sync(this.#slots.get(operation.name)!);
    } else if (operation.kind === 'close') {
      const slot = this.#slots.get(operation.name)!;
      slot.handle!.close();
      slot.handle = undefined;
    } else if (operation.kind === 'publish') {
      const { temporary, name } = operation;
      this.#unname(name);
      this.#slots.set(name, this.#slots.get(temporary)!);
      this.#slots.delete(temporary);
      this.#namesChanged = true;
    } else {
      this.#unname(operation.name);
    }
  }

  async #create(name: string): Promise<void> {
    const number = this.#nextSlot++;
    const handle = await this.#access(`slot-${number}`, true);
    const slot: Slot = { number, handle, byteLength: 0, durableBytes: undefined, told: false };
    this.#slots.set(name, slot);
    this.#namesChanged = true;
    if (handle.getSize() > 0) {
      handle.truncate(0);
      handle.flush();
    }
  }

  async #sync(slot: Slot): Promise<void> {
    if (slot.handle !== undefined) {
      slot.handle.flush();
    } else {
      const handle = await this.#access(`slot-${slot.number}`, false);
      try {
        handle.flush();
      } finally {
        handle.close();
      }
    }
    slot.durableBytes = slot.byteLength;
    if (!slot.told) {
      slot.told = true;
      this.#namesChanged = true;
    }
  }

  #unname(name: string): void {
    const slot = this.#slots.get(name);
    if (slot !== undefined) {
      this.#unnamed.push(slot);
      this.#slots.delete(name);
      this.#namesChanged = true;
    }
  }

  async #endApply(): Promise<void> {
    if (this.#namesChanged) {
      this.#writeNames();
      this.#namesChanged = false;
    }
    for (const { number } of this.#unnamed) {
      await this.#directory!.removeEntry(`slot-${number}`);
    }
    this.#unnamed = [];
  }

  #writeNames(): void {
    const sequence = this.#sequence + 1;
    const files = [...this.#slots].map(([name, { number, durableBytes }]) => ({
      name,
      slot: number,
      durableBytes,
    }));
    const bytes = encodeNames({ sequence, nextSlot: this.#nextSlot, files });
    for (const handle of this.#nameHandles) {
      writeRecord(handle, bytes);
    }
    this.#sequence = sequence;
  }

  async usage(): Promise<StoreUsage> {
    this.#book.checkOpen();
    return hostUsage(this.#book.byteLength);
  }

  async close(): Promise<void> {
    this.#book.closing();
    await this.#giveUp();
  }

  async #giveUp(): Promise<void> {
    const open = [...this.#slots.values(), ...this.#unnamed].flatMap(({ handle }) => handle ?? []);
    for (const handle of [...open, ...this.#nameHandles]) {
      handle.close();
    }
    this.#slots.clear();
    this.#unnamed = [];
    this.#nameHandles = [];
    const release = this.#release;
    this.#release = async () => {};
    await release();
  }

  async destroy(): Promise<void> {
    const root = await this.#root();
    const release = await this.#takeName();
    try {
      await root.removeEntry(this.#directoryName, { recursive: true });
    } catch (error) {
      if (!isNamed(error, 'NotFoundError')) {
        throw this.#failure(error);
      }
    } finally {
      await release();
    }
  }

  #takeName(): Promise<() => Promise<void>> {
    const name = `weftdb-opfs:${this.#directoryName}`;
    return takeName(name, this.#what, this.#options.waitMillis ?? 2000);
  }

  async #root(): Promise<FileSystemDirectoryHandle> {
    if (this.#options.root !== undefined) {
      return this.#options.root;
    }
    const storage = (globalThis as { navigator?: { storage?: StorageManager } }).navigator?.storage;
    if (storage?.getDirectory === undefined) {
      throw this.#unavailable('there is none here; it needs a page of https or localhost');
    }
    if (
      typeof FileSystemFileHandle === 'undefined' ||
      !('createSyncAccessHandle' in FileSystemFileHandle.prototype)
    ) {
      throw this.#unavailable('its files can be opened in a dedicated worker only');
    }
    try {
      return await storage.getDirectory();
    } catch (error) {
      const { message } = error as Error;
      throw this.#unavailable(`the browser refuses it, maybe for a private window: ${message}`, error);
    }
  }

  /** Opens a file. One that another worker has open may be given up in a moment, as that worker ends. */
  async #access(name: string, create: boolean): Promise<AccessHandle> {
    const file: AccessibleHandle = await this.#directory!.getFileHandle(name, { create });
    const end = Date.now() + (this.#options.waitMillis ?? 2000);
    for (;;) {
      try {
        return await file.createSyncAccessHandle!();
      } catch (error) {
        const inUse = isNamed(error, 'NoModificationAllowedError');
        if (!inUse || Date.now() >= end) {
          throw inUse ? lockedBySomebody(this.#what) : error;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
    }
  }

  #failure(error: unknown): WeftError {
    return isNamed(error, 'NoModificationAllowedError')
      ? lockedBySomebody(this.#what)
      : hostFailure(this.#what, error);
  }

  #damaged(how: string): WeftError {
    return failure('CORRUPTED', `${this.#what}: ${how}`);
  }

  #unavailable(why: string, cause?: unknown): WeftError {
    return failure('STORAGE_UNAVAILABLE', `${this.#what} cannot be opened: ${why}`, cause);
  }
}

function isNamed(error: unknown, name: string): boolean {
  return (error as { name?: unknown } | null)?.name === name;
}

function readWhole(handle: AccessHandle, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const count = handle.read(bytes.subarray(at), { at });
    if (count <= 0) {
      throw failure('TRUNCATED', `a file has ${at} bytes, its size is ${size}`);
    }
    at += count;
  }
  return bytes;
}

function writeRecord(handle: AccessHandle, bytes: Uint8Array): void {
  writeWhole(handle, bytes, 0);
  handle.truncate(bytes.byteLength);
  handle.flush();
}

function writeWhole(handle: AccessHandle, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.byteLength; ) {
    const count = handle.write(bytes.subarray(done), { at: position + done });
    if (count <= 0) {
      throw failure('STORAGE_FULL', `only ${done} of ${bytes.byteLength} bytes could be written`);
    }
    done += count;
  }
}
