import { failure } from '../errors.js';
import type { Store, StoredFile, StoreOperation, StoreUsage } from '../store.js';
import { byName, FileBook } from './book.js';

/**
 * The files of a database in memory, which outlive the database object: a database that is opened
 * with them again finds what was written before. One database at a time.
 */
export class MemoryFiles {
  /** @internal Pieces of each file in order. */
  readonly pieces = new Map<string, Uint8Array<ArrayBuffer>[]>();
  /** @internal The store that has them open. */
  holder: object | null = null;

  /** Copies of all files by name. */
  toMap(): Map<string, Uint8Array<ArrayBuffer>> {
    return new Map([...this.pieces].map(([name, pieces]) => [name, joined(pieces)]));
  }
}

/**
 * A store in memory, for tests and for databases that are to be opened again in the same program.
 *
 * Everything is durable as long as the files live.
 *
 * @param files where the files are; none: a set of its own, which goes with the store
 */
export function memoryStore(files: MemoryFiles = new MemoryFiles()): Store {
  return new MemoryStore(files);
}

class MemoryStore implements Store {
  readonly #files: MemoryFiles;
  readonly #book = new FileBook('the store in memory');

  constructor(files: MemoryFiles) {
    this.#files = files;
  }

  async open(): Promise<StoredFile[]> {
    this.#book.opening();
    this.#checkFree();
    this.#files.holder = this;
    const found = [...this.#files.toMap()].map(([name, bytes]) => ({ name, bytes })).sort(byName);
    this.#book.opened(found.map(({ name, bytes }) => [name, bytes.byteLength]));
    return found;
  }

  apply(operations: readonly StoreOperation[]): Promise<void> {
    return this.#book.apply(operations, async () => {
      for (const operation of operations) {
        this.#perform(operation);
      }
    });
  }

  #perform(operation: StoreOperation): void {
    const { pieces } = this.#files;
    if (operation.kind === 'create') {
      pieces.set(operation.name, []);
    } else if (operation.kind === 'append') {
      pieces.get(operation.name)!.push(operation.bytes);
    } else if (operation.kind === 'publish') {
      pieces.set(operation.name, pieces.get(operation.temporary)!);
      pieces.delete(operation.temporary);
    } else if (operation.kind === 'delete') {
      pieces.delete(operation.name);
    }
  }

  async usage(): Promise<StoreUsage> {
    this.#book.checkOpen();
    return { bytes: this.#book.byteLength };
  }

  async close(): Promise<void> {
    if (this.#book.closing() && this.#files.holder === this) {
      this.#files.holder = null;
    }
  }

  async destroy(): Promise<void> {
    this.#checkFree();
    this.#files.pieces.clear();
  }

  #checkFree(): void {
    if (this.#files.holder !== null) {
      throw failure('DATABASE_LOCKED', 'the files in memory are in use by a database already');
    }
  }
}

/** One array of all pieces. Leaves that in their place, so that the next time is quick. */
function joined(pieces: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const whole = concatenated(pieces);
  if (pieces.length > 1) {
    pieces.splice(0, pieces.length, whole);
  }
  return whole.slice();
}

/** A new array of some arrays' bytes, one behind the other. */
export function concatenated(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.byteLength;
  }
  return whole;
}
