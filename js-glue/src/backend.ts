import type { LogStatus } from './api.js';
import type { StoreUsage } from './store.js';

/** A query on its way to where it runs. */
export interface Query {
  /** Which statement of a script, the text, the parameters: what `Session.run` of the Java half reads. */
  readonly request: Uint8Array<ArrayBuffer>;
  /** Of which transaction it is a part; 0 for one of its own. */
  readonly transaction: number;
  readonly profiled: boolean;
  /** Whether the rows behind the first piece, of one batch, are asked for with {@link Backend.next}. */
  readonly streamed: boolean;
  /** How long it may run; 0 for as long as it takes. */
  readonly timeoutMillis: number;
  readonly signal?: AbortSignal | undefined;
}

/** Takes what a query gives. */
export interface Sink {
  /**
   * A piece as `ResultPieces` of the Java half writes it; one with a header again when the query had to
   * be run again. The bytes are not copied: they are valid until this returns.
   */
  piece(bytes: Uint8Array): void;
}

/** What can be asked of a text without running it. */
export type Question = 'explain' | 'footprint' | 'check' | 'complete' | 'countStatements';

/** A snapshot as it leaves or enters, with what the Java half says of it. */
export interface SnapshotBytes {
  readonly header: Uint8Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How a database and its storage stand. */
export interface BackendStatus {
  /** Null for a database in memory. */
  readonly log: LogStatus | null;
  readonly usage: StoreUsage | null;
}

/**
 * Where queries run: an instance of the module in this thread, or behind a port in a worker or
 * another tab. Requests and answers are bytes, so that they cross without being copied in depth.
 *
 * What an answer tells is as durable as the database promises. Every failure is a `WeftError`.
 */
export interface Backend {
  /** Why nothing can be done any more, or null. */
  readonly death: Error | null;

  /**
   * Runs a query: to its end or, when it is streamed, to its first piece. Resolves with the number of
   * the result whose rows go on, or 0.
   */
  run(query: Query, sink: Sink): Promise<number>;

  /** The next piece of a result; false with its last, and the result is closed then. */
  next(result: number, sink: Sink, signal?: AbortSignal): Promise<boolean>;

  /** Gives up a result; one that is not there is no error. */
  closeResult(result: number): Promise<void>;

  ask(question: Question, request: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;

  /** Begins a transaction, when it writes after those that write now, and gives its number. */
  begin(writes: boolean, signal?: AbortSignal): Promise<number>;

  /** Commits or rolls back. */
  end(transaction: number, commits: boolean): Promise<void>;

  savepoint(transaction: number): Promise<number>;

  rollbackTo(transaction: number, savepoint: number): Promise<void>;

  /** The graph as a snapshot or, with all that makes it a database, as an archive. */
  save(as: 'snapshot' | 'archive'): Promise<SnapshotBytes>;

  /** Gives the header of what was loaded. */
  load(bytes: Uint8Array): Promise<Uint8Array>;

  /** Makes everything durable. */
  flush(): Promise<void>;

  /** Makes a checkpoint and gives the header of its snapshot. */
  checkpoint(): Promise<Uint8Array>;

  stats(): Promise<Uint8Array>;

  /**
   * Tells a watcher of commits, as `ChangeRecord` of the Java half writes them, until what this gives
   * is called. What is asked of the backend from now on comes behind it. When commits may have been
   * missed, because the queries run somewhere else from now on, it tells `EVERYTHING_CHANGED`.
   */
  watch(watcher: (change: Uint8Array) => void): () => void;

  status(): Promise<BackendStatus>;

  /** Ends what runs and waits until all is durable. Calling it again is harmless. */
  close(): Promise<void>;
}
