import { failure, WeftError } from '../errors.js';
import type { StoreOperation } from '../store.js';

const VALID_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** Whether a file may have this name: the rule of all stores. */
export function isFileName(name: string): boolean {
  return VALID_NAME.test(name);
}

/**
 * What every store keeps of its files while it is open: which there are, which of them are still
 * appended to, how many bytes they have. It finds operations that do not fit before any of their apply
 * is done, and it knows what state the store is in.
 */
export class FileBook {
  readonly #what: string;
  #files = new Map<string, { closed: boolean; byteLength: number }>();
  #state: 'new' | 'open' | 'failed' | 'closed' = 'new';
  #busy = false;

  /** @param what the store, as messages name it */
  constructor(what: string) {
    this.#what = what;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** The bytes of all files. */
  get byteLength(): number {
    let sum = 0;
    for (const file of this.#files.values()) {
      sum += file.byteLength;
    }
    return sum;
  }

  /** The store is being opened. */
  opening(): void {
    if (this.#state !== 'new') {
      throw failure('INVALID_USE', `${this.#what} was opened already: take a new store object`);
    }
    this.#state = 'failed';
  }

  /** The store is open with these files, all of them closed. */
  opened(files: Iterable<readonly [name: string, byteLength: number]>): void {
    if (this.#state === 'closed') {
      throw failure('CLOSED', `${this.#what} was closed while it was being opened`);
    }
    for (const [name, byteLength] of files) {
      this.#files.set(name, { closed: true, byteLength });
    }
    this.#state = 'open';
  }

  /**
   * Checks the operations of an apply and takes them down, then does them by a function. When it fails
   * the store stays unusable.
   */
  async apply(
    operations: readonly StoreOperation[],
    perform: (operations: readonly StoreOperation[]) => Promise<void>,
  ): Promise<void> {
    this.checkOpen();
    if (this.#busy) {
      throw failure('INVALID_USE', `${this.#what} is still busy with the operations before`);
    }
    this.#take(operations);
    if (operations.length === 0) {
      return;
    }
    this.#busy = true;
    try {
      await perform(operations);
    } catch (error) {
      this.failed();
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** The store cannot be used any more. */
  failed(): void {
    if (this.#state !== 'closed') {
      this.#state = 'failed';
    }
  }

  /** The store is closed; whether it was not before. */
  closing(): boolean {
    const first = this.#state !== 'closed';
    this.#state = 'closed';
    return first;
  }

  checkOpen(): void {
    if (this.#state === 'closed') {
      throw failure('CLOSED', `${this.#what} is closed`);
    }
    if (this.#state === 'failed') {
      throw failure('IO_FAILED', `${this.#what} has failed before: it must be opened again`);
    }
    if (this.#state === 'new') {
      throw failure('INVALID_USE', `${this.#what} is not open yet`);
    }
  }

  #take(operations: readonly StoreOperation[]): void {
    const before = new Map(this.#files);
    try {
      for (const operation of operations) {
        this.#takeOne(operation);
      }
    } catch (error) {
      this.#files = before;
      throw error;
    }
  }

  #takeOne(operation: StoreOperation): void {
    const { kind } = operation;
    if (kind === 'create') {
      this.#checkName(operation.name);
      if (this.#files.has(operation.name)) {
        throw this.#misuse(`there is a file '${operation.name}' already`);
      }
      this.#files.set(operation.name, { closed: false, byteLength: 0 });
    } else if (kind === 'append') {
      const { byteLength } = this.#file(operation.name, false);
      const length = byteLength + operation.bytes.byteLength;
      this.#files.set(operation.name, { closed: false, byteLength: length });
    } else if (kind === 'sync') {
      this.#file(operation.name, undefined);
    } else if (kind === 'close') {
      const { byteLength } = this.#file(operation.name, false);
      this.#files.set(operation.name, { closed: true, byteLength });
    } else if (kind === 'publish') {
      const { temporary, name } = operation;
      this.#checkName(name);
      const file = this.#file(temporary, true);
      if (name === temporary) {
        throw this.#misuse(`the file '${name}' cannot be published under its own name`);
      }
      if (this.#files.has(name)) {
        this.#file(name, true);
      }
      this.#files.delete(temporary);
      this.#files.set(name, file);
    } else {
      this.#file(operation.name, true);
      this.#files.delete(operation.name);
    }
  }

  #file(name: string, closed: boolean | undefined): { closed: boolean; byteLength: number } {
    const file = this.#files.get(name);
    if (file === undefined) {
      throw this.#misuse(`there is no file '${name}'`);
    }
    if (closed !== undefined && file.closed !== closed) {
      throw this.#misuse(`the file '${name}' is ${closed ? 'still appended to' : 'closed'}`);
    }
    return file;
  }

  #checkName(name: string): void {
    if (!isFileName(name)) {
      throw this.#misuse(`'${name}' is not a valid file name`);
    }
  }

  #misuse(what: string): WeftError {
    return failure('INVALID_USE', `${this.#what}: ${what}`);
  }
}

/** Sorts files by name, as `open` returns them. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
