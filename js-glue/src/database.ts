import type {
  Change,
  Completion,
  CompletionItem,
  Database,
  DatabaseStats,
  DatabaseStatus,
  Diagnostic,
  ExecuteOptions,
  ImportSource,
  Parameters,
  Plan,
  QueryOptions,
  QueryResult,
  ResultStream,
  Savepoint,
  SnapshotInfo,
  SnapshotKey,
  SnapshotOptions,
  Summary,
  Transaction,
  TransactionOptions,
} from './api.js';
import type { Backend, Query, Question, Sink } from './backend.js';
import { readChange, readFacets } from './boundary/changes.js';
import { readNotifications } from './boundary/notifications.js';
import type { IntegerKind, Reader } from './boundary/reader.js';
import { Writer } from './boundary/writer.js';
import { isBare, open, seal, sealing } from './envelope.js';
import { failure } from './errors.js';
import { allBytes, bytesOf } from './sources.js';
import type { Parameter, Row } from './values.js';

/** The media type of exported files. */
const ARCHIVE_TYPE = 'application/vnd.weftdb';

/** The transaction of queries that are run by themselves. */
const NO_TRANSACTION = 0;

/** Of a text that is one query and no script. */
const WHOLE_TEXT = 0;

/** The names by which the values of a template are known to the query. */
const TEMPLATE_PARAMETER = 'value';

const INTEGER_KINDS = ['auto', 'bigint', 'number'];
const ACCESS_KINDS = ['read', 'write'];
const ROW_KINDS = ['objects', 'arrays'];

/** What a database does for every query that does not say otherwise. */
export interface FrontOptions {
  readonly readers: typeof Reader;
  readonly timeoutMillis: number;
}

/** A database over whatever runs its queries: makes bytes of requests and values of answers. */
export class WeftDatabase implements Database {
  readonly #backend: Backend;
  readonly #options: FrontOptions;
  #lastSnapshot: SnapshotInfo | null = null;
  #isClosed = false;

  constructor(backend: Backend, options: FrontOptions) {
    this.#backend = backend;
    this.#options = options;
  }

  get lastSnapshot(): SnapshotInfo | null {
    return this.#lastSnapshot;
  }

  get closed(): boolean {
    return this.#isClosed || this.#backend.death !== null;
  }

  execute<R = Row>(
    query: string,
    parameters?: Parameters,
    options?: ExecuteOptions,
  ): Promise<QueryResult<R>> {
    return this.#run<R>(query, parameters, options, {});
  }

  cypher<R = Row>(
    strings: TemplateStringsArray,
    ...values: readonly Parameter[]
  ): Promise<QueryResult<R>> {
    return this.execute<R>(...templated(strings, values));
  }

  async profile<R = Row>(
    query: string,
    parameters?: Parameters,
    options?: ExecuteOptions,
  ): Promise<QueryResult<R> & { readonly plan: Plan }> {
    const result = await this.#run<R>(query, parameters, options, { profiled: true });
    return result as QueryResult<R> & { readonly plan: Plan };
  }

  async stream<R = Row>(
    query: string,
    parameters?: Parameters,
    options: QueryOptions = {},
  ): Promise<ResultStream<R>> {
    const rows = new Rows<R>(this.#options.readers, options);
    const request = encoded(WHOLE_TEXT, query, parameters);
    const id = await this.#backend.run(this.#query(request, options, { streamed: true }), rows);
    return new OpenStream<R>(this.#backend, id, rows, options.signal);
  }

  async script(
    text: string,
    parameters?: Parameters,
    options?: ExecuteOptions,
  ): Promise<QueryResult[]> {
    const results: QueryResult[] = [];
    const count = (await this.#ask('countStatements', text)).readCount();
    for (let statement = 1; statement <= count; statement++) {
      results.push(await this.#run<Row>(text, parameters, options, { statement }));
    }
    return results;
  }

  async transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const { access = 'write', signal } = options;
    checkKind('access', access, ACCESS_KINDS);
    const id = await this.#backend.begin(access === 'write', signal);
    const transaction = new OpenTransaction(this.#backend, id, (query, parameters, runOptions) =>
      this.#run(query, parameters, runOptions, { transaction: id }),
    );
    let result: T;
    try {
      result = await work(transaction);
    } catch (error) {
      // What went wrong first is what its caller has to know; when the rollback fails, the transaction
      // has ended with the database.
      await this.#backend.end(id, false).catch(() => undefined);
      throw error;
    }
    await this.#backend.end(id, true);
    return result;
  }

  async #run<R>(
    text: string,
    parameters: Parameters | undefined,
    options: ExecuteOptions = {},
    how: { statement?: number; transaction?: number; profiled?: boolean },
  ): Promise<QueryResult<R>> {
    const rows = new Rows<R>(this.#options.readers, options);
    const request = encoded(how.statement ?? WHOLE_TEXT, text, parameters);
    await this.#backend.run(this.#query(request, options, how), rows);
    return rows.result();
  }

  #query(
    request: Uint8Array<ArrayBuffer>,
    options: QueryOptions,
    how: { transaction?: number; profiled?: boolean; streamed?: boolean },
  ): Query {
    return {
      request,
      transaction: how.transaction ?? NO_TRANSACTION,
      profiled: how.profiled ?? false,
      streamed: how.streamed ?? false,
      timeoutMillis: checkedTimeout(options.timeoutMillis ?? this.#options.timeoutMillis),
      signal: options.signal,
    };
  }

  async check(text: string): Promise<Diagnostic[]> {
    const reader = await this.#ask('check', text);
    const found = new Array<Diagnostic>(reader.readCount());
    for (let i = 0; i < found.length; i++) {
      const code = reader.readString();
      const message = reader.readString();
      const offset = reader.readCount();
      const line = reader.readCount() || undefined;
      const column = reader.readCount() || undefined;
      const length = reader.readCount();
      const place = offset === 0 ? undefined : offset - 1;
      found[i] = { code, message, offset: place, line, column, length };
    }
    return found;
  }

  async complete(text: string, position: number): Promise<Completion> {
    const at = Math.max(0, Math.min(Math.trunc(position) || 0, text.length));
    const reader = await this.#ask('complete', text, at);
    const from = reader.readCount();
    const to = reader.readCount();
    const items = new Array<CompletionItem>(reader.readCount());
    for (let i = 0; i < items.length; i++) {
      const item = reader.readString();
      const kind = reader.readString() as CompletionItem['kind'];
      items[i] = { text: item, kind, detail: reader.readString() };
    }
    return { from, to, items };
  }

  async explain(query: string): Promise<Plan> {
    return (await this.#ask('explain', query)).readPlan();
  }

  async footprint(query: string): Promise<string[]> {
    return readFacets(await this.#ask('footprint', query));
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.#backend.watch((bytes) => listener(readChange(new this.#options.readers(bytes))));
  }

  async #ask(question: Question, text: string, position?: number): Promise<Reader> {
    const request = new Writer();
    request.writeString(checkedText(text));
    if (position !== undefined) {
      request.writeCount(position);
    }
    return new this.#options.readers(await this.#backend.ask(question, request.copy()));
  }

  async saveSnapshotToBytes(options: SnapshotOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const how = sealing(options);
    const { header, bytes } = await this.#backend.save('snapshot');
    this.#lastSnapshot = this.#snapshotInfo(header);
    return how === null ? bytes : seal(bytes, how);
  }

  async export(options: SnapshotOptions = {}): Promise<Blob> {
    const how = sealing(options);
    const { bytes } = await this.#backend.save('archive');
    return new Blob([how === null ? bytes : await seal(bytes, how)], { type: ARCHIVE_TYPE });
  }

  async import(source: ImportSource, key: SnapshotKey = {}): Promise<SnapshotInfo> {
    return this.loadSnapshotFromBytes(await allBytes(source), key);
  }

  async loadSnapshotFromBytes(
    source: Uint8Array | ArrayBuffer,
    key: SnapshotKey = {},
  ): Promise<SnapshotInfo> {
    const given = bytesOf(source);
    const bytes = isBare(given, key) ? given : await open(given, key);
    const info = this.#snapshotInfo(await this.#backend.load(bytes));
    this.#lastSnapshot = info;
    return info;
  }

  flush(): Promise<void> {
    return this.#backend.flush();
  }

  async checkpoint(): Promise<SnapshotInfo> {
    return this.#snapshotInfo(await this.#backend.checkpoint());
  }

  #snapshotInfo(header: Uint8Array): SnapshotInfo {
    const reader = new this.#options.readers(header);
    return {
      formatVersion: reader.readCount(),
      nodeCount: reader.readCount(),
      relationshipCount: reader.readCount(),
      walLsn: reader.readInteger(),
    };
  }

  async stats(): Promise<DatabaseStats> {
    const reader = new this.#options.readers(await this.#backend.stats());
    return {
      nodeCount: reader.readCount(),
      relationshipCount: reader.readCount(),
      nodesByLabel: reader.readCounts(),
      relationshipsByType: reader.readCounts(),
      indexes: reader.readCount(),
      constraints: reader.readCount(),
      memory: {
        nodeBytes: reader.readCount(),
        relationshipBytes: reader.readCount(),
        propertyBytes: reader.readCount(),
        indexBytes: reader.readCount(),
        catalogBytes: reader.readCount(),
        linearMemoryBytes: reader.readCount(),
      },
    };
  }

  async status(): Promise<DatabaseStatus> {
    const { log, usage } = await this.#backend.status();
    return { log, storage: usage };
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return this.#backend.close();
  }
}

type RunInTransaction = <R>(
  query: string,
  parameters: Parameters | undefined,
  options: ExecuteOptions | undefined,
) => Promise<QueryResult<R>>;

/** A transaction that has begun. */
class OpenTransaction implements Transaction {
  readonly #backend: Backend;
  readonly #id: number;
  readonly #run: RunInTransaction;

  constructor(backend: Backend, id: number, run: RunInTransaction) {
    this.#backend = backend;
    this.#id = id;
    this.#run = run;
  }

  execute<R = Row>(
    query: string,
    parameters?: Parameters,
    options?: ExecuteOptions,
  ): Promise<QueryResult<R>> {
    return this.#run<R>(query, parameters, options);
  }

  cypher<R = Row>(
    strings: TemplateStringsArray,
    ...values: readonly Parameter[]
  ): Promise<QueryResult<R>> {
    return this.execute<R>(...templated(strings, values));
  }

  async savepoint(): Promise<Savepoint> {
    const savepoint = await this.#backend.savepoint(this.#id);
    return { rollback: () => this.#backend.rollbackTo(this.#id, savepoint) };
  }
}

type Changing<T> = { -readonly [K in keyof T]: T[K] };

/** Collects what a query gives. */
class Rows<R> implements Sink {
  readonly #readers: typeof Reader;
  readonly #integers: IntegerKind;
  readonly #asArrays: boolean;
  readonly #startMillis = performance.now();
  columns: string[] = [];
  rows: R[] = [];
  summary: Changing<Summary> = undefined as unknown as Summary;
  #plan: Plan | null = null;

  constructor(readers: typeof Reader, options: ExecuteOptions) {
    const { integers = 'auto', rows = 'objects' } = options;
    checkKind('integers', integers, INTEGER_KINDS);
    checkKind('rows', rows, ROW_KINDS);
    this.#readers = readers;
    this.#integers = integers;
    this.#asArrays = rows === 'arrays';
  }

  piece(bytes: Uint8Array): void {
    const reader = new this.#readers(bytes, this.#integers);
    // Whether there is more is what the backend looks at.
    reader.readInt32();
    const headerBytes = reader.readInt32();
    const planBytes = reader.readInt32();
    reader.readInt32();
    if (headerBytes > 0) {
      this.columns = reader.readNames();
      this.rows = [];
      this.summary = readSummary(reader, performance.now() - this.#startMillis);
      reader.align();
    }
    while (reader.rest > planBytes) {
      reader.readBatch(this.columns, this.#asArrays, this.rows);
    }
    if (planBytes > 0) {
      this.#plan = reader.readPlan();
    }
  }

  result(): QueryResult<R> {
    this.summary.millis = performance.now() - this.#startMillis;
    return { columns: this.columns, rows: this.rows, summary: this.summary, plan: this.#plan };
  }

  /** The rows that have come since this was called last. */
  take(): R[] {
    const taken = this.rows;
    this.rows = [];
    return taken;
  }
}

/** A result with rows still to come. */
class OpenStream<R> implements ResultStream<R> {
  readonly columns: string[];
  readonly summary: Summary;
  readonly #backend: Backend;
  readonly #rows: Rows<R>;
  readonly #signal: AbortSignal | undefined;
  #id: number;

  constructor(backend: Backend, id: number, rows: Rows<R>, signal: AbortSignal | undefined) {
    this.#backend = backend;
    this.#id = id;
    this.#rows = rows;
    this.#signal = signal;
    this.columns = rows.columns;
    this.summary = rows.summary;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<R, void, undefined> {
    try {
      if (this.#id !== 0 && this.#backend.death !== null) {
        throw this.#backend.death;
      }
      yield* this.#rows.take();
      while (this.#id !== 0) {
        const id = this.#id;
        // Whatever happens in the call, a result that failed is closed.
        this.#id = 0;
        if (await this.#backend.next(id, this.#rows, this.#signal)) {
          this.#id = id;
        }
        yield* this.#rows.take();
      }
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    const id = this.#id;
    this.#id = 0;
    if (id !== 0 && this.#backend.death === null) {
      await this.#backend.closeResult(id);
    }
  }
}

/** What requests are written with; null while one is, whose parameters may run queries themselves. */
let spare: Writer | null = new Writer();

function encoded(
  statement: number,
  text: string,
  parameters: Parameters = {},
): Uint8Array<ArrayBuffer> {
  const request = spare ?? new Writer();
  spare = null;
  try {
    request.writeCount(statement);
    request.writeString(checkedText(text));
    request.writeParameters(parameters);
    return request.copy();
  } finally {
    request.clear();
    spare = request;
  }
}

/** The query and the parameters of a template. */
function templated(
  strings: TemplateStringsArray,
  values: readonly Parameter[],
): [string, Parameters] {
  if (!Array.isArray(strings) || !Array.isArray(strings.raw)) {
    throw failure(
      'INVALID_ARGUMENT',
      'cypher is put before a template, as in db.cypher`RETURN ${value}`; a query that is a string goes to execute',
    );
  }
  const parameters: Record<string, Parameter> = {};
  let text = strings[0] as string;
  values.forEach((value, index) => {
    const name = `${TEMPLATE_PARAMETER}${index + 1}`;
    parameters[name] = value;
    text += `$${name}${strings[index + 1]}`;
  });
  return [text, parameters];
}

function readSummary(reader: Reader, millis: number): Summary {
  return {
    nodesCreated: reader.readCount(),
    nodesDeleted: reader.readCount(),
    relationshipsCreated: reader.readCount(),
    relationshipsDeleted: reader.readCount(),
    propertiesSet: reader.readCount(),
    labelsAdded: reader.readCount(),
    labelsRemoved: reader.readCount(),
    indexesAdded: reader.readCount(),
    indexesRemoved: reader.readCount(),
    constraintsAdded: reader.readCount(),
    constraintsRemoved: reader.readCount(),
    notifications: readNotifications(reader),
    millis,
  };
}

function checkedText(query: string): string {
  if (typeof query !== 'string') {
    throw failure('INVALID_ARGUMENT', `a query is a string, not a ${typeof query}`);
  }
  return query;
}

function checkedTimeout(millis: number): number {
  if (!Number.isSafeInteger(millis) || millis < 0) {
    const expected = 'but it must be an integer from 0';
    throw failure('INVALID_ARGUMENT', `timeoutMillis is ${millis}, ${expected}`);
  }
  return millis;
}

function checkKind(name: string, kind: string, kinds: readonly string[]): void {
  if (!kinds.includes(kind)) {
    throw failure('INVALID_ARGUMENT', `${name} is '${kind}', expected one of ${kinds.join(', ')}`);
  }
}
