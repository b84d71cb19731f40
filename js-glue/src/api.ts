import type { Store, StoreUsage } from './store.js';
import type { Parameter, Row, Value } from './values.js';

/** Where the WebAssembly module comes from. */
export type WasmSource = string | URL | Response | BufferSource | WebAssembly.Module;

/** A table in CSV: text, or its UTF-8. */
export type CsvTable = string | Uint8Array | ArrayBuffer;

/**
 * Gives the table that `LOAD CSV FROM url` names, or throws when a query must not have it.
 *
 * With a promise the query stops, waits, and is run again from its beginning when the table is
 * there, once for each such table; nothing of it has happened before. Queries that are called
 * meanwhile run before it. Where a query cannot be run again, the table must be given at once:
 * after `CALL { } IN TRANSACTIONS` has committed something, and after a stream's first rows.
 *
 * What it asks of the database before it has returned comes after the query. It is asked once for each
 * URL and query.
 */
export type LoadCsv = (url: string) => CsvTable | Promise<CsvTable>;

/**
 * A function that queries can call in expressions.
 *
 * Types in a signature are `ANY`, `BOOLEAN`, `INTEGER`, `FLOAT`, `NUMBER`, `STRING`, `LIST`,
 * `LIST OF` a type, `MAP`, `NODE`, `RELATIONSHIP`, `PATH`, `DATE`, `LOCAL TIME`, `ZONED TIME`,
 * `LOCAL DATETIME`, `ZONED DATETIME`, `DURATION`, `POINT`, `VECTOR` and `BYTES`; with a question mark
 * null is of the type too. A parameter with a value, `width = 8 :: INTEGER`, may be left out of a
 * call; so may those behind it. What is thrown becomes the cause of the query's error. It cannot give
 * a promise; what it asks of the database that calls it comes after the query.
 */
export interface UserFunction {
  /** Its name with a namespace, its parameters and its type: `my.initials(name :: STRING?) :: STRING?`. */
  readonly signature: string;
  /**
   * Gives the value for some arguments; the same for the same arguments as long as a query runs.
   * `undefined` is null.
   */
  readonly call: (...args: never[]) => unknown;
}

/** A procedure that queries can call, under the same rules as a {@link UserFunction}. */
export interface UserProcedure {
  /** Its name, its parameters and its columns: `my.words(text :: STRING) :: (word :: STRING)`. */
  readonly signature: string;
  /**
   * Gives rows, each an array with a value for every column, or nothing when there are no columns.
   * They are taken while the query runs, and not to the end when it needs no more.
   */
  readonly call: (...args: never[]) => Iterable<readonly unknown[]> | undefined | null | void;
}

/** A worker thread of Node.js, as far as it is needed here. */
export interface NodeWorker {
  readonly threadId: number;
  terminate(): Promise<number>;
}

/** What {@link createDatabase} can be told; everything has a default. */
export interface DatabaseOptions {
  /**
   * The module `weft.wasm` of this very version of the package: where to fetch it, or the module
   * itself. By default it is the file beside the package's code.
   */
  wasm?: WasmSource | Promise<WasmSource>;
  /** What the database is called in its storage. By default `weftdb`. */
  name?: string | undefined;
  /**
   * Where the database is kept; by default `memory`, to be gone when it is closed. `opfs` is the file
   * system that a browser has for each origin, `indexeddb` its database, and a {@link Store} any other
   * place. What is there is opened, and an empty store becomes an empty database.
   */
  storage?: 'memory' | 'opfs' | 'indexeddb' | Store | undefined;
  /**
   * Whether the database runs in a worker, so that long queries do not hold up the page: a worker that is
   * made for it, or one of your own that calls `serve` of `weftdb/worker`, or a function that makes one. By
   * default only with `opfs` in a page, because the file system's quick handles are there in workers only.
   */
  worker?: boolean | Worker | NodeWorker | (() => Worker | NodeWorker) | undefined;
  /**
   * Whether the tabs and workers of an origin that open the database of one `name` and `storage` share
   * it: one of them runs it, the others send to that one, and when it goes another takes over. By default
   * in browsers with `opfs` and `indexeddb`, unless `worker` is a worker and no function; then, and with
   * `false`, whoever comes second fails with `DATABASE_LOCKED`.
   *
   * All of them have to give the same functions, procedures and `loadCsv`: a query is run with those of the
   * tab that runs it, and also with its clock and limits.
   */
  tabs?: boolean | undefined;
  /**
   * When a commit is told to its caller: `strict`, the default, when it is durable, so that nothing
   * that anybody was told is ever lost; `relaxed` at once, and durable soon after, or when
   * {@link Database.flush} has resolved. A crash loses the last commits then, but never a part of one.
   */
  durability?: 'strict' | 'relaxed' | undefined;
  /**
   * How many bytes the log grows before a checkpoint is made in the background: a snapshot from which
   * the next opening starts, so that it stays quick. At least half the size of the last snapshot; 0
   * for never. By default 8 MiB.
   */
  checkpointBytes?: number | undefined;
  /**
   * How long a write waits for the transaction that writes before it fails with
   * `WRITE_TURN_TIMED_OUT`, in milliseconds. By default a minute.
   */
  writeTurnMillis?: number | undefined;
  /** Gives up the opening. */
  signal?: AbortSignal | undefined;
  /** The seed of `rand()`, for results that can be repeated. By default a random one. */
  seed?: number | bigint;
  /** The clock: milliseconds since 1970 in UTC. By default `Date.now`. */
  now?: () => number;
  /**
   * About how many bytes a query may use, for what it sorts, groups and collects, for its lists and
   * strings and for what it changes; from 1. One that would use more fails with `MEMORY_LIMIT` and
   * changes nothing. By default 512 MiB.
   */
  queryMemoryBytes?: number;
  /**
   * How many milliseconds a query may run before it fails with `TIMED_OUT`; 0, the default, for as
   * long as it takes. The time of a `stream` passes also while nobody asks for rows.
   */
  timeoutMillis?: number;
  /** What `LOAD CSV` reads. By default it is refused. */
  loadCsv?: LoadCsv;
  /** Functions that queries can call beside the built-in ones. */
  functions?: readonly UserFunction[];
  /** Procedures that queries can call beside the built-in ones. */
  procedures?: readonly UserProcedure[];
}

/** How a query is run. */
export interface QueryOptions {
  /** Stops the query; it then fails with `CANCELLED`, has changed nothing, and the reason is its cause. */
  readonly signal?: AbortSignal | undefined;
  /** In place of {@link DatabaseOptions.timeoutMillis}. */
  readonly timeoutMillis?: number | undefined;
  /**
   * What integers of results are: `auto`, the default, a `number` when it is safe and a `bigint` when it
   * is not; `bigint` always that; `number` always that, and a query whose result has an integer that
   * is not safe fails with `NUMBER_OUT_OF_RANGE`, after it was run.
   */
  readonly integers?: 'auto' | 'bigint' | 'number' | undefined;
}

/** How a query is run whose rows come at once. */
export interface ExecuteOptions<R extends 'objects' | 'arrays' = 'objects' | 'arrays'>
  extends QueryOptions {
  /** Whether a row is an object by the names of the columns, the default, or an array in their order. */
  readonly rows?: R | undefined;
}

/** What a query that is no error may not have been meant to say. Codes are those of Neo4j, texts are not. */
export interface Notification {
  /** Such as `Neo.ClientNotification.Statement.UnknownLabelWarning`. */
  readonly code: string;
  readonly severity: 'WARNING' | 'INFORMATION';
  /** The kind of notification in a few words. */
  readonly title: string;
  /** What it is about, in a sentence. */
  readonly description: string;
  /** Where in the text: UTF-16 code units before it, its line and the code point in the line, both from 1. */
  readonly position: { readonly offset: number; readonly line: number; readonly column: number };
}

/** What a query changed, and how long it took. */
export interface Summary {
  /**
   * What the query may not have been meant to say, in the order of its text, at most 100: names that
   * are not in the graph, patterns that find very much.
   */
  readonly notifications: readonly Notification[];
  readonly nodesCreated: number;
  readonly nodesDeleted: number;
  readonly relationshipsCreated: number;
  readonly relationshipsDeleted: number;
  readonly propertiesSet: number;
  readonly labelsAdded: number;
  readonly labelsRemoved: number;
  readonly indexesAdded: number;
  readonly indexesRemoved: number;
  readonly constraintsAdded: number;
  readonly constraintsRemoved: number;
  /** From the call to the result, waiting included, in milliseconds; of a stream to its first rows. */
  readonly millis: number;
}

/** The whole result of a query. */
export interface QueryResult<R = Row> {
  /** The names of the columns, in order; none twice. Empty for a query without RETURN. */
  readonly columns: string[];
  readonly rows: R[];
  readonly summary: Summary;
  /** The plan of a query that begins with EXPLAIN, which has no rows, or PROFILE; otherwise null. */
  readonly plan: Plan | null;
}

/** An error in a query's text. */
export interface Diagnostic {
  /** The code that a {@link WeftError} would have. */
  readonly code: string;
  /** What is wrong and what was expected, in one line. */
  readonly message: string;
  /** UTF-16 code units before the place, from 0; undefined when it has none. */
  readonly offset: number | undefined;
  /** Line, from 1. */
  readonly line: number | undefined;
  /** Code point in the line, from 1. */
  readonly column: number | undefined;
  /** UTF-16 code units from the place on that are wrong; 0 when nothing certain is known. */
  readonly length: number;
}

/** What may stand at a place of a query. */
export interface Completion {
  /** The start of the word that an item replaces, in UTF-16 code units. */
  readonly from: number;
  /** The end of that word. */
  readonly to: number;
  /** The likeliest first. */
  readonly items: CompletionItem[];
}

/** One that may stand there. */
export interface CompletionItem {
  readonly text: string;
  readonly kind:
    | 'VARIABLE'
    | 'PROPERTY_KEY'
    | 'LABEL'
    | 'RELATIONSHIP_TYPE'
    | 'PARAMETER'
    | 'FUNCTION'
    | 'PROCEDURE'
    | 'KEYWORD';
  /** More about it, such as a function's signature and what it does; may be empty. */
  readonly detail: string;
}

/** What an operator of a plan did while the query ran. */
export interface PlanMeasurement {
  /** How many rows it gave. */
  readonly rows: number;
  /** How many pages of the graph it read; a page that is read twice counts twice. */
  readonly pages: number;
  /** The time spent in it, those below it not counted, in milliseconds. */
  readonly millis: number;
}

/**
 * An operator of a plan with those below it. Which operators there are and what their details say
 * may change in any version.
 */
export interface PlanOperator {
  /** What it is to the operator above: its input, or run for each row by it or an expression. */
  readonly role: 'input' | 'inner' | 'expression';
  /** The kind of operator, such as `NodeByLabelScan`. */
  readonly operator: string;
  /** On what it works, such as `p:Person`; may be empty. */
  readonly details: string;
  /** How many rows it was expected to give in all. */
  readonly estimatedRows: number;
  /** Null without PROFILE, and where the operator above did the work in another way. */
  readonly measured: PlanMeasurement | null;
  readonly children: PlanOperator[];
}

/** The plan of a query, as data and as text. */
export interface Plan extends PlanOperator {
  /** A table with a line for each operator; the text's form may change at any time. */
  readonly text: string;
}

/**
 * A result whose rows are made while they are asked for, from the graph as it was when the query
 * began. Iterate it once; leaving the loop early closes it.
 */
export interface ResultStream<R = Row> extends AsyncIterable<R> {
  readonly columns: string[];
  readonly summary: Summary;
  /** Frees what the result holds. Closing twice is harmless. */
  close(): Promise<void>;
}

/** What a snapshot says about itself. */
export interface SnapshotInfo {
  /** The version of the snapshot's format. */
  readonly formatVersion: number;
  readonly nodeCount: number;
  readonly relationshipCount: number;
  /** The log position the snapshot stands for; 0 when no log is kept. */
  readonly walLsn: number | bigint;
}

/** What a snapshot was encrypted with. */
export interface SnapshotKey {
  /** A password that is not empty. A key is made of its UTF-8; no form of Unicode is made another. */
  readonly password?: string | undefined;
  /** A key of 32 random bytes, in place of a password. */
  readonly key?: Uint8Array | undefined;
}

/** Whether a snapshot is compressed and encrypted; with nothing set, it is neither. */
export interface SnapshotOptions extends SnapshotKey {
  /** Compresses with gzip, at the level that the host takes. */
  readonly gzip?: boolean | undefined;
  /** How often PBKDF2 iterates to make a key of the password, 1,000 to 10,000,000. By default 600,000. */
  readonly iterations?: number | undefined;
}

/** Where the bytes of a file come from; a stream or response is read to its end. */
export type ImportSource =
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | Uint8Array
  | ArrayBuffer;

/** How the log of a stored database stands. */
export interface LogStatus {
  /** The number of the next commit. */
  readonly nextLsn: number | bigint;
  /** The oldest commit that the log has; `nextLsn` when it has none. */
  readonly oldestLsn: number | bigint;
  /** How many files the log has. */
  readonly segments: number;
  readonly bytes: number;
  /** The last commit in the newest snapshot; 0 without one. */
  readonly checkpointLsn: number | bigint;
  /** When that snapshot was made, in milliseconds since 1970 in UTC; 0 when it was not since the opening. */
  readonly checkpointMillis: number;
  readonly bytesSinceCheckpoint: number;
  /** Why the last checkpoint failed, which is tried again; or null. */
  readonly checkpointFailure: string | null;
}

/** How a database and its storage stand. */
export interface DatabaseStatus {
  /** Null in memory. */
  readonly log: LogStatus | null;
  /** Null in memory. */
  readonly storage: StoreUsage | null;
}

/**
 * About how many bytes of memory the newest version of a graph takes, part by part. An estimate from
 * the lengths of arrays and texts; of a property that many have only a part of the values is looked at.
 * Results and plans are not in it.
 */
export interface MemoryByPart {
  /** Label sets of nodes, and the nodes of each label. */
  readonly nodeBytes: number;
  /** Types and ends of relationships, and the relationships of each node. */
  readonly relationshipBytes: number;
  /** Values of properties, of nodes and of relationships. */
  readonly propertyBytes: number;
  /** Entries of indexes, without the texts that the properties have. */
  readonly indexBytes: number;
  /** Names of labels, types and property keys. */
  readonly catalogBytes: number;
  /**
   * The linear memory of WebAssembly, beside the graph: the window through which queries and rows
   * cross, as large as the largest of them needed.
   */
  readonly linearMemoryBytes: number;
}

/** How much a graph has. */
export interface DatabaseStats {
  readonly nodeCount: number;
  readonly relationshipCount: number;
  /** How many nodes have a label; labels that none has are left out. */
  readonly nodesByLabel: Record<string, number>;
  /** How many relationships have a type; types that none has are left out. */
  readonly relationshipsByType: Record<string, number>;
  /** Indexes, those of constraints among them. */
  readonly indexes: number;
  readonly constraints: number;
  readonly memory: MemoryByPart;
}

/** How a transaction is begun. */
export interface TransactionOptions {
  /** `read` for one that cannot change anything, and waits for none. By default `write`. */
  readonly access?: 'read' | 'write' | undefined;
  /** Gives up the waiting for other transactions. */
  readonly signal?: AbortSignal | undefined;
}

/** A state of a {@link Transaction} to go back to. */
export interface Savepoint {
  /** Undoes what was changed since; savepoints that were made since cannot be used any more. */
  rollback(): Promise<void>;
}

/** What queries can be given to, each after the one before it. */
export interface QueryRunner {
  /**
   * Runs a query to its end and gives all rows.
   *
   * @typeParam R what a row is; not checked
   */
  execute<R = Value[]>(
    query: string,
    parameters: Parameters | undefined,
    options: ExecuteOptions & { readonly rows: 'arrays' },
  ): Promise<QueryResult<R>>;
  execute<R = Row>(
    query: string,
    parameters?: Parameters,
    options?: ExecuteOptions,
  ): Promise<QueryResult<R>>;

  /**
   * Runs the query of a template, whose values become parameters:
   * ``db.cypher`MATCH (n {id: ${id}}) RETURN n` ``. A value cannot stand for a name or another part of
   * the text.
   */
  cypher<R = Row>(
    strings: TemplateStringsArray,
    ...values: readonly Parameter[]
  ): Promise<QueryResult<R>>;
}

/** Values by the names of parameters. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** Some queries whose changes happen all or not at all; see {@link Database.transaction}. */
export interface Transaction extends QueryRunner {
  /** Remembers what was changed so far. */
  savepoint(): Promise<Savepoint>;
}

/** What commits have changed. */
export interface Change {
  /** The number of the last of them; 0 in memory. */
  readonly lsn: number;
  /**
   * What was touched, in the words of {@link Database.footprint}; null when all of the graph may be
   * another, such as when a snapshot was loaded.
   */
  readonly touched: readonly string[] | null;
}

/**
 * A graph database in this page or process, or in a worker or tab that it shares.
 *
 * Calls run in the order in which they are made, each in a transaction of its own: either all of a
 * query's changes stay or none. Every rejection is a {@link WeftError}. What a promise tells, also of a
 * read, is durable unless the durability is `relaxed`.
 *
 * After a failure of its storage every call is `LOG_FAILED` until the database is opened again.
 */
export interface Database extends QueryRunner {
  /** The metadata of the snapshot that was saved or loaded last, or null before the first. */
  readonly lastSnapshot: SnapshotInfo | null;
  /** Whether {@link Database.close} was called or the database failed for good. */
  readonly closed: boolean;

  /**
   * Runs a query and gives its rows one after the other; changes are made before the first row.
   *
   * @typeParam R what a row is; not checked
   */
  stream<R = Row>(
    query: string,
    parameters?: Parameters,
    options?: QueryOptions,
  ): Promise<ResultStream<R>>;

  /**
   * Runs some queries in one transaction: calls the function, commits when its promise resolves, and
   * rolls back when it rejects. Gives what the function gives. Other writes wait for it; its own
   * queries must go to the transaction, not to the database. A query that fails leaves the transaction
   * as it was before.
   */
  transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;

  /**
   * Runs several statements with semicolons between them, each in a transaction of its own, and
   * gives their results. When one fails, those before it stay and those behind it do not run; the
   * error says which one it is, and where in the whole text.
   */
  script(text: string, parameters?: Parameters, options?: ExecuteOptions): Promise<QueryResult[]>;

  /**
   * All that is wrong with a text of one or more statements, for an editor to show: what does not
   * follow the grammar, and of the statements that do, the first thing each that has no meaning.
   * Nothing runs.
   */
  check(text: string): Promise<Diagnostic[]>;

  /** What may stand at a place of a text, which need not be complete or right. */
  complete(text: string, position: number): Promise<Completion>;

  /** The plan of a query, without running it; the same as of a query that begins with EXPLAIN. */
  explain(query: string): Promise<Plan>;

  /**
   * What a query that reads looks at in the graph, as texts such as `node:Person` and
   * `property:Person.name`. A commit that has touched none of them does not change the query's
   * result, whatever the parameters are; see {@link Database.onChange}. A query that changes something
   * is refused with `WRITE_IN_READ_TRANSACTION`.
   */
  footprint(query: string): Promise<string[]>;

  /**
   * Tells a listener of commits from now on, whoever makes them, until what this gives is called.
   * Several commits may be told of as one. Queries that begin when the listener is called see them.
   * `weftdb/live` is made of this and {@link Database.footprint}.
   */
  onChange(listener: (change: Change) => void): () => void;

  /** Runs a query as one that begins with PROFILE: its plan says what each operator did. */
  profile<R = Row>(
    query: string,
    parameters?: Parameters,
    options?: ExecuteOptions,
  ): Promise<QueryResult<R> & { readonly plan: Plan }>;

  /**
   * The whole graph as bytes: without options the same for the same graph on every platform, else
   * compressed, encrypted with AES-256-GCM, or both. The graph is that of the moment of the call.
   */
  saveSnapshotToBytes(options?: SnapshotOptions): Promise<Uint8Array<ArrayBuffer>>;

  /**
   * Replaces the graph by that of a snapshot, or of an archive that the JVM wrote. When it fails,
   * the graph stays as it was. Streams that are open go on over the graph they began with. What is
   * compressed or encrypted is unpacked first, and calls that are made meanwhile run before it is
   * loaded; its bytes must not change until then.
   *
   * Encrypted bytes without a key are `KEY_REQUIRED`; another password or key `WRONG_KEY`; bytes
   * that were changed `TAMPERED`; and a password or key for bytes that are not encrypted, for which
   * it could not vouch, `NOT_ENCRYPTED`.
   *
   * @param key the password or key of an encrypted snapshot
   */
  loadSnapshotFromBytes(bytes: Uint8Array | ArrayBuffer, key?: SnapshotKey): Promise<SnapshotInfo>;

  /**
   * The whole database as one file, an archive, as the JVM's `exportArchive` writes it; compressed,
   * encrypted or both when the options say so. `blob.stream()`, `new Response(blob)` and
   * `new File([blob], 'name.weft')` make other things of it.
   */
  export(options?: SnapshotOptions): Promise<Blob>;

  /**
   * Replaces the graph by that of a file that {@link Database.export} or the JVM has written, or of a
   * snapshot, under the same rules as {@link Database.loadSnapshotFromBytes}.
   */
  import(source: ImportSource, key?: SnapshotKey): Promise<SnapshotInfo>;

  /** Makes everything durable that was told to be done; under `strict` it is already. */
  flush(): Promise<void>;

  /**
   * Writes a snapshot into the storage, from which the next opening starts, so that it needs the log
   * from there on only. Happens by itself too. `INVALID_USE` in memory.
   */
  checkpoint(): Promise<SnapshotInfo>;

  /** What the graph has. */
  stats(): Promise<DatabaseStats>;

  /** How the log and the storage stand. */
  status(): Promise<DatabaseStatus>;

  /**
   * Waits until everything is durable, ends the database and gives back its memory. Closing twice is
   * harmless; every other call afterwards is refused.
   */
  close(): Promise<void>;
}
