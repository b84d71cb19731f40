import type { QueryResult, Summary } from '../api.js';
import { failure, WeftError } from '../errors.js';
import { Point, Temporal } from '../values.js';
import type { Parameter, Row } from '../values.js';
import { cancelled, importError, RowFault, shown } from './errors.js';
import { records, type ReadOptions, type SourceRecord } from './records.js';
import { SourceText, type RowSource } from './source.js';
import { EventTurns } from './turns.js';

/** How far an import has come. */
export interface ImportProgress {
  /** How many rows were read. */
  readonly rowsRead: number;
  /** How many rows are committed: the first ones of the source. */
  readonly rowsCommitted: number;
  /** How many bytes were read; of text, UTF-16 code units. */
  readonly bytesRead: number;
  /** How many there are, or undefined for a stream. */
  readonly totalBytes: number | undefined;
}

/** What every import can be told. */
export interface ImportOptions extends ReadOptions {
  /** How many rows a transaction has at most: 1 to 100,000, by default 1000. */
  readonly batchRows?: number | undefined;
  /** Ends the import; what is committed stays. */
  readonly signal?: AbortSignal | undefined;
  /** Is called after each transaction. What it throws ends the import. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /**
   * Whether all rows are imported in one transaction: all of them or none. By default each batch has
   * one of its own.
   */
  readonly atomic?: boolean | undefined;
}

const COUNTERS = [
  'nodesCreated',
  'nodesDeleted',
  'relationshipsCreated',
  'relationshipsDeleted',
  'propertiesSet',
  'labelsAdded',
  'labelsRemoved',
  'indexesAdded',
  'indexesRemoved',
  'constraintsAdded',
  'constraintsRemoved',
] as const;

/** What the queries of an import changed together. */
export type ImportChanges = Pick<Summary, (typeof COUNTERS)[number]>;

const NO_CHANGES = Object.fromEntries(COUNTERS.map((name) => [name, 0])) as ImportChanges;

/** What an import did. */
export interface ImportResult {
  readonly rows: number;
  readonly bytesRead: number;
  /** The changes of all transactions together. */
  readonly summary: ImportChanges;
}

/** What runs the queries of an import: a database or a transaction of it. */
export interface Executor {
  execute(
    query: string,
    parameters?: Parameters,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<QueryResult>;
}

/** Values by the names of parameters. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** A row as a query gets it, and where it came from. */
export interface PreparedRow {
  readonly line: number;
  readonly value: { readonly [name: string]: Parameter };
}

/** What an import does with its rows. */
export interface ImportPlan {
  readonly query: string;
  readonly parameters?: Parameters | undefined;
  prepare(record: SourceRecord): PreparedRow;
  /** Rows were committed, for which the query gave something. */
  committed?(batch: readonly PreparedRow[], rows: readonly Row[]): void;
  /** Rows were prepared and are not going to be committed. */
  dropped?(batch: readonly PreparedRow[]): void;
  /** The transaction of an atomic import was rolled back. */
  rolledBack?(): void;
  /** Finds a better error for a batch that failed, or gives the same. */
  explain?(error: unknown, batch: readonly PreparedRow[], executor: Executor): Promise<unknown>;
}

/** A batch ends also with so many characters of its source. */
const BATCH_CHARS = 1 << 22;

/** Runs an import; every failure is an `ImportError`. */
export async function runImport(
  database: Executor,
  source: RowSource,
  options: ImportOptions,
  plan: ImportPlan,
): Promise<ImportResult> {
  const running = new RunningImport(options, plan);
  try {
    if (options.atomic !== true) {
      return await running.run(database, source);
    }
    const { transaction } = database as Partial<Transactional>;
    if (transaction === undefined) {
      throw failure('INVALID_ARGUMENT', 'this database has no transactions of several queries, which atomic needs');
    }
    const result = await transaction.call(database, (tx) => running.run(tx, source));
    running.allCommitted();
    return result as ImportResult;
  } catch (error) {
    const code = options.format === 'csv' ? 'INVALID_CSV' : 'INVALID_JSON';
    if (options.atomic === true) {
      plan.rolledBack?.();
    }
    const committed = options.atomic === true ? 0 : running.rowsCommitted;
    throw importError(error, code, running.rowsRead, committed);
  }
}

interface Transactional {
  transaction<T>(run: (tx: Executor) => Promise<T>): Promise<T>;
}

class RunningImport {
  readonly #options: ImportOptions;
  readonly #plan: ImportPlan;
  readonly #batchRows: number;
  readonly #turns = new EventTurns();
  #summary = NO_CHANGES;
  #bytesRead = 0;
  #totalBytes: number | undefined;
  #batch: PreparedRow[] = [];
  #batchChars = 0;
  rowsRead = 0;
  rowsCommitted = 0;

  constructor(options: ImportOptions, plan: ImportPlan) {
    this.#options = options;
    this.#plan = plan;
    this.#batchRows = options.batchRows ?? 1000;
  }

  async run(executor: Executor, source: RowSource): Promise<ImportResult> {
    const batchRows = this.#batchRows;
    if (!Number.isSafeInteger(batchRows) || batchRows < 1 || batchRows > 100_000) {
      throw failure('INVALID_ARGUMENT', `batchRows is ${batchRows}, but it must be an integer from 1 to 100000`);
    }
    const text = new SourceText(source, this.#options.signal);
    this.#totalBytes = text.totalBytes;
    try {
      for await (const found of records(text, this.#options)) {
        this.#batchChars += text.bytesRead - this.#bytesRead;
        this.#bytesRead = text.bytesRead;
        for (const record of found) {
          this.rowsRead++;
          this.#batch.push(this.#plan.prepare(record));
          if (this.#batch.length >= batchRows) {
            await this.#flush(executor);
          }
        }
        if (this.#batchChars > BATCH_CHARS) {
          await this.#flush(executor);
        }
      }
      await this.#flush(executor);
    } catch (error) {
      this.#plan.dropped?.(this.#batch);
      text.cancel(error);
      throw error;
    }
    return {
      rows: this.rowsRead,
      bytesRead: this.#bytesRead,
      summary: this.#summary,
    };
  }

  /** An atomic import's transaction has ended well. */
  allCommitted(): void {
    this.rowsCommitted = this.rowsRead;
  }

  async #flush(executor: Executor): Promise<void> {
    await this.#turns.pass();
    const { signal, atomic, onProgress } = this.#options;
    if (signal?.aborted === true) {
      throw cancelled(signal);
    }
    this.#batchChars = 0;
    const batch = this.#batch;
    if (batch.length === 0) {
      return;
    }
    const { query, parameters } = this.#plan;
    const rows = batch.map(({ value }) => value);
    let result: QueryResult;
    try {
      result = await executor.execute(query, { ...parameters, rows }, { signal });
    } catch (error) {
      throw await this.#explained(error, executor);
    }
    this.#batch = [];
    this.#plan.committed?.(batch, result.rows);
    this.#summary = sum(this.#summary, result.summary);
    if (atomic !== true) {
      this.rowsCommitted += batch.length;
    }
    onProgress?.({
      rowsRead: this.rowsRead,
      rowsCommitted: this.rowsCommitted,
      bytesRead: this.#bytesRead,
      totalBytes: this.#totalBytes,
    });
  }

  async #explained(error: unknown, executor: Executor): Promise<unknown> {
    let found = error;
    if (error instanceof WeftError && error.category === 'EXECUTION') {
      found = (await wrongValue(this.#batch, executor)) ?? error;
    }
    return found === error
      ? ((await this.#plan.explain?.(error, this.#batch, executor)) ?? error)
      : found;
  }
}

function sum(one: ImportChanges, other: ImportChanges): ImportChanges {
  const counts = COUNTERS.map((name) => [name, one[name] + (other[name] ?? 0)]);
  return Object.fromEntries(counts) as ImportChanges;
}

interface Suspect {
  readonly line: number;
  readonly field: string;
  readonly value: Parameter;
}

/**
 * The first value of a batch that no query takes: whether the text of a date is one is known to the
 * database alone.
 */
async function wrongValue(
  batch: readonly PreparedRow[],
  executor: Executor,
): Promise<RowFault | undefined> {
  const suspects: Suspect[] = [];
  for (const { line, value } of batch) {
    collect(value, line, '', suspects);
  }
  let error = await refusal(suspects, executor);
  if (error === undefined) {
    return undefined;
  }
  let rest: readonly Suspect[] = suspects;
  while (rest.length > 1) {
    const half = rest.slice(0, rest.length >> 1);
    const first = await refusal(half, executor);
    rest = first === undefined ? rest.slice(half.length) : half;
    error = first ?? error;
  }
  const [{ line, field, value }] = rest as [Suspect];
  error = (await refusal(rest, executor)) ?? error;
  const kind = value instanceof Temporal ? value.kind : 'point';
  const message = `expected a ${kind}, found ${shown(String(value))}: ${error.message}`;
  return new RowFault(message, { line, field }, error);
}

function collect(value: Parameter, line: number, field: string, suspects: Suspect[]): void {
  if (value instanceof Temporal || value instanceof Point) {
    suspects.push({ line, field, value });
  } else if (Array.isArray(value)) {
    for (const element of value as readonly Parameter[]) {
      collect(element, line, field, suspects);
    }
  } else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [name, member] of Object.entries(value)) {
      collect(member as Parameter, line, name, suspects);
    }
  }
}

async function refusal(
  suspects: readonly Suspect[],
  executor: Executor,
): Promise<WeftError | undefined> {
  if (suspects.length === 0) {
    return undefined;
  }
  try {
    await executor.execute('RETURN size($values) AS size', {
      values: suspects.map(({ value }) => value),
    });
    return undefined;
  } catch (error) {
    if (error instanceof WeftError) {
      return error;
    }
    throw error;
  }
}
