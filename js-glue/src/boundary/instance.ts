import { failure, WeftError } from '../errors.js';
import type { Extensions } from './extensions.js';
import { Reader } from './reader.js';
import type { CsvTables } from './csv.js';
import { canSuspend, type Host, startModule, type StartedModule } from './runtime.js';
import type { Watch } from './watch.js';

/** The version of the boundary that `Exports.BOUNDARY_VERSION` must agree with. */
export const BOUNDARY_VERSION = 14;

/** What `Exports` of the Java half offers; a negative result is minus the length of a failure record. */
export interface Functions {
  boundaryVersion(): number;
  reserveWindow(length: number): number;
  windowAddress(): number;
  beginIn(length: number): number;
  writePart(offset: number, length: number): number;
  readPart(offset: number, length: number): number;
  giveFile(length: number): number;
  open(length: number, isStored: number): number;
  run(
    length: number,
    nowMillis: number,
    timeoutMillis: number,
    transaction: number,
    flags: number,
  ): number;
  countStatements(length: number): number;
  beginTransaction(writes: number, nowMillis: number): number;
  endTransaction(id: number, commits: number): number;
  savepoint(id: number): number;
  rollbackTo(id: number, savepoint: number): number;
  check(length: number): number;
  complete(length: number): number;
  nextPiece(cursor: number): number;
  closeCursor(cursor: number): number;
  explain(length: number): number;
  stats(linearMemoryBytes: number): number;
  footprint(length: number): number;
  watchChanges(on: number): number;
  takeChanges(): number;
  saveSnapshot(): number;
  exportArchive(): number;
  loadSnapshot(nowMillis: number): number;
  takeOperations(): number;
  sync(): number;
  setDurability(perCommit: number): number;
  checkpoint(nowMillis: number): number;
  checkpointIsDue(): number;
  needsSync(): number;
  logStatus(): number;
  close(): number;
}

/** The functions that may run for long, and that the host can suspend where it is able to. */
type LongFunctions = Pick<Functions, 'run' | 'nextPiece'>;

/** `WebAssembly` with JavaScript Promise Integration, which not every host has. */
interface PromiseIntegration {
  Suspending?: unknown;
  promising?: <A extends unknown[], R>(wasm: (...args: A) => R) => (...args: A) => Promise<R>;
}

/** The errors whose cause may be what a function or procedure of the user has thrown. */
const EXTENSION_FAILURES = ['FUNCTION_FAILED', 'PROCEDURE_FAILED'];

/** Snapshots and files cross in pieces of this size. */
const PART_BYTES = 1 << 20;

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
  readonly #long: { [N in keyof LongFunctions]?: (...args: number[]) => Promise<number> } = {};
  #running = false;

  private constructor(started: StartedModule, readers: typeof Reader, host: Host) {
    this.#started = started;
    this.#host = host;
    this.#readers = readers;
    this.#functions = started.exports as unknown as Functions;
    const promising = (WebAssembly as PromiseIntegration).promising;
    if (canSuspend() && promising !== undefined) {
      for (const name of ['run', 'nextPiece'] as const) {
        const plain = this.#functions[name] as ((...args: number[]) => number) | undefined;
        if (plain !== undefined) {
          this.#long[name] = promising(plain);
        }
      }
    }
  }

  static async start(
    module: WebAssembly.Module,
    readers: typeof Reader,
    extensions: Extensions,
  ): Promise<Instance> {
    const host: Host = { tables: null, extensions, readers, watch: null };
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

  /** How long its linear memory is. */
  get linearMemoryBytes(): number {
    return this.#started?.memory.buffer.byteLength ?? 0;
  }

  /** Why it is dead, or null. */
  get death(): WeftError | null {
    return this.#death;
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
      throw failure('INVALID_USE', 'a call into the database while another one is suspended');
    }
    this.#running = true;
    let result: number;
    try {
      result = (this.#functions[name] as (...args: number[]) => number)(...args);
    } catch (cause) {
      throw this.#die(cause);
    } finally {
      this.#running = false;
    }
    return this.#checked(result);
  }

  /** The same for a call that may take long and looks after a {@link Watch}. */
  async callLong<N extends keyof LongFunctions>(
    name: N,
    watch: Watch,
    ...args: Parameters<Functions[N]>
  ): Promise<number> {
    const suspendable = this.#long[name];
    if (suspendable === undefined) {
      this.#host.watch = watch;
      try {
        return this.call(name, ...args);
      } finally {
        this.#host.watch = null;
      }
    }
    if (this.#started === null) {
      throw this.#death ?? failure('CLOSED', 'the database is closed');
    }
    this.#running = true;
    watch.suspendable = true;
    this.#host.watch = watch;
    let result: number;
    try {
      result = await suspendable(...args);
    } catch (cause) {
      throw this.#die(cause);
    } finally {
      this.#host.watch = null;
      this.#running = false;
    }
    return this.#checked(result);
  }

  #checked(result: number): number {
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
        'the database failed earlier and is unusable; make or open it again with createDatabase',
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

  /** Carries bytes in piece by piece, for `giveFile` or `loadSnapshot`. */
  carryIn(bytes: Uint8Array): void {
    this.call('beginIn', bytes.length);
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      const part = bytes.subarray(at, at + PART_BYTES);
      this.fill(part);
      this.call('writePart', at, part.length);
    }
  }

  /** Carries bytes out piece by piece. */
  carryOut(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += PART_BYTES) {
      const part = Math.min(PART_BYTES, length - at);
      this.call('readPart', at, part);
      bytes.set(this.window(part), at);
    }
    return bytes;
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
