import { failure, WeftError } from '../errors.js';
import type { Extensions } from './extensions.js';
import { Reader } from './reader.js';
import type { CsvTables } from './csv.js';
import { type Host, startModule, type StartedModule } from './runtime.js';

/** The version of the boundary that `Exports.BOUNDARY_VERSION` must agree with. */
const BOUNDARY_VERSION = 10;

/** What `Exports` of the Java half offers; a negative result is minus the length of a failure record. */
export interface Functions {
  boundaryVersion(): number;
  reserveWindow(length: number): number;
  windowAddress(): number;
  open(
    seedHigh: number,
    seedLow: number,
    memoryBytes: number,
    timeoutMillis: number,
    length: number,
  ): number;
  execute(length: number, nowMillis: number): number;
  profile(length: number, nowMillis: number): number;
  plan(cursor: number): number;
  beginScript(length: number): number;
  executeStatement(index: number, length: number, nowMillis: number): number;
  check(length: number): number;
  complete(length: number): number;
  nextBatch(cursor: number): number;
  closeCursor(cursor: number): number;
  explain(length: number): number;
  nodeCount(): number;
  relationshipCount(): number;
  saveSnapshot(): number;
  readSnapshot(offset: number, length: number): number;
  beginLoad(length: number): number;
  writeSnapshot(offset: number, length: number): number;
  finishLoad(): number;
}

/** The errors whose cause may be what a function or procedure of the user has thrown. */
const EXTENSION_FAILURES = ['FUNCTION_FAILED', 'PROCEDURE_FAILED'];

/** What {@link Functions} answer when not even a failure record could be made. */
const FAILED_WITHOUT_RECORD = -0x8000_0000;

/**
 * A running instance of the module, with the window both sides work on.
 *
 * A trap or a stack overflow leaves Java's half in the middle of anything, so the instance is dead
 * from then on: it is dropped and every later call is refused.
 */
export class Instance {
  #started: StartedModule | null;
  #functions: Functions;
  #death: WeftError | null = null;

  readonly #readers: typeof Reader;
  readonly #host: Host;
  #running = false;

  private constructor(started: StartedModule, readers: typeof Reader, host: Host) {
    this.#started = started;
    this.#host = host;
    this.#readers = readers;
    this.#functions = started.exports as unknown as Functions;
  }

  static async start(
    module: WebAssembly.Module,
    readers: typeof Reader,
    extensions: Extensions,
  ): Promise<Instance> {
    const host: Host = { tables: null, extensions, readers };
    const instance = new Instance(await startModule(module, host), readers, host);
    const version = instance.#functions.boundaryVersion?.();
    if (version !== BOUNDARY_VERSION) {
      throw failure(
        'MODULE_NOT_LOADED',
        `weft.wasm belongs to another version of the package (boundary ${version})`,
      );
    }
    return instance;
  }

  get dead(): boolean {
    return this.#started === null;
  }

  /** Forgets the instance, so that its memory can be freed. */
  drop(reason: WeftError): void {
    this.#death ??= reason;
    this.#started = null;
    this.#functions = {} as Functions;
  }

  /** Names the tables that Java may ask for from now on. */
  use(tables: CsvTables): void {
    this.#host.tables = tables;
  }

  /** Calls into Java: gives what it answers or throws what it failed with. */
  call<N extends keyof Functions>(name: N, ...args: Parameters<Functions[N]>): number {
    if (this.#started === null) {
      throw this.#death ?? failure('CLOSED', 'the database is closed');
    }
    if (this.#running) {
      // Java's half is in the middle of a query that has called back.
      throw failure('INVALID_USE', 'a callback of a query cannot use the database it is called by');
    }
    let result: number;
    this.#running = true;
    try {
      result = (this.#functions[name] as (...args: number[]) => number)(...args);
    } catch (cause) {
      throw this.#die(cause);
    } finally {
      this.#running = false;
    }
    if (result === FAILED_WITHOUT_RECORD) {
      throw this.#die(new Error('the failure could not be described'));
    }
    if (result < 0) {
      throw this.#failure(-result);
    }
    return result;
  }

  #die(cause: unknown): WeftError {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    this.drop(
      failure(
        'INSTANCE_FAILED',
        'the database failed earlier and is unusable; make a new one with createDatabase',
        cause,
      ),
    );
    return failure('INSTANCE_FAILED', `the database failed and is now unusable: ${reason}`, cause);
  }

  #failure(length: number): WeftError {
    const reader = this.reader(length);
    const number = reader.readCount();
    const code = reader.readString();
    const category = reader.readString();
    const type = reader.readString();
    const detail = reader.readString();
    const neo4jStatus = reader.readString();
    const message = reader.readString();
    const offset = reader.readCount();
    const line = reader.readCount() || undefined;
    const column = reader.readCount() || undefined;
    const place = { offset: offset === 0 ? undefined : offset - 1, line, column };
    const cause = EXTENSION_FAILURES.includes(code) ? this.#host.extensions.takeCause() : undefined;
    return new WeftError(message, {
      code,
      number,
      category,
      type,
      detail,
      neo4jStatus,
      ...place,
      cause,
    });
  }

  /** The first bytes of the window; valid until the next call. */
  window(length: number): Uint8Array<ArrayBuffer> {
    return this.#bytesAt(this.call('windowAddress'), length);
  }

  #bytesAt(address: number, length: number): Uint8Array<ArrayBuffer> {
    const memory = (this.#started as StartedModule).memory;
    return new Uint8Array(memory.buffer as ArrayBuffer, address, length);
  }

  /** A reader of the first bytes of the window; valid until the next call. */
  reader(length: number): Reader {
    return new this.#readers(this.window(length));
  }

  /** Puts bytes at the front of the window. */
  fill(bytes: Uint8Array): void {
    this.#bytesAt(this.call('reserveWindow', bytes.length), bytes.length).set(bytes);
  }
}
