import { open, mkdir, readdir, realpath, rename, stat, statfs, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure, WeftError } from '../errors.js';
import type { Store, StoredFile, StoreOperation, StoreUsage } from '../store.js';
import { byName, FileBook, isFileName } from './book.js';
import { NodeLock } from './node-lock.js';

/** How a store on disk works. */
export interface NodeStoreOptions {
  /** Whether the directory is made, with its parents, when it does not exist; true when not given. */
  readonly create?: boolean | undefined;
}

/** A read or write of more than 2 GiB fails on some systems. */
const TRANSFER_BYTES = 1 << 24;

/**
 * Files of a directory on disk, by `node:fs`, for Node.js, Deno and Bun: the same directory as the JVM's
 * (`FileStorage`), with the same names, syncs and lock, so that a database that one side has written
 * opens on the other.
 *
 * `sync` is `fdatasync` of the file and, where a name is to become durable, `fsync` of the directory.
 * Nothing blocks the event loop.
 *
 * `open` rejects with `NOT_A_DIRECTORY`, or with `DATABASE_LOCKED` when the directory is open here or
 * in another process, whatever language that is written in; `apply` with `STORAGE_FULL` when the disk is full.
 * Entries of the directory that are not regular files or have names of another form are not seen.
 *
 * Not promised: durability on media that lie about `fsync`, or on systems whose directories cannot be
 * synced (Windows); exclusion on network file systems without locks. `destroy` leaves the directory
 * with its lock file, since without it two could lock two files.
 */
export function nodeStore(directory: string | URL, options: NodeStoreOptions = {}): Store {
  const path = typeof directory === 'string' ? directory : pathOf(directory);
  return new NodeStore(resolve(path), options.create ?? true);
}

function pathOf(url: URL): string {
  if (url.protocol !== 'file:') {
    throw failure('INVALID_ARGUMENT', `a directory is a path or a file: URL, not ${url}`);
  }
  return fileURLToPath(url);
}

interface Appending {
  readonly handle: FileHandle;
  nameIsDurable: boolean;
}

class NodeStore implements Store {
  readonly #path: string;
  readonly #create: boolean;
  readonly #book: FileBook;
  readonly #appending = new Map<string, Appending>();
  #directory = '';
  #lock: NodeLock | null = null;

  constructor(path: string, create: boolean) {
    this.#path = path;
    this.#create = create;
    this.#book = new FileBook(`the directory ${path}`);
  }

  async open(): Promise<StoredFile[]> {
    this.#book.opening();
    try {
      await this.#lockDirectory(this.#create);
      const found: StoredFile[] = [];
      for (const name of await this.#names()) {
        found.push({ name, bytes: await readFile(join(this.#directory, name)) });
      }
      this.#book.opened(found.map(({ name, bytes }) => [name, bytes.byteLength]));
      return found.sort(byName);
    } catch (error) {
      this.#unlock();
      throw this.#failure('opening', error);
    }
  }

  async #lockDirectory(create: boolean): Promise<void> {
    const found = await stat(this.#path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT' && create) {
        return null;
      }
      throw error;
    });
    if (found === null) {
      await makeDirectory(this.#path);
    } else if (!found.isDirectory()) {
      throw failure('NOT_A_DIRECTORY', `${this.#path} is not a directory`);
    }
    this.#directory = await realpath(this.#path);
    this.#lock = await NodeLock.take(this.#directory);
  }

  async #names(): Promise<string[]> {
    const names: string[] = [];
    for (const name of await readdir(this.#directory)) {
      if (isFileName(name) && (await stat(join(this.#directory, name))).isFile()) {
        names.push(name);
      }
    }
    return names;
  }

  apply(operations: readonly StoreOperation[]): Promise<void> {
    return this.#book.apply(operations, async () => {
      for (const operation of operations) {
        try {
          await this.#perform(operation);
        } catch (error) {
          const { kind } = operation;
          const name = kind === 'publish' ? operation.temporary : operation.name;
          throw this.#failure(`'${kind}' of '${name}'`, error);
        }
      }
    });
  }

  async #perform(operation: StoreOperation): Promise<void> {
    if (operation.kind === 'create') {
      const handle = await open(join(this.#directory, operation.name), 'ax');
      this.#appending.set(operation.name, { handle, nameIsDurable: false });
    } else if (operation.kind === 'append') {
      await writeWhole(this.#appending.get(operation.name)!.handle, operation.bytes);
    } else if (operation.kind === 'sync') {
      await this.#sync(operation.name);
    } else if (operation.kind === 'close') {
      const { handle } = this.#appending.get(operation.name)!;
      this.#appending.delete(operation.name);
      await handle.close();
    } else if (operation.kind === 'publish') {
      const { temporary, name } = operation;
      await rename(join(this.#directory, temporary), join(this.#directory, name));
      await syncDirectory(this.#directory);
    } else {
      await unlink(join(this.#directory, operation.name));
    }
  }

  async #sync(name: string): Promise<void> {
    const file = this.#appending.get(name);
    if (file === undefined) {
      await withFile(join(this.#directory, name), 'r+', (handle) => handle.sync());
      await syncDirectory(this.#directory);
      return;
    }
    await file.handle.datasync();
    if (!file.nameIsDurable) {
      await syncDirectory(this.#directory);
      file.nameIsDurable = true;
    }
  }

  async usage(): Promise<StoreUsage> {
    this.#book.checkOpen();
    const bytes = this.#book.byteLength;
    const volume = await statfs(this.#directory).catch(() => undefined);
    if (volume === undefined) {
      return { bytes };
    }
    const usedBytes = (volume.blocks - volume.bfree) * volume.bsize;
    return { bytes, usedBytes, quotaBytes: usedBytes + volume.bavail * volume.bsize };
  }

  async close(): Promise<void> {
    if (!this.#book.closing()) {
      return;
    }
    const open = [...this.#appending.values()];
    this.#appending.clear();
    try {
      for (const { handle } of open) {
        await handle.close();
      }
    } catch (error) {
      throw this.#failure('closing', error);
    } finally {
      this.#unlock();
    }
  }

  async destroy(): Promise<void> {
    try {
      await this.#lockDirectory(false);
      for (const name of await this.#names()) {
        await unlink(join(this.#directory, name));
      }
      await syncDirectory(this.#directory);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        throw this.#failure('removing the files', error);
      }
    } finally {
      this.#unlock();
    }
  }

  #unlock(): void {
    this.#lock?.release();
    this.#lock = null;
  }

  #failure(what: string, cause: unknown): WeftError {
    if (cause instanceof WeftError) {
      return cause;
    }
    const text = `the directory ${this.#path}: ${what} failed: ${(cause as Error).message}`;
    const code = codeOf(cause);
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      return failure('STORAGE_FULL', text, cause);
    }
    return failure(code === 'ENOTDIR' ? 'NOT_A_DIRECTORY' : 'IO_FAILED', text, cause);
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}

async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) {
    return;
  }
  // Each directory that was made becomes durable by a sync of the one that it is in.
  for (let made = path; made !== dirname(first); made = dirname(made)) {
    await syncDirectory(dirname(made));
  }
}

async function syncDirectory(path: string): Promise<void> {
  if (process.platform !== 'win32') {
    await withFile(path, 'r', (handle) => handle.sync());
  }
}

async function withFile<T>(
  path: string,
  flags: string,
  use: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  const handle = await open(path, flags);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

function readFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return withFile(path, 'r', async (handle) => {
    const bytes = new Uint8Array((await handle.stat()).size);
    for (let at = 0; at < bytes.byteLength; ) {
      const count = Math.min(TRANSFER_BYTES, bytes.byteLength - at);
      const { bytesRead } = await handle.read(bytes, at, count, at);
      if (bytesRead === 0) {
        throw failure('TRUNCATED', `${path} has ${at} bytes in place of ${bytes.byteLength}`);
      }
      at += bytesRead;
    }
    return bytes;
  });
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) {
    const count = Math.min(TRANSFER_BYTES, bytes.byteLength - at);
    at += (await handle.write(bytes, at, count, null)).bytesWritten;
  }
}
