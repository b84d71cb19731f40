/** The tables that one query loads; see `HostCsvSource` of the Java half. */
import type { CsvTable, LoadCsv } from '../api.js';
import { failure, WeftError } from '../errors.js';
import { encodeInto, utf8Length } from './utf8.js';

/** What {@link CsvTables.open} answers instead of a handle. */
const enum NoTable {
  /** Nothing to load from was given. */
  NOTHING_GIVEN = -1,
  /** The table will come; the query is to be run again then. */
  PENDING = -2,
  /** It cannot be had; {@link CsvTables.explained} says why. */
  FAILED = -3,
}

interface OpenTable {
  readonly bytes: Uint8Array;
  at: number;
}

/**
 * What the module asks for while it runs a query. The module cannot wait: when a table comes with a
 * promise, the query stops with `CSV_PENDING`, and is run again from its beginning once the bytes
 * are there. What was loaded stays for that.
 */
export class CsvTables {
  readonly #load: LoadCsv | undefined;
  readonly #loaded = new Map<string, Uint8Array>();
  readonly #open = new Map<number, OpenTable>();
  #lastHandle = 0;
  #awaited: { readonly url: string; readonly table: Promise<void> } | null = null;
  #cause: { readonly url: string; readonly error: unknown } | null = null;

  constructor(load: LoadCsv | undefined) {
    this.#load = load;
  }

  /** A handle from 0 on, or one of {@link NoTable}. */
  open(url: string): number {
    let bytes = this.#loaded.get(url);
    if (bytes === undefined) {
      if (this.#load === undefined) {
        return NoTable.NOTHING_GIVEN;
      }
      try {
        const given = this.#load(url);
        if (isPromise(given)) {
          const table = given.then((late) => {
            this.#loaded.set(url, bytesOf(late));
          });
          // Nobody may come to wait for it.
          table.catch(() => undefined);
          this.#awaited = { url, table };
          return NoTable.PENDING;
        }
        bytes = bytesOf(given);
        this.#loaded.set(url, bytes);
      } catch (error) {
        this.#cause = { url, error };
        return NoTable.FAILED;
      }
    }
    const handle = ++this.#lastHandle;
    this.#open.set(handle, { bytes, at: 0 });
    return handle;
  }

  /** Puts the next bytes into a part of memory and answers how many; 0 at the end. */
  read(handle: number, target: Uint8Array): number {
    const table = this.#open.get(handle);
    if (table === undefined) {
      return 0;
    }
    const next = table.bytes.subarray(table.at, table.at + target.length);
    target.set(next);
    table.at += next.length;
    return next.length;
  }

  close(handle: number): void {
    this.#open.delete(handle);
  }

  /** Whether a query failed only because a table has not come yet. */
  isAwaiting(error: unknown): boolean {
    return this.#awaited !== null && error instanceof WeftError && error.code === 'CSV_PENDING';
  }

  /** Waits for the table that a query stopped at. */
  async arrive(): Promise<void> {
    const awaited = this.#awaited;
    this.#awaited = null;
    try {
      await awaited?.table;
    } catch (error) {
      throw unavailable(awaited?.url ?? '', error);
    }
  }

  /** An error of a query, with what the callback threw when that was its cause. */
  explained(error: unknown): unknown {
    const isOurs = error instanceof WeftError && error.code === 'CSV_UNAVAILABLE';
    if (isOurs && this.#cause !== null) {
      return unavailable(this.#cause.url, this.#cause.error);
    }
    if (error instanceof WeftError && error.code === 'CSV_PENDING') {
      return failure(
        'CSV_UNAVAILABLE',
        `'${this.#awaited?.url}' would have to be waited for, but rows of the stream were given ` +
          'already; use execute(), or a loadCsv that gives bytes and no promise',
      );
    }
    return error;
  }
}

function unavailable(url: string, cause: unknown): WeftError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return failure('CSV_UNAVAILABLE', `'${url}' cannot be loaded: ${reason}`, cause);
}

function isPromise(given: CsvTable | PromiseLike<CsvTable>): given is Promise<CsvTable> {
  return typeof (given as Promise<CsvTable> | null)?.then === 'function';
}

function bytesOf(table: CsvTable): Uint8Array {
  if (typeof table === 'string') {
    const bytes = new Uint8Array(utf8Length(table));
    encodeInto(table, bytes, 0);
    return bytes;
  }
  if (table instanceof ArrayBuffer) {
    return new Uint8Array(table);
  }
  if (ArrayBuffer.isView(table)) {
    return new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
  }
  throw new TypeError(`loadCsv gave ${table === null ? 'null' : typeof table}, not text or bytes`);
}
