import type { Instance } from './boundary/instance.js';
import { failure, WeftError } from './errors.js';
import type { Store, StoreOperation, StoreUsage } from './store.js';

/** The kinds of operations of `HostStorage` of the Java half. */
const enum Kind {
  CREATE = 1,
  APPEND = 2,
  SYNC = 3,
  CLOSE = 4,
  PUBLISH = 5,
  DELETE = 6,
}

/** What a store is given at once, about: bounds how long the next ones wait. */
const BATCH_BYTES = 16 << 20;

/** Beyond so many bytes that a store has not taken, callers wait for it in any case. */
const MOST_QUEUED_BYTES = 64 << 20;

const DONE = Promise.resolve();

/** Somebody who waits until so many operations are done. */
interface Waiter {
  readonly count: number;
  readonly resolve: () => void;
  readonly reject: (reason: WeftError) => void;
}

/**
 * Carries the storage operations of an instance to a store, in order and one batch after another,
 * and tells when they are done. What comes while a batch is under way is the next batch.
 *
 * When the store fails, nothing after that is done, and everybody who waits or asks is told.
 */
export class Persistence {
  readonly #store: Store;
  #queue: StoreOperation[] = [];
  #queuedBytes = 0;
  /** How many operations were ever collected, and how many of them are done. */
  #collected = 0;
  #done = 0;
  #waiters: Waiter[] = [];
  #running: Promise<void> | null = null;
  #failure: WeftError | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Why the store has failed, or null. */
  get failure(): WeftError | null {
    return this.#failure;
  }

  /** Whether so much is waiting that more should not be made. */
  get isBehind(): boolean {
    return this.#queuedBytes > MOST_QUEUED_BYTES;
  }

  /** Takes the operations that an instance has made, and answers whether there were any. */
  collect(instance: Instance): boolean {
    let any = false;
    for (;;) {
      const length = instance.call('takeOperations');
      if (length === 0) {
        break;
      }
      any = true;
      this.#take(instance, length);
    }
    if (any && this.#running === null && this.#failure === null) {
      this.#running = this.#drain();
    }
    return any;
  }

  #take(instance: Instance, length: number): void {
    const reader = instance.reader(length);
    const before = this.#queue.length;
    while (reader.rest > 0) {
      const kind = reader.readCount() as Kind;
      const name = reader.readString();
      switch (kind) {
        case Kind.CREATE:
          this.#queue.push({ kind: 'create', name });
          break;
        case Kind.APPEND: {
          const bytes = reader.readBytes(reader.readCount());
          this.#queuedBytes += bytes.length;
          this.#queue.push({ kind: 'append', name, bytes });
          break;
        }
        case Kind.SYNC:
          this.#queue.push({ kind: 'sync', name });
          break;
        case Kind.CLOSE:
          this.#queue.push({ kind: 'close', name });
          break;
        case Kind.PUBLISH:
          this.#queue.push({ kind: 'publish', temporary: name, name: reader.readString() });
          break;
        case Kind.DELETE:
          this.#queue.push({ kind: 'delete', name });
          break;
        default:
          throw new Error(`unknown storage operation ${kind as number}`);
      }
    }
    this.#collected += this.#queue.length - before;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queue.length > 0 && this.#failure === null) {
        const batch = this.#nextBatch();
        await this.#store.apply(coalesced(batch));
        this.#done += batch.length;
        this.#wake();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#running = null;
    }
  }

  #wake(): void {
    // Those who came first wait for the fewest.
    let count = 0;
    while (count < this.#waiters.length && (this.#waiters[count] as Waiter).count <= this.#done) {
      (this.#waiters[count++] as Waiter).resolve();
    }
    this.#waiters.splice(0, count);
  }

  #nextBatch(): StoreOperation[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && bytes < BATCH_BYTES) {
      const operation = this.#queue[count++] as StoreOperation;
      bytes += operation.kind === 'append' ? operation.bytes.length : 0;
    }
    this.#queuedBytes -= bytes;
    return this.#queue.splice(0, count);
  }

  #fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#end(
      failure(
        'LOG_FAILED',
        `the database has to be opened again, since its storage failed: ${reason}`,
        error,
      ),
    );
  }

  /** Does nothing after what is under way, and tells everybody who waits or asks why. */
  #end(reason: WeftError): void {
    this.#failure ??= reason;
    this.#queue = [];
    this.#queuedBytes = 0;
    for (const waiter of this.#waiters.splice(0)) {
      waiter.reject(this.#failure);
    }
  }

  /** Resolves when everything that was collected so far is durable. */
  settled(): Promise<void> {
    if (this.#failure !== null) {
      return Promise.reject(this.#failure);
    }
    const count = this.#collected;
    if (count === this.#done) {
      return DONE;
    }
    return new Promise((resolve, reject) => this.#waiters.push({ count, resolve, reject }));
  }

  usage(): Promise<StoreUsage> {
    return this.#store.usage();
  }

  /** Gives the store up in this turn, with what is under way and what waits. */
  abandon(reason: WeftError): void {
    this.#end(reason);
    this.#store.close().catch(() => undefined);
  }

  /** Waits for what is under way and gives the store up. */
  async close(): Promise<void> {
    await this.#running;
    await this.#store.close();
  }
}

/** Appends of at least so many bytes are not worth being joined with others. */
const LARGE_APPEND_BYTES = 1 << 18;

/**
 * The same operations, with small appends that come right after another to the same file made one.
 *
 * Syncs stay: a record of the log tells how much of it was durable before the record was appended, so
 * after a crash a record may not be there when one that was synced before it is not.
 */
export function coalesced(operations: readonly StoreOperation[]): StoreOperation[] {
  const result: StoreOperation[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  operations.forEach((operation, index) => {
    if (operation.kind !== 'append' || operation.bytes.length >= LARGE_APPEND_BYTES) {
      result.push(operation);
      return;
    }
    const { name } = operation;
    parts.push(operation.bytes);
    const next = operations[index + 1];
    const goesOn =
      next?.kind === 'append' && next.name === name && next.bytes.length < LARGE_APPEND_BYTES;
    if (!goesOn) {
      result.push({ kind: 'append', name, bytes: concatenated(parts) });
      parts = [];
    }
  });
  return result;
}

function concatenated(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) {
    return parts[0] as Uint8Array<ArrayBuffer>;
  }
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
