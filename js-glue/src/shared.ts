import type { Backend, BackendStatus, Query, Question, Sink, SnapshotBytes } from './backend.js';
import { EVERYTHING_CHANGED } from './boundary/changes.js';
import { failure, WeftError } from './errors.js';
import { isFatal, type Session, Tabs, type TabsOptions } from './tabs.js';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * How often a call is made again that was lost with the tab that ran the database. A query that makes a
 * tab crash must not go through all of them.
 */
const MOST_REPEATS = 3;

/** Under these codes a transaction that only reads refuses a query before it does anything. */
const REFUSED_WRITES = ['WRITE_IN_READ_TRANSACTION', 'NESTED_TRANSACTIONS'];

/** A transaction or result, under a number of this tab, where it is open. */
interface Place {
  readonly session: Session;
  readonly id: number;
  /** Of a result: the transaction that was begun for it alone; 0 for none. */
  readonly transaction: number;
}

/** What an error says of the call that it ends. */
type Fate = 'failed' | 'refused' | 'lost';

/**
 * A database that several tabs share: calls go to the tab that leads, see `tabs.ts`. When another takes
 * over, what is open is decided by these rules:
 *
 * - a call that was answered with `CLOSED` has done nothing, and is made again;
 * - a call that changes nothing is made again. Whether a query is one is for the engine to say: it is run
 *   again in a transaction that only reads, which refuses every other query before it does anything;
 * - every other call may have been done or not, and fails with `CONNECTION_LOST`, as do transactions and
 *   streams that are open.
 */
export class SharedBackend implements Backend {
  readonly #tabs: Tabs;
  readonly #watchers = new Set<(change: Uint8Array) => void>();
  #session: Session | null = null;
  /** Ends the watching of the backend of the session; null when nobody watches. */
  #unwatch: (() => void) | null = null;
  readonly #relaxed: boolean;
  readonly #stopWatching: () => void;
  readonly #transactions = new Map<number, Place>();
  readonly #results = new Map<number, Place>();
  #lastNumber = 0;

  /** Where something was told of that may not be durable yet; null for nowhere. */
  #unflushed: Session | null = null;
  #closing: Promise<void> | null = null;

  private constructor(options: TabsOptions) {
    this.#tabs = new Tabs(options, (session) => this.#enter(session));
    this.#relaxed = options.relaxed;
    this.#stopWatching = watchPage(this.#tabs, () => {
      // Whether that succeeds is told to who flushes next.
      const session = this.#unflushed;
      if (session !== null) {
        this.#tabs.use(session, (backend) => backend.flush()).catch(() => undefined);
      }
    });
  }

  /** Resolves when the database is open here, or in another tab that answers. */
  static async open(options: TabsOptions, signal?: AbortSignal): Promise<SharedBackend> {
    const backend = new SharedBackend(options);
    try {
      await backend.#tabs.enter();
      await backend.#tabs.session(signal);
      return backend;
    } catch (error) {
      await backend.close();
      throw error;
    }
  }

  get death(): WeftError | null {
    return this.#tabs.end;
  }

  #enter(session: Session): void {
    this.#unwatch?.();
    this.#unwatch = null;
    this.#session = session;
    if (this.#watchers.size > 0) {
      this.#watchSession(session);
      // What was committed meanwhile, nobody here was told.
      this.#tellWatchers(EVERYTHING_CHANGED);
    }
  }

  #watchSession(session: Session): void {
    const { backend } = session;
    this.#unwatch = backend.watch((change) => {
      if (!this.#mustWait(session)) {
        this.#tellWatchers(change);
        return;
      }
      // When that fails, the session is over, and of the next one everybody is told.
      this.#tabs.use(session, () => backend.flush()).then(
        () => this.#session === session && this.#tellWatchers(change),
        () => undefined,
      );
    });
  }

  /** Whether a session tells of what is not as durable yet as this tab wants. */
  #mustWait({ relaxed }: Session): boolean {
    return relaxed && !this.#relaxed;
  }

  #tellWatchers(change: Uint8Array): void {
    for (const watcher of [...this.#watchers]) {
      watcher(change);
    }
  }

  watch(watcher: (change: Uint8Array) => void): () => void {
    // Not what was given, which may be watching already.
    const own = (change: Uint8Array): void => watcher(change);
    this.#watchers.add(own);
    if (this.#unwatch === null && this.#session?.isOver === false) {
      this.#watchSession(this.#session);
    }
    return () => {
      this.#watchers.delete(own);
      if (this.#watchers.size === 0) {
        this.#unwatch?.();
        this.#unwatch = null;
      }
    };
  }

  async run(query: Query, sink: Sink): Promise<number> {
    if (query.transaction !== 0) {
      const place = this.#transactions.get(query.transaction);
      const [result, session] = await this.#inPlace(place, 'transaction', query.signal, (backend, id) =>
        backend.run({ ...query, transaction: id }, sink),
      );
      return this.#numbered(result, session);
    }
    for (let repeats = 0; ; ) {
      const session = await this.#tabs.session(query.signal);
      const isAgain = repeats > 0;
      try {
        return isAgain
          ? await this.#readAgain(session, query, sink)
          : this.#numbered(await this.#tell(session, (backend) => backend.run(query, sink)), session);
      } catch (error) {
        const fate = this.#fate(error, session, query.signal);
        if (isAgain && isRefusedWrite(error)) {
          throw uncertain(error);
        } else if (fate === 'failed') {
          throw error;
        } else if (fate === 'lost' && ++repeats > MOST_REPEATS) {
          throw uncertain(error);
        }
      }
    }
  }

  /** Runs a query that was lost in a transaction that only reads. */
  async #readAgain(session: Session, query: Query, sink: Sink): Promise<number> {
    const { signal } = query;
    return this.#tell(session, async (backend) => {
      const transaction = await backend.begin(false, signal);
      let result = 0;
      try {
        result = await backend.run({ ...query, transaction }, sink);
      } finally {
        if (result === 0) {
          await backend.end(transaction, false);
        }
      }
      return this.#numbered(result, session, transaction);
    });
  }

  #numbered(id: number, session: Session, transaction = 0): number {
    if (id === 0) {
      return 0;
    }
    this.#results.set(++this.#lastNumber, { session, id, transaction });
    return this.#lastNumber;
  }

  async next(result: number, sink: Sink, signal?: AbortSignal): Promise<boolean> {
    const place = this.#results.get(result);
    let isOpen = false;
    try {
      [isOpen] = await this.#inPlace(place, 'result', signal, (backend, id) =>
        backend.next(id, sink, signal),
      );
      return isOpen;
    } finally {
      if (!isOpen) {
        this.#results.delete(result);
        await this.#endOwn(place);
      }
    }
  }

  async closeResult(result: number): Promise<void> {
    const place = this.#results.get(result);
    this.#results.delete(result);
    if (place !== undefined) {
      await this.#harmlessly(place, (backend) => backend.closeResult(place.id));
      await this.#endOwn(place);
    }
  }

  /** Ends the transaction of a result that was run again. */
  async #endOwn(place: Place | undefined): Promise<void> {
    if (place !== undefined && place.transaction !== 0) {
      await this.#harmlessly(place, (backend) => backend.end(place.transaction, false));
    }
  }

  /** Does what is done already when the session is over. */
  async #harmlessly({ session }: Place, call: (backend: Backend) => Promise<void>): Promise<void> {
    try {
      await this.#tabs.use(session, call);
    } catch (error) {
      if (this.#fate(error, session, undefined) === 'failed') {
        throw error;
      }
    }
  }

  ask(question: Question, request: Bytes): Promise<Uint8Array> {
    return this.#reading((backend) => backend.ask(question, request));
  }

  async begin(writes: boolean, signal?: AbortSignal): Promise<number> {
    let found: Session | undefined;
    const id = await this.#reading((backend, session) => {
      found = session;
      return backend.begin(writes, signal);
    }, signal);
    this.#transactions.set(++this.#lastNumber, { session: found as Session, id, transaction: 0 });
    return this.#lastNumber;
  }

  async end(transaction: number, commits: boolean): Promise<void> {
    const place = this.#transactions.get(transaction);
    this.#transactions.delete(transaction);
    if (place !== undefined && !commits) {
      await this.#harmlessly(place, (backend) => backend.end(place.id, false));
    } else {
      await this.#inPlace(place, 'transaction', undefined, (backend, id) => backend.end(id, true));
    }
  }

  async savepoint(transaction: number): Promise<number> {
    const place = this.#transactions.get(transaction);
    const [savepoint] = await this.#inPlace(place, 'transaction', undefined, (backend, id) =>
      backend.savepoint(id),
    );
    return savepoint;
  }

  async rollbackTo(transaction: number, savepoint: number): Promise<void> {
    const place = this.#transactions.get(transaction);
    await this.#inPlace(place, 'transaction', undefined, (backend, id) =>
      backend.rollbackTo(id, savepoint),
    );
  }

  save(as: 'snapshot' | 'archive'): Promise<SnapshotBytes> {
    return this.#reading((backend) => backend.save(as));
  }

  load(bytes: Uint8Array): Promise<Uint8Array> {
    return this.#once((backend) => backend.load(bytes));
  }

  async flush(): Promise<void> {
    // What is told of while this is under way is for the next one.
    const told = this.#unflushed;
    this.#unflushed = null;
    for (;;) {
      const session = await this.#tabs.session();
      if (told !== null && told !== session) {
        throw failure(
          'CONNECTION_LOST',
          'the tab that ran the database is gone; the last commits before that may not have become durable',
        );
      }
      try {
        return await this.#tabs.use(session, (backend) => backend.flush());
      } catch (error) {
        const fate = this.#fate(error, session, undefined);
        if (fate !== 'refused') {
          throw fate === 'lost' ? uncertain(error) : error;
        }
      }
    }
  }

  checkpoint(): Promise<Uint8Array> {
    return this.#reading((backend) => backend.checkpoint());
  }

  stats(): Promise<Uint8Array> {
    return this.#reading((backend) => backend.stats());
  }

  status(): Promise<BackendStatus> {
    return this.#reading((backend) => backend.status());
  }

  close(): Promise<void> {
    this.#stopWatching();
    this.#closing ??= this.#tabs.close();
    return this.#closing;
  }

  /** Makes a call that changes nothing, as often as it takes. */
  async #reading<T>(
    call: (backend: Backend, session: Session) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    for (let repeats = 0; ; ) {
      const session = await this.#tabs.session(signal);
      try {
        return await this.#tell(session, (backend) => call(backend, session));
      } catch (error) {
        const fate = this.#fate(error, session, signal);
        if (fate === 'failed' || (fate === 'lost' && ++repeats > MOST_REPEATS)) {
          throw error;
        }
      }
    }
  }

  /** Makes a call that must not be done twice. */
  async #once<T>(call: (backend: Backend) => Promise<T>): Promise<T> {
    for (;;) {
      const session = await this.#tabs.session();
      try {
        return await this.#tell(session, call);
      } catch (error) {
        const fate = this.#fate(error, session, undefined);
        if (fate !== 'refused') {
          throw fate === 'lost' ? uncertain(error) : error;
        }
      }
    }
  }

  /** Makes a call to what is open in one session. */
  async #inPlace<T>(
    place: Place | undefined,
    what: 'transaction' | 'result',
    signal: AbortSignal | undefined,
    call: (backend: Backend, id: number) => Promise<T>,
  ): Promise<[T, Session]> {
    if (place === undefined) {
      throw this.death ?? failure('INVALID_USE', `the ${what} is not open`);
    }
    const { session, id } = place;
    try {
      return [await this.#tell(session, (backend) => call(backend, id)), session];
    } catch (error) {
      throw this.#fate(error, session, signal) === 'failed' ? error : uncertain(error);
    }
  }

  /** Makes a call and waits until what its answer tells is as durable as this tab wants. */
  #tell<T>(session: Session, call: (backend: Backend) => Promise<T>): Promise<T> {
    return this.#tabs.use(session, async (backend) => {
      let result: T;
      try {
        result = await call(backend);
      } catch (error) {
        // An error tells of what was committed too, such as that a value is taken.
        if (this.#mustWait(session) && isOfTheCall(error, session)) {
          await flushed(backend);
        }
        throw error;
      }
      if (this.#mustWait(session)) {
        await flushed(backend);
      } else if (session.relaxed) {
        this.#unflushed ??= session;
      }
      return result;
    });
  }

  #fate(error: unknown, session: Session, signal: AbortSignal | undefined): Fate {
    if (!(error instanceof WeftError) || this.#closing !== null) {
      return 'failed';
    }
    const { code } = error;
    // Somebody else has stopped the call while it ran: who closes the database. Its cause is that it
    // was stopped; a part of it may be committed, as with CALL { } IN TRANSACTIONS.
    const isStopped =
      (code === 'CLOSED' && error.cause !== undefined) ||
      (code === 'CANCELLED' && signal?.aborted !== true);
    if (code === 'CONNECTION_LOST' || isStopped) {
      this.#tabs.expire(session);
      return 'lost';
    } else if (code === 'CLOSED') {
      this.#tabs.expire(session);
      return 'refused';
    } else if (isFatal(code, session)) {
      this.#tabs.expire(session);
    }
    return 'failed';
  }
}

/** Whether an error says something of the call and the data, rather than of where it was made. */
function isOfTheCall(error: unknown, session: Session): boolean {
  return (
    error instanceof WeftError &&
    !['CLOSED', 'CONNECTION_LOST', 'CANCELLED'].includes(error.code) &&
    !isFatal(error.code, session)
  );
}

async function flushed(backend: Backend): Promise<void> {
  try {
    await backend.flush();
  } catch (error) {
    // What was told is done, so that it must not look as if it had been refused.
    throw error instanceof WeftError && error.code === 'CLOSED' ? uncertain(error) : error;
  }
}

function isRefusedWrite(error: unknown): boolean {
  return error instanceof WeftError && REFUSED_WRITES.includes(error.code);
}

function uncertain(cause: unknown): WeftError {
  return failure(
    'CONNECTION_LOST',
    'the tab that ran the database is gone, or has handed it over; what was under way there may have been ' +
      'made or not, and an open transaction was rolled back',
    cause,
  );
}

/** Leaves the tabs before the page is frozen or put aside, and comes back afterwards. */
function watchPage(tabs: Tabs, onHidden: () => void): () => void {
  if (typeof document === 'undefined') {
    return () => undefined;
  }
  const watching = new AbortController();
  const { signal } = watching;
  const leave = (): void => tabs.suspend();
  const comeBack = (): void => void tabs.enter();
  document.addEventListener('freeze', leave, { signal });
  document.addEventListener('resume', comeBack, { signal });
  window.addEventListener('pagehide', (event) => event.persisted && leave(), { signal });
  window.addEventListener('pageshow', (event) => event.persisted && comeBack(), { signal });
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') {
      onHidden();
    }
  };
  document.addEventListener('visibilitychange', hidden, { signal });
  return () => watching.abort();
}
