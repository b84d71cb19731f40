import type { Change, Database, ExecuteOptions, Parameters, QueryResult } from './api.js';
import { Differences, type LiveChanges, type RowKey } from './live/differences.js';
import type { Row } from './values.js';

export type {
  ChangedRow,
  LiveChanges,
  MovedRow,
  PlacedRow,
  RowKey,
} from './live/differences.js';

/** What a live query needs of a database. */
export type LiveDatabase = Pick<Database, 'execute' | 'footprint' | 'onChange' | 'closed'>;

/** How a live query is run, and who is told of what. */
export interface LiveOptions<R = Row> extends ExecuteOptions {
  /** Is given the first result, and each that is another than the one before. */
  readonly onResult?: ((result: QueryResult<R>) => void) | undefined;
  /**
   * Is given what is different from the result before; the first time, all rows are added. It is
   * called after `onResult`.
   */
  readonly onChanges?: ((changes: LiveChanges<R>) => void) | undefined;
  /**
   * Is given why the query could not be run again. It goes on: the next commit that concerns it runs
   * it again, and `onResult` is then told also of the same result. Without this, the error is thrown where nobody catches it, as the host reports such.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
  /**
   * What makes a row the same row as before: a column, several columns, or what a function gives for
   * a row. Of nodes and relationships in it their numbers count. By default all of a row, so that a
   * row with another value is one that was removed and one that was added.
   */
  readonly key?: RowKey<R> | undefined;
  /** The least time between two beginnings of the query, in milliseconds; by default 0. */
  readonly throttleMillis?: number | undefined;
  /** Ends it, as {@link LiveQuery.unsubscribe} does. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A query that is run again when a commit may have changed its result, whoever made it.
 *
 * As an async iterable it gives the newest result, and each later one; of those that come while
 * nobody asks, only the last. It ends with `unsubscribe`.
 */
export interface LiveQuery<R = Row> extends AsyncIterable<QueryResult<R>>, Disposable {
  /** The newest result. Rows that were there before are the same objects as before. */
  readonly result: QueryResult<R>;
  /** Runs the query again, whether or not something has changed, and gives the newest result. */
  refresh(): Promise<QueryResult<R>>;
  /** Ends it. Nobody is told anything any more; calling it again is harmless. */
  unsubscribe(): void;
}

/**
 * Runs a query that reads and keeps its result up to date.
 *
 * The query is run again after a commit, in this tab or another one, that touched labels, types or
 * properties that it reads. It runs once at a time: commits that come meanwhile, or in one turn of
 * the event loop, make it run once more, and the last result is always that of the last commit.
 * What rows are is compared, so that who is told of a result is told of another one.
 *
 * It is not run again because time has passed, a random number would be another, or a table of
 * `LOAD CSV` has changed: that is for `refresh`.
 *
 * @param listener is given each result, or the options with those who are told
 * @returns when the first result is there
 * @throws WeftError `WRITE_IN_READ_TRANSACTION` when the query changes something, or any error of it
 */
export async function live<R = Row>(
  database: LiveDatabase,
  query: string,
  parameters: Parameters = {},
  listener: ((result: QueryResult<R>) => void) | LiveOptions<R> = {},
): Promise<LiveQuery<R>> {
  const options = typeof listener === 'function' ? { onResult: listener } : listener;
  const running = new RunningQuery<R>(database, query, parameters, options);
  await running.begin();
  return running;
}

interface Waiter<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

class RunningQuery<R> implements LiveQuery<R> {
  readonly #database: LiveDatabase;
  readonly #query: string;
  readonly #parameters: Parameters;
  readonly #options: LiveOptions<R>;
  readonly #ending = new AbortController();
  readonly #forget: () => void;
  readonly #abort = (): void => this.unsubscribe();

  /** What the query reads; null as long as it is not known. */
  #footprint: ReadonlySet<string> | null = null;

  #isRunning = false;
  /** Whether something was committed, or somebody asked, since the query was begun. */
  #isStale = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastStart = -Infinity;

  #result: QueryResult<R> | null = null;
  #differences: Differences<R> | null = null;
  /** Whether an error was told after the last result. */
  #hasFailed = false;
  /** How many results there were. */
  #version = 0;

  /** Those who want a result that is begun after they asked. */
  #refreshers: Waiter<QueryResult<R>>[] = [];
  /** Those who iterate and have seen the newest result. */
  #iterators: (() => void)[] = [];

  constructor(
    database: LiveDatabase,
    query: string,
    parameters: Parameters,
    options: LiveOptions<R>,
  ) {
    this.#database = database;
    this.#query = query;
    this.#parameters = parameters;
    this.#options = options;
    options.signal?.throwIfAborted();
    options.signal?.addEventListener('abort', this.#abort, { once: true });
    // Before the query, so that no commit comes between.
    this.#forget = database.onChange((change) => this.#heard(change));
  }

  get result(): QueryResult<R> {
    return this.#result as QueryResult<R>;
  }

  async begin(): Promise<void> {
    try {
      this.#footprint = new Set(await this.#database.footprint(this.#query));
      this.#isRunning = true;
      const result = await this.#execute();
      this.#ending.signal.throwIfAborted();
      this.#differences = new Differences<R>(result.columns, this.#options.key);
      this.#take(result);
    } catch (error) {
      this.unsubscribe();
      throw this.#options.signal?.aborted === true ? this.#options.signal.reason : error;
    } finally {
      this.#isRunning = false;
    }
    if (this.#isStale) {
      this.#schedule();
    }
  }

  #heard(change: Change): void {
    // Before the footprint is known nothing was read.
    if (this.#footprint !== null && concerns(change, this.#footprint)) {
      this.#isStale = true;
      this.#schedule();
    }
  }

  /** In a turn of the event loop of its own, so that many commits in one make it run once. */
  #schedule(): void {
    if (this.#isRunning || this.#timer !== null || this.#ending.signal.aborted) {
      return;
    }
    const pause = this.#lastStart + (this.#options.throttleMillis ?? 0) - performance.now();
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, pause));
  }

  async #run(): Promise<void> {
    this.#timer = null;
    const refreshers = this.#refreshers;
    this.#refreshers = [];
    this.#isRunning = true;
    try {
      this.#take(await this.#execute());
      refreshers.forEach(({ resolve }) => resolve(this.result));
    } catch (error) {
      if (refreshers.length > 0) {
        refreshers.forEach(({ reject }) => reject(error));
      } else {
        this.#fail(error);
      }
    } finally {
      this.#isRunning = false;
    }
    if (this.#database.closed) {
      this.unsubscribe();
    } else if (this.#isStale) {
      this.#schedule();
    }
  }

  #execute(): Promise<QueryResult<R>> {
    this.#isStale = false;
    this.#lastStart = performance.now();
    const { integers, rows, timeoutMillis } = this.#options;
    const signal = this.#ending.signal;
    const options = { integers, rows, timeoutMillis, signal };
    return this.#database.execute<R>(this.#query, this.#parameters, options);
  }

  #take(result: QueryResult<R>): void {
    if (this.#ending.signal.aborted) {
      return;
    }
    const differences = this.#differences as Differences<R>;
    const changes =
      this.#result === null
        ? differences.first(result.rows)
        : differences.between(this.#result.rows, result.rows);
    if (changes === null && !this.#hasFailed) {
      return;
    }
    this.#hasFailed = false;
    const { rows } = changes ?? this.result;
    const newest = { ...result, rows: [...rows] };
    this.#result = newest;
    this.#version++;
    told(() => this.#options.onResult?.(newest));
    if (changes !== null) {
      told(() => this.#options.onChanges?.({ ...changes, rows: newest.rows }));
    }
    this.#wakeIterators();
  }

  #fail(error: unknown): void {
    if (this.#ending.signal.aborted) {
      return;
    }
    this.#hasFailed = true;
    const { onError } = this.#options;
    if (onError === undefined) {
      uncaught(error);
    } else {
      told(() => onError(error));
    }
  }

  refresh(): Promise<QueryResult<R>> {
    if (this.#ending.signal.aborted) {
      return Promise.resolve(this.result);
    }
    return new Promise((resolve, reject) => {
      this.#refreshers.push({ resolve, reject });
      this.#isStale = true;
      this.#schedule();
    });
  }

  unsubscribe(): void {
    if (this.#ending.signal.aborted) {
      return;
    }
    this.#forget();
    this.#options.signal?.removeEventListener('abort', this.#abort);
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    this.#ending.abort();
    const refreshers = this.#refreshers;
    this.#refreshers = [];
    refreshers.forEach(({ resolve }) => resolve(this.result));
    this.#wakeIterators();
  }

  [Symbol.dispose](): void {
    this.unsubscribe();
  }

  #wakeIterators(): void {
    const iterators = this.#iterators;
    this.#iterators = [];
    iterators.forEach((wake) => wake());
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<QueryResult<R>, void, undefined> {
    let seen = 0;
    while (!this.#ending.signal.aborted) {
      if (seen === this.#version) {
        await new Promise<void>((resolve) => this.#iterators.push(resolve));
      } else {
        seen = this.#version;
        yield this.result;
      }
    }
  }
}

/** Whether a commit may have changed what a query of a footprint gives. */
function concerns(change: Change, footprint: ReadonlySet<string>): boolean {
  return change.touched === null
    ? footprint.size > 0
    : change.touched.some((facet) => footprint.has(facet));
}

/** What a listener throws concerns nobody else. */
function told(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    uncaught(error);
  }
}

function uncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
