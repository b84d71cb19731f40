import type {
  Database,
  Completion,
  CompletionItem,
  DatabaseOptions,
  Diagnostic,
  LoadCsv,
  Plan,
  QueryResult,
  ResultStream,
  SnapshotInfo,
  SnapshotKey,
  SnapshotOptions,
  Summary,
  WasmSource,
} from './api.js';
import { Extensions } from './boundary/extensions.js';
import { Instance } from './boundary/instance.js';
import { CsvTables } from './boundary/csv.js';
import { Reader } from './boundary/reader.js';
import { compileModule } from './boundary/runtime.js';
import { Writer } from './boundary/writer.js';
import { isBare, open, seal, sealing } from './envelope.js';
import { failure } from './errors.js';
import type { Parameter, Row } from './values.js';

type Parameters = Readonly<Record<string, Parameter>>;

/** Snapshots cross in pieces of this size. */
const CHUNK_BYTES = 1 << 20;

/** What a query may use by default. */
const QUERY_MEMORY_BYTES = 512 * 2 ** 20;

/** Of every database that is given no `loadCsv`. */
const NO_TABLES = new CsvTables(undefined);

/** Modules compiled so far by where they came from. */
const modules = new Map<string, Promise<WebAssembly.Module>>();

/**
 * Makes an empty database; see `createDatabase`.
 *
 * @param readers what reads results; tests that must tell floats from integers give their own
 */
export async function openDatabase(
  options: DatabaseOptions,
  defaultSource: () => WasmSource | Promise<WasmSource>,
  readers: typeof Reader = Reader,
): Promise<Database> {
  const seed = BigInt.asUintN(64, BigInt(options.seed ?? randomSeed()));
  const extensions = new Extensions(options.functions ?? [], options.procedures ?? []);
  const memoryBytes = limit('queryMemoryBytes', options.queryMemoryBytes ?? QUERY_MEMORY_BYTES, 1);
  const timeoutMillis = limit('timeoutMillis', options.timeoutMillis ?? 0, 0);
  const module = await moduleFor(options, defaultSource);
  const instance = await Instance.start(module, readers, extensions);
  const request = new Writer();
  extensions.writeSignatures(request);
  instance.fill(request.bytes());
  const length = request.bytes().length;
  const [high, low] = [Number(seed >> 32n) | 0, Number(seed & 0xffff_ffffn) | 0];
  instance.call('open', high, low, memoryBytes, timeoutMillis, length);
  return new WeftDatabase(instance, options.now ?? Date.now, options.loadCsv);
}

function limit(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw failure('INVALID_ARGUMENT', `${name} is ${value}, but it must be an integer from ${least}`);
  }
  return value;
}

function randomSeed(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0] as bigint;
}

async function moduleFor(
  options: DatabaseOptions,
  defaultSource: () => WasmSource | Promise<WasmSource>,
): Promise<WebAssembly.Module> {
  const named = await options.wasm;
  if (named !== undefined && typeof named !== 'string' && !(named instanceof URL)) {
    return compileModule(named);
  }
  const key = named === undefined ? '' : String(named);
  let module = modules.get(key);
  if (module === undefined) {
    module = Promise.resolve(named ?? defaultSource()).then(compileModule);
    modules.set(key, module);
    // What could not be fetched now may be there at the next try.
    module.catch(() => modules.delete(key));
  }
  return module;
}

/** A database over one instance of the module. */
class WeftDatabase implements Database {
  readonly #instance: Instance;
  readonly #now: () => number;
  readonly #loadCsv: LoadCsv | undefined;

  /** To be used again; null while a request is written. */
  #writer: Writer | null = null;

  #lastSnapshot: SnapshotInfo | null = null;

  constructor(instance: Instance, now: () => number, loadCsv: LoadCsv | undefined) {
    this.#instance = instance;
    this.#now = now;
    this.#loadCsv = loadCsv;
  }

  get nodeCount(): number {
    return this.#instance.call('nodeCount');
  }

  get relationshipCount(): number {
    return this.#instance.call('relationshipCount');
  }

  get lastSnapshot(): SnapshotInfo | null {
    return this.#lastSnapshot;
  }

  get closed(): boolean {
    return this.#instance.dead;
  }

  async execute(query: string, parameters: Parameters = {}): Promise<QueryResult> {
    return this.#withTables((tables) =>
      this.#start('execute', query, parameters, tables).readAll(),
    );
  }

  async profile(
    query: string,
    parameters: Parameters = {},
  ): Promise<QueryResult & { readonly plan: Plan }> {
    const result = await this.#withTables((tables) =>
      this.#start('profile', query, parameters, tables).readAll(),
    );
    return result as QueryResult & { readonly plan: Plan };
  }

  async stream(query: string, parameters: Parameters = {}): Promise<ResultStream> {
    return this.#withTables((tables) => {
      const result = this.#start('execute', query, parameters, tables);
      if (this.#loadCsv !== undefined) {
        result.begin();
      }
      return result;
    });
  }

  async script(text: string, parameters: Parameters = {}): Promise<QueryResult[]> {
    const results: QueryResult[] = [];
    for (let index = 0; ; index++) {
      const result = await this.#withTables((tables) => {
        // Another call may have brought a script of its own while a table was awaited.
        const script = this.#request();
        script.writeString(checkQuery(text));
        const count = this.#instance.call('beginScript', this.#send(script));
        if (index >= count) {
          return null;
        }
        const request = this.#request();
        request.writeParameters(parameters);
        const length = this.#send(request);
        this.#instance.use(tables);
        const header = this.#instance.call('executeStatement', index, length, this.#nowMillis());
        return new OpenResult(this.#instance, this.#instance.reader(header), tables).readAll();
      });
      if (result === null) {
        return results;
      }
      results.push(result);
    }
  }

  async check(text: string): Promise<Diagnostic[]> {
    const reader = this.#ask('check', text);
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
    const reader = this.#ask('complete', text, at);
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

  #ask(what: 'check' | 'complete', text: string, position?: number): Reader {
    const request = this.#request();
    request.writeString(checkQuery(text));
    if (position !== undefined) {
      request.writeCount(position);
    }
    return this.#instance.reader(this.#instance.call(what, this.#send(request)));
  }

  #request(): Writer {
    const writer = this.#writer ?? new Writer();
    this.#writer = null;
    return writer;
  }

  /** Puts a request into the window and answers how many bytes it has. */
  #send(request: Writer): number {
    const bytes = request.bytes();
    this.#instance.fill(bytes);
    request.clear();
    this.#writer = request;
    return bytes.length;
  }

  /** Runs a query, and again as often as it has to wait for a table. */
  async #withTables<T>(run: (tables: CsvTables) => T): Promise<T> {
    const tables = this.#loadCsv === undefined ? NO_TABLES : new CsvTables(this.#loadCsv);
    for (;;) {
      try {
        return run(tables);
      } catch (error) {
        if (!tables.isAwaiting(error)) {
          throw tables.explained(error);
        }
        await tables.arrive();
      }
    }
  }

  #start(
    how: 'execute' | 'profile',
    query: string,
    parameters: Parameters,
    tables: CsvTables,
  ): OpenResult {
    const request = this.#request();
    request.writeString(checkQuery(query));
    request.writeParameters(parameters);
    const sent = this.#send(request);
    this.#instance.use(tables);
    const length = this.#instance.call(how, sent, this.#nowMillis());
    return new OpenResult(this.#instance, this.#instance.reader(length), tables);
  }

  #nowMillis(): number {
    const now = this.#now();
    if (!Number.isSafeInteger(Math.floor(now))) {
      throw failure('INVALID_ARGUMENT', `the clock says ${now}, which is no time in milliseconds`);
    }
    return Math.floor(now);
  }

  async explain(query: string): Promise<Plan> {
    const request = this.#request();
    request.writeString(checkQuery(query));
    const length = this.#instance.call('explain', this.#send(request));
    return this.#instance.reader(length).readPlan();
  }

  async saveSnapshotToBytes(options: SnapshotOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const how = sealing(options);
    const reader = this.#instance.reader(this.#instance.call('saveSnapshot'));
    const info = readSnapshotInfo(reader);
    const bytes = new Uint8Array(reader.readCount());
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const length = Math.min(CHUNK_BYTES, bytes.length - at);
      this.#instance.call('readSnapshot', at, length);
      bytes.set(this.#instance.window(length), at);
    }
    this.#lastSnapshot = info;
    return how === null ? bytes : seal(bytes, how);
  }

  async loadSnapshotFromBytes(
    source: Uint8Array | ArrayBuffer,
    key: SnapshotKey = {},
  ): Promise<SnapshotInfo> {
    const given = bytesOf(source);
    const bytes = isBare(given, key) ? given : await open(given, key);
    this.#instance.call('beginLoad', bytes.length);
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES);
      this.#instance.fill(chunk);
      this.#instance.call('writeSnapshot', at, chunk.length);
    }
    const info = readSnapshotInfo(this.#instance.reader(this.#instance.call('finishLoad')));
    this.#lastSnapshot = info;
    return info;
  }

  async close(): Promise<void> {
    this.#instance.drop(failure('CLOSED', 'the database is closed'));
  }
}

function checkQuery(query: string): string {
  if (typeof query !== 'string') {
    throw failure('INVALID_ARGUMENT', `a query is a string, not a ${typeof query}`);
  }
  return query;
}

function bytesOf(source: Uint8Array | ArrayBuffer): Uint8Array {
  if (source instanceof ArrayBuffer) {
    return new Uint8Array(source);
  }
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  }
  throw failure('INVALID_ARGUMENT', 'a snapshot is a Uint8Array or an ArrayBuffer');
}

function readSnapshotInfo(reader: Reader): SnapshotInfo {
  return {
    formatVersion: reader.readCount(),
    nodeCount: reader.readCount(),
    relationshipCount: reader.readCount(),
    walLsn: reader.readInteger(),
  };
}

function readSummary(reader: Reader): Summary {
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
  };
}

/** A result with rows still to come. */
class OpenResult implements ResultStream {
  readonly columns: string[];
  readonly summary: Summary;
  readonly #instance: Instance;
  readonly #cursor: number;
  readonly #planned: boolean;
  readonly #tables: CsvTables;
  #open: boolean;
  #begun: Row[] | null = null;

  constructor(instance: Instance, header: Reader, tables: CsvTables) {
    this.#instance = instance;
    this.#tables = tables;
    this.#cursor = header.readCount();
    this.#open = this.#cursor !== 0;
    this.columns = header.readStrings();
    this.summary = readSummary(header);
    this.#planned = header.readCount() !== 0;
  }

  /** All rows that are left, and the plan if there is one. */
  readAll(): QueryResult {
    const rows: Row[] = [];
    for (let batch = this.#fetch(); batch !== null; batch = this.#fetch()) {
      for (const row of batch) {
        rows.push(row);
      }
    }
    let plan: Plan | null = null;
    if (this.#planned) {
      plan = this.#instance.reader(this.#instance.call('plan', this.#cursor)).readPlan();
    }
    this.#end();
    return { columns: this.columns, rows, summary: this.summary, plan };
  }

  /** The next rows, or null behind the last; the result is closed after a failure. */
  #fetch(): Row[] | null {
    if (!this.#open) {
      return null;
    }
    try {
      this.#instance.use(this.#tables);
      const length = this.#instance.call('nextBatch', this.#cursor);
      if (length > 0) {
        return this.#instance.reader(length).readBatch(this.columns);
      }
    } catch (error) {
      this.#close();
      throw error;
    }
    return null;
  }

  /** Fetches the first rows, while the query can still be run again. */
  begin(): void {
    this.#begun = this.nextBatch();
  }

  /** The next rows, or null behind the last; the result is closed then. */
  nextBatch(): Row[] | null {
    const begun = this.#begun;
    if (begun !== null) {
      this.#begun = null;
      return begun;
    }
    const batch = this.#fetch();
    if (batch === null) {
      this.#end();
    }
    return batch;
  }

  /** Java's half has closed the cursor already, unless the result has a plan. */
  #end(): void {
    if (this.#planned) {
      this.#close();
    }
    this.#open = false;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    try {
      for (let batch = this.nextBatch(); batch !== null; batch = this.nextBatch()) {
        yield* batch;
      }
    } catch (error) {
      throw this.#tables.explained(error);
    } finally {
      this.#close();
    }
  }

  async close(): Promise<void> {
    this.#close();
  }

  #close(): void {
    if (this.#open) {
      this.#open = false;
      if (!this.#instance.dead) {
        this.#instance.use(this.#tables);
        this.#instance.call('closeCursor', this.#cursor);
      }
    }
  }
}
