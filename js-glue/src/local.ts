import type { LoadCsv, LogStatus } from './api.js';
import type {
  Backend,
  BackendStatus,
  Query,
  Question,
  Sink,
  SnapshotBytes,
} from './backend.js';
import { CsvTables } from './boundary/csv.js';
import type { Extensions } from './boundary/extensions.js';
import { Instance } from './boundary/instance.js';
import type { Reader } from './boundary/reader.js';
import { Watch } from './boundary/watch.js';
import { Writer } from './boundary/writer.js';
import { cancelled, failure, WeftError } from './errors.js';
import { Persistence } from './persistence.js';
import type { Store, StoredFile } from './store.js';

const PROFILED = 1;
const STREAMED = 2;

const DONE = Promise.resolve();

/** Timers of more milliseconds come at once. */
const MOST_TIMER_MILLIS = 0x7fff_ffff;

/** Under `relaxed`, how long a commit may wait for being made durable. */
const RELAXED_SYNC_MILLIS = 200;

/** Of every database that is given no `loadCsv`. */
const NO_TABLES = new CsvTables(undefined);

/** With what an instance is opened. */
export interface LocalOptions {
  readonly seed: bigint;
  readonly memoryBytes: number;
  readonly now: () => number;
  readonly loadCsv: LoadCsv | undefined;
  readonly extensions: Extensions;
  readonly readers: typeof Reader;
  /** Where it is kept; undefined in memory. */
  readonly store: Store | undefined;
  readonly relaxed: boolean;
  /** Bytes of log after which a checkpoint is made by itself; 0 for never. */
  readonly checkpointBytes: number;
  /** How long a write waits for transactions before it. */
  readonly writeTurnMillis: number;
}

/**
 * A database over an instance of the module in this thread. One call at a time runs in it; others
 * wait in the order in which they came.
 */
export class LocalBackend implements Backend {
  readonly #instance: Instance;
  readonly #options: LocalOptions;
  readonly #persistence: Persistence | null;

  /** Those who wait for the call that runs; null when none runs. */
  #waiting: (() => void)[] | null = null;

  /** The transaction that writes, with those who wait for its end. */
  #writer: { readonly id: number; readonly ended: Promise<void>; end: () => void } | null = null;

  /** Those who wait for something else than the turn, to be told when the database is closed. */
  readonly #outside = new Set<(reason: WeftError) => void>();

  /** The tables of streams whose rows go on. */
  readonly #tables = new Map<number, CsvTables>();

  /** Of the query that ran last. */
  #watch: Watch | null = null;

  /** Those who want to know of commits. */
  readonly #watchers = new Set<(change: Uint8Array) => void>();

  #syncTimer: ReturnType<typeof setTimeout> | null = null;
  #checkpointIsPlanned = false;
  #closing: Promise<void> | null = null;

  private constructor(instance: Instance, options: LocalOptions, persistence: Persistence | null) {
    this.#instance = instance;
    this.#options = options;
    this.#persistence = persistence;
  }

  /** Starts an instance, in memory or with what is in the store. */
  static async open(module: WebAssembly.Module, options: LocalOptions): Promise<LocalBackend> {
    const files = await options.store?.open();
    try {
      const instance = await Instance.start(module, options.readers, options.extensions);
      openInstance(instance, options, files);
      const persistence = options.store === undefined ? null : new Persistence(options.store);
      if (persistence !== null) {
        persistence.collect(instance);
        await persistence.settled();
      }
      return new LocalBackend(instance, options, persistence);
    } catch (error) {
      await options.store?.close();
      throw error;
    }
  }

  get death(): WeftError | null {
    return this.#instance.death ?? this.#persistence?.failure ?? null;
  }

  async run(query: Query, sink: Sink): Promise<number> {
    const { loadCsv } = this.#options;
    const tables = loadCsv === undefined ? NO_TABLES : new CsvTables(loadCsv);
    const deadline = performance.now() + this.#options.writeTurnMillis;
    for (;;) {
      try {
        return await this.#exclusive(query.signal, () => this.#run(query, sink, tables));
      } catch (error) {
        if (tables.isAwaiting(error)) {
          await this.#unlessStopped(tables.arrive(), query.signal);
        } else if (!(await this.#hasWaitedForWriter(error, query, deadline))) {
          throw this.#explained(tables.explained(error), query.signal);
        }
      }
    }
  }

  async #run(query: Query, sink: Sink, tables: CsvTables): Promise<number> {
    const instance = this.#instance;
    const watch = this.#watched(query.signal);
    instance.fill(query.request);
    instance.use(tables);
    const length = await instance.callLong(
      'run',
      watch,
      query.request.length,
      this.#nowMillis(),
      query.timeoutMillis,
      query.transaction,
      (query.profiled ? PROFILED : 0) | (query.streamed ? STREAMED : 0),
    );
    let result = this.#give(length, sink);
    while (result !== 0 && !query.streamed) {
      result = await this.#fetch(result, sink, watch);
    }
    if (result !== 0 && tables !== NO_TABLES) {
      this.#tables.set(result, tables);
    }
    return result;
  }

  /** Gives the piece that a call has answered; answers the number of its result, 0 after the last. */
  #give(length: number, sink: Sink): number {
    const piece = this.#instance.window(length);
    // At its front; read without a view of its own, since this is done for every query.
    const [low = 0, second = 0, third = 0, high = 0] = piece;
    const result = low | (second << 8) | (third << 16) | (high << 24);
    try {
      sink.piece(piece);
    } catch (error) {
      this.#giveUp(result);
      throw error;
    }
    return result;
  }

  /** Frees a result that failed, if there is one. */
  #giveUp(result: number): void {
    this.#tables.delete(result);
    if (result !== 0 && !this.#instance.dead) {
      this.#instance.call('closeCursor', result);
    }
  }

  #watched(signal: AbortSignal | undefined): Watch {
    this.#watch = new Watch(signal);
    if (this.#closing !== null) {
      this.#watch.stop();
    }
    return this.#watch;
  }

  /** A query that was stopped says why: its caller wanted it, or the database was closed. */
  #explained(error: unknown, signal: AbortSignal | undefined): unknown {
    if (!(error instanceof WeftError) || error.code !== 'CANCELLED') {
      return error;
    }
    if (isAborted(signal)) {
      return error.cause === undefined ? cancelled(signal, error) : error;
    }
    return this.#closing === null
      ? error
      : failure('CLOSED', 'the database was closed while the query ran', error);
  }

  async #fetch(result: number, sink: Sink, watch: Watch): Promise<number> {
    if (!watch.suspendable && watch.isOver) {
      // Where a query cannot be suspended, it pauses at least between its pieces. Whether it is to stop
      // is the module's to ask: what has committed is not cancelled any more.
      await watch.pause();
    }
    return this.#give(await this.#instance.callLong('nextPiece', watch, result), sink);
  }

  async next(result: number, sink: Sink, signal?: AbortSignal): Promise<boolean> {
    const tables = this.#tables.get(result) ?? NO_TABLES;
    try {
      return await this.#exclusive(signal, async () => {
        this.#instance.use(tables);
        const isOpen = (await this.#fetch(result, sink, this.#watched(signal))) !== 0;
        if (!isOpen) {
          this.#tables.delete(result);
        }
        return isOpen;
      });
    } catch (error) {
      // In a turn of its own, for which nobody waits; when there is none, nothing is left to free.
      this.closeResult(result).catch(() => undefined);
      throw this.#explained(tables.explained(error), signal);
    }
  }

  async closeResult(result: number): Promise<void> {
    this.#tables.delete(result);
    if (!this.#instance.dead) {
      await this.#exclusive(undefined, () => this.#instance.call('closeCursor', result));
    }
  }

  /**
   * After a failure of a query outside of transactions: whether it only failed because a transaction
   * writes, whose end has now come.
   */
  async #hasWaitedForWriter(error: unknown, query: Query, deadline: number): Promise<boolean> {
    const isTurn = error instanceof WeftError && error.code === 'WRITE_TURN_TIMED_OUT';
    const isLate = this.#writer === null && performance.now() >= deadline;
    if (!isTurn || isLate || query.transaction !== 0) {
      return false;
    }
    await this.#writerEnds(query.signal, deadline);
    return true;
  }

  /** Waits for the transaction that writes to end. */
  async #writerEnds(signal: AbortSignal | undefined, deadline: number): Promise<void> {
    const writer = this.#writer;
    if (writer === null) {
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refused = new Promise<void>((_, reject) => {
      const late = failure(
        'WRITE_TURN_TIMED_OUT',
        `another transaction kept on writing for ${this.#options.writeTurnMillis} ms; ` +
          'a query inside of db.transaction has to be run by the transaction, not by the database',
      );
      const millis = Math.min(Math.max(0, deadline - performance.now()), MOST_TIMER_MILLIS);
      timer = setTimeout(() => reject(late), millis);
    });
    try {
      await this.#unlessStopped(Promise.race([writer.ended, refused]), signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits outside of the turn, until its caller does not want it any more or the database is closed. */
  async #unlessStopped(awaited: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    if (isAborted(signal)) {
      awaited.catch(() => undefined);
      throw cancelled(signal);
    }
    let giveUp: () => void = () => undefined;
    let end: (reason: WeftError) => void = () => undefined;
    const stopped = new Promise<void>((_, reject) => {
      end = reject;
      giveUp = () => reject(cancelled(signal));
    });
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#outside.add(end);
    try {
      await Promise.race([awaited, stopped]);
    } finally {
      signal?.removeEventListener('abort', giveUp);
      this.#outside.delete(end);
    }
  }

  ask(question: Question, request: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    return this.#exclusive(undefined, () => {
      this.#instance.fill(request);
      const answer = this.#instance.call(question, request.length);
      return question === 'countStatements' ? encodedCount(answer) : this.#copy(answer);
    });
  }

  async begin(writes: boolean, signal?: AbortSignal): Promise<number> {
    const deadline = performance.now() + this.#options.writeTurnMillis;
    for (;;) {
      if (writes && this.#writer !== null) {
        await this.#writerEnds(signal, deadline);
        continue;
      }
      const begun = await this.#exclusive(signal, () => {
        if (writes && this.#writer !== null) {
          return 0;
        }
        const id = this.#instance.call('beginTransaction', writes ? 1 : 0, this.#nowMillis());
        if (writes) {
          let end: () => void = () => undefined;
          const ended = new Promise<void>((resolve) => (end = resolve));
          this.#writer = { id, ended, end };
        }
        return id;
      });
      if (begun !== 0) {
        return begun;
      }
    }
  }

  async end(transaction: number, commits: boolean): Promise<void> {
    await this.#exclusive(undefined, () => {
      try {
        this.#instance.call('endTransaction', transaction, commits ? 1 : 0);
      } finally {
        if (this.#writer?.id === transaction) {
          this.#writer.end();
          this.#writer = null;
        }
      }
    });
  }

  savepoint(transaction: number): Promise<number> {
    return this.#exclusive(undefined, () => this.#instance.call('savepoint', transaction));
  }

  async rollbackTo(transaction: number, savepoint: number): Promise<void> {
    await this.#exclusive(undefined, () =>
      this.#instance.call('rollbackTo', transaction, savepoint),
    );
  }

  save(as: 'snapshot' | 'archive'): Promise<SnapshotBytes> {
    return this.#exclusive(undefined, () => {
      const length = this.#instance.call(as === 'snapshot' ? 'saveSnapshot' : 'exportArchive');
      const header = this.#copy(length);
      const reader = this.#instance.reader(length);
      skipSnapshotInfo(reader);
      return { header, bytes: this.#instance.carryOut(reader.readCount()) };
    });
  }

  async load(bytes: Uint8Array): Promise<Uint8Array> {
    const deadline = performance.now() + this.#options.writeTurnMillis;
    for (;;) {
      await this.#writerEnds(undefined, deadline);
      const header = await this.#exclusive(undefined, () => {
        if (this.#writer !== null) {
          return null;
        }
        this.#instance.carryIn(bytes);
        return this.#copy(this.#instance.call('loadSnapshot', this.#nowMillis()));
      });
      if (header !== null) {
        return header;
      }
    }
  }

  async flush(): Promise<void> {
    if (this.#persistence !== null) {
      await this.#exclusive(undefined, () => this.#instance.call('sync'));
      await this.#persistence.settled();
    } else {
      this.#checkUsable();
    }
  }

  checkpoint(): Promise<Uint8Array> {
    return this.#exclusive(undefined, () =>
      this.#copy(this.#instance.call('checkpoint', this.#nowMillis())),
    );
  }

  stats(): Promise<Uint8Array> {
    return this.#exclusive(undefined, () =>
      this.#copy(this.#instance.call('stats', this.#instance.linearMemoryBytes)),
    );
  }

  watch(watcher: (change: Uint8Array) => void): () => void {
    // Of its own, so that the same watcher can watch twice.
    const one = (change: Uint8Array): void => watcher(change);
    this.#watchers.add(one);
    this.#watchOrNot();
    return () => {
      this.#watchers.delete(one);
      this.#watchOrNot();
    };
  }

  #watchOrNot(): void {
    const watch = (): number => this.#instance.call('watchChanges', this.#watchers.size > 0 ? 1 : 0);
    // A failure is told to whoever calls next.
    this.#exclusive(undefined, watch).catch(() => undefined);
  }

  /**
   * Tells of commits when they are as durable as their callers are told; each watcher in a turn of its
   * own, so that none is in another's way or in that of the call.
   */
  #tellChanges(): void {
    if (this.#watchers.size === 0 || this.#instance.dead) {
      return;
    }
    const length = this.#instance.call('takeChanges');
    if (length === 0) {
      return;
    }
    const change = this.#copy(length);
    const watchers = [...this.#watchers];
    const tell = (): void => {
      const present = watchers.filter((watcher) => this.#watchers.has(watcher));
      present.forEach((watcher) => queueMicrotask(() => watcher(change)));
    };
    // Of a commit that is lost nobody is told; a failure is told to whoever calls next.
    this.#durable().then(tell, () => undefined);
  }

  async status(): Promise<BackendStatus> {
    const persistence = this.#persistence;
    if (persistence === null) {
      this.#checkUsable();
      return { log: null, usage: null };
    }
    const log = await this.#exclusive(undefined, () =>
      readLogStatus(this.#instance.reader(this.#instance.call('logStatus'))),
    );
    return { log, usage: await persistence.usage() };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearTimeout(this.#syncTimer ?? undefined);
    const closed = failure('CLOSED', 'the database is closed');
    this.#watch?.stop();
    this.#outside.forEach((end) => end(closed));
    if (this.#persistence === null) {
      this.#instance.drop(closed);
      this.#writer?.end();
      return;
    }
    try {
      if (this.death === null) {
        await this.#exclusive(undefined, () => {
          this.#instance.call('close');
          this.#persistence?.collect(this.#instance);
          this.#instance.drop(closed);
        });
        await this.#persistence.settled();
      }
    } finally {
      this.#instance.drop(closed);
      this.#writer?.end();
      await this.#persistence.close();
    }
  }

  /**
   * Ends it at once, in this turn of the event loop: nothing is written from here any more, and its
   * files are free for somebody else. What is under way was made or not.
   */
  abandon(): void {
    const lost = failure(
      'CONNECTION_LOST',
      'the database was given up at once; a write under way may have been made or not',
    );
    clearTimeout(this.#syncTimer ?? undefined);
    this.#watch?.stop();
    this.#outside.forEach((end) => end(lost));
    this.#instance.drop(lost);
    this.#writer?.end();
    this.#persistence?.abandon(lost);
  }

  #checkUsable(): void {
    const death = this.death;
    if (death !== null) {
      throw death;
    }
  }

  /** Does something in the instance while nobody else does; resolves when what it tells is durable. */
  async #exclusive<T>(
    signal: AbortSignal | undefined,
    work: () => T | Promise<T>,
  ): Promise<T> {
    if (isAborted(signal)) {
      throw cancelled(signal);
    }
    this.#checkUsable();
    if (this.#waiting !== null) {
      await this.#turn(this.#waiting, signal);
    } else {
      this.#waiting = [];
    }
    let result: T;
    try {
      this.#checkUsable();
      result = await work();
    } catch (error) {
      this.#afterCall();
      // An error tells of what was committed too, such as that a value is taken.
      if (!isAborted(signal)) {
        await this.#durable();
      }
      throw error;
    }
    this.#afterCall();
    await this.#durable();
    return result;
  }

  /** Takes what a call has left to do, also one that failed, and lets the next one begin. */
  #afterCall(): void {
    try {
      this.#collect();
      this.#tellChanges();
    } catch (error) {
      // Operations of the storage may be missing: whatever comes after them must not be written.
      const reason = 'the database failed and is unusable; open it again with createDatabase';
      this.#instance.drop(failure('INSTANCE_FAILED', reason, error));
      throw error;
    } finally {
      this.#passTurn();
    }
  }

  /** Resolves when what was done so far is as durable as it has to be before anybody is told of it. */
  #durable(): Promise<void> {
    const persistence = this.#persistence;
    return persistence !== null && (!this.#options.relaxed || persistence.isBehind)
      ? persistence.settled()
      : DONE;
  }

  #turn(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(cancelled(signal));
      };
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(go);
    });
  }

  #passTurn(): void {
    const next = this.#waiting?.shift();
    if (next === undefined) {
      this.#waiting = null;
    } else {
      next();
    }
  }

  /** Hands what the storage has to do to the store. */
  #collect(): void {
    const persistence = this.#persistence;
    if (persistence === null || this.#instance.dead || !persistence.collect(this.#instance)) {
      return;
    }
    if (this.#options.relaxed && this.#syncTimer === null) {
      this.#syncTimer = setTimeout(() => this.#syncSoon(), RELAXED_SYNC_MILLIS);
      unref(this.#syncTimer);
    }
    if (!this.#checkpointIsPlanned && this.#instance.call('checkpointIsDue') !== 0) {
      this.#checkpointIsPlanned = true;
      // After the call that made it due, and before the next: a timer may never come between calls.
      queueMicrotask(() => this.#checkpointSoon());
    }
  }

  #syncSoon(): void {
    this.#syncTimer = null;
    if (this.death === null) {
      // A failure is told to whoever calls next.
      this.#exclusive(undefined, () => this.#instance.call('sync')).catch(() => undefined);
    }
  }

  #checkpointSoon(): void {
    this.#checkpointIsPlanned = false;
    if (this.death === null) {
      // The status tells of a failure; it is tried again later.
      this.checkpoint().catch(() => undefined);
    }
  }

  #copy(length: number): Uint8Array<ArrayBuffer> {
    return this.#instance.window(length).slice();
  }

  #nowMillis(): number {
    const now = this.#options.now();
    if (!Number.isSafeInteger(Math.floor(now))) {
      throw failure('INVALID_ARGUMENT', `the clock says ${now}, which is no time in milliseconds`);
    }
    return Math.floor(now);
  }
}

function openInstance(
  instance: Instance,
  options: LocalOptions,
  files: readonly StoredFile[] | undefined,
): void {
  for (const { name, bytes } of files ?? []) {
    instance.carryIn(bytes);
    const request = new Writer();
    request.writeString(name);
    instance.fill(request.bytes());
    instance.call('giveFile', request.bytes().length);
  }
  const settings = new Writer();
  settings.writeLong(options.seed);
  settings.writeCount(options.memoryBytes);
  settings.writeCount(options.relaxed ? 1 : 0);
  settings.writeCount(options.checkpointBytes);
  options.extensions.writeSignatures(settings);
  instance.fill(settings.bytes());
  instance.call('open', settings.bytes().length, files === undefined ? 0 : 1);
}

function skipSnapshotInfo(reader: Reader): void {
  reader.readCount();
  reader.readCount();
  reader.readCount();
  reader.readInteger();
}

function readLogStatus(reader: Reader): LogStatus {
  return {
    nextLsn: reader.readInteger(),
    oldestLsn: reader.readInteger(),
    segments: reader.readCount(),
    bytes: reader.readCount(),
    checkpointLsn: reader.readInteger(),
    checkpointMillis: Number(reader.readInteger()),
    bytesSinceCheckpoint: reader.readCount(),
    checkpointFailure: reader.readString() || null,
  };
}

function encodedCount(count: number): Uint8Array {
  const writer = new Writer();
  writer.writeCount(count);
  return writer.bytes();
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Keeps a timer from keeping a program alive, where programs end. */
function unref(timer: ReturnType<typeof setTimeout>): void {
  (timer as { unref?: () => void }).unref?.();
}
