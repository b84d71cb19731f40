import type { Store } from '../store.js';
import { keyValueStore, type KeyValues } from './key-value.js';

/** What is used of the storage of a Durable Object: `state.storage`, or `this.ctx.storage`. */
export interface DurableObjectStorage {
  list(options: {
    prefix: string;
    startAfter?: string | undefined;
    limit: number;
  }): Promise<Map<string, unknown>>;
  put(entries: Record<string, unknown>): Promise<void>;
  delete(keys: string[]): Promise<number>;
  sync(): Promise<void>;
}

/** How a store in a Durable Object works. */
export interface DurableObjectStoreOptions {
  /** What its keys begin with; `weftdb/` when not given. */
  readonly prefix?: string | undefined;
}

/** At most so many keys go into one call. */
const KEYS = 128;
/** At most so many values are listed by one call: 6.4 MB. */
const LISTED = 64;

/**
 * Files in the storage of a Cloudflare Durable Object, of either kind (key-value or SQLite).
 *
 * Values have at most 100 KiB, below the 128 KiB that a value of the older kind may have; see
 * `keyValueStore` for the keys. A commit is durable when `storage.sync()` has returned. While an operation
 * of the storage is under way the object gets no other event, as is usual there.
 *
 * A Durable Object is the only one that has its storage, so nothing else keeps others out. Not promised: that a
 * database is larger than the object's memory (128 MB) allows.
 */
export function durableObjectStore(
  storage: DurableObjectStorage,
  options: DurableObjectStoreOptions = {},
): Store {
  let keyValues = known.get(storage);
  if (keyValues === undefined) {
    keyValues = new DurableObjectKeyValues(storage);
    known.set(storage, keyValues);
  }
  return keyValueStore(keyValues, { prefix: options.prefix });
}

/** One for each storage, so that its files are open once. */
const known = new WeakMap<DurableObjectStorage, KeyValues>();

class DurableObjectKeyValues implements KeyValues {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  async *list(prefix: string): AsyncIterable<readonly [string, Uint8Array]> {
    let startAfter: string | undefined;
    for (;;) {
      // An option that is undefined is not the same as none everywhere.
      const from = startAfter === undefined ? {} : { startAfter };
      const part = await this.#storage.list({ prefix, limit: LISTED, ...from });
      for (const [key, value] of part) {
        yield [key, value as Uint8Array];
        startAfter = key;
      }
      if (part.size < LISTED) {
        return;
      }
    }
  }

  async write(puts: ReadonlyMap<string, Uint8Array>, deletes: readonly string[]): Promise<void> {
    // Calls that are not waited for go to the disk as one.
    const calls: Promise<unknown>[] = [];
    const entries = [...puts];
    for (let at = 0; at < entries.length; at += KEYS) {
      calls.push(this.#storage.put(Object.fromEntries(entries.slice(at, at + KEYS))));
    }
    for (let at = 0; at < deletes.length; at += KEYS) {
      calls.push(this.#storage.delete(deletes.slice(at, at + KEYS)));
    }
    await Promise.all(calls);
    await this.#storage.sync();
  }
}
