/** A file of a store as it is found when a database is opened. */
export interface StoredFile {
  /** 1 to 100 characters of `a-z`, `0-9`, `-`, `_` and `.`, the first a letter or a digit. */
  readonly name: string;
  /** The whole of the file; the caller's from then on. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * One change of the files of a store.
 *
 * A file is created, appended to, synced, closed and then immutable. `sync` makes the bytes and the
 * name of a file durable, whether it is closed or not. `publish` gives a closed and synced file its
 * final name, in place of the one that had it, and is itself durable; `delete` removes a closed file
 * and need not be durable. The bytes of an append are the store's from then on: it may keep, transfer
 * or detach their buffer.
 */
export type StoreOperation =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'append'; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'sync'; readonly name: string }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'publish'; readonly temporary: string; readonly name: string }
  | { readonly kind: 'delete'; readonly name: string };

/** How much a store holds and may hold, in bytes, as far as it can be known. */
export interface StoreUsage {
  /** What the files of this database take. */
  readonly bytes: number;
  /** What the host says that all of the origin or volume takes; undefined when it does not say. */
  readonly usedBytes?: number | undefined;
  /** What the host lets it take; undefined when it does not say. */
  readonly quotaBytes?: number | undefined;
  /** Whether the host has promised not to clear it when it runs short of space. */
  readonly persisted?: boolean | undefined;
}

/**
 * Where the files of one database are kept: flat names and bytes, nothing is overwritten.
 *
 * A store does what it is told in order and knows nothing of what the bytes mean. What a crash of
 * the page, the process or the machine may do: of appends that no later `sync` of their file
 * covers, each may be there, missing or there in part; a created file that was never synced may be
 * gone; a deleted file may be back; a publish happens or does not, as a whole. The database is built
 * for that. A crash never undoes what an {@link apply} that has resolved had synced or published.
 *
 * A method that fails rejects with a `WeftError`; what is durable of an apply that failed is not
 * known. The database is then unusable until it is opened again, with a new store object. A store
 * object is opened once and belongs to one database.
 *
 * An operation that does not fit the files (such as an append to a file that is closed) is a bug of the
 * caller; it rejects with `INVALID_USE` before anything of its apply was done.
 */
export interface Store {
  /**
   * Takes possession of the files and reads them all.
   *
   * Rejects with `DATABASE_LOCKED` when somebody else has them open and the store can know it. Also
   * ends whatever a crash has left unfinished: a file that was being appended to is closed, with the
   * bytes it has.
   */
  open(): Promise<StoredFile[]>;

  /**
   * Does operations in order. Resolves when all are done and what they sync or publish is durable.
   * Not called again before it has resolved, and never again after it has rejected.
   */
  apply(operations: readonly StoreOperation[]): Promise<void>;

  /** What is stored, for people to see. */
  usage(): Promise<StoreUsage>;

  /** Gives up possession. Syncs nothing. Calling it again, or after a failure, is harmless. */
  close(): Promise<void>;

  /**
   * Removes all files of the database, which must not be open anywhere, here neither: rejects with
   * `DATABASE_LOCKED` when it is and the store can know it. Files that are not there are no error.
   */
  destroy(): Promise<void>;
}
