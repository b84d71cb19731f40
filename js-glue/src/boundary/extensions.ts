/** The functions and procedures of a database's user; see `HostExtensions` of the Java half. */
import type { UserFunction, UserProcedure } from '../api.js';
import { failure } from '../errors.js';
import type { Reader } from './reader.js';
import { Writer } from './writer.js';

/** Rows are fetched so many at a time, the first few alone, so that a LIMIT stops them early. */
const FIRST_ROWS = 4;
const MOST_ROWS = 256;

interface OpenCall {
  readonly procedure: UserProcedure;
  readonly rows: Iterator<readonly unknown[]>;
  next: number;
}

/**
 * What the module calls while it runs a query. It cannot wait, so nothing here may be a promise.
 * An error that is thrown is kept, to be the cause of the one that the query rejects with.
 */
export class Extensions {
  readonly #functions: readonly UserFunction[];
  readonly #procedures: readonly UserProcedure[];
  readonly #calls = new Map<number, OpenCall>();
  #lastCall = 0;
  #answer = new Uint8Array(0);
  #cause: unknown = undefined;

  constructor(functions: readonly UserFunction[], procedures: readonly UserProcedure[]) {
    this.#functions = functions;
    this.#procedures = procedures;
  }

  /** The signatures as the module reads them when it is opened. */
  writeSignatures(writer: Writer): void {
    for (const list of [this.#functions, this.#procedures]) {
      writer.writeCount(list.length);
      for (const { signature, call } of list) {
        if (typeof signature !== 'string' || typeof call !== 'function') {
          throw failure(
            'INVALID_ARGUMENT',
            'a function or procedure has a signature, a string, and a call, a function',
          );
        }
        writer.writeString(signature);
      }
    }
  }

  /** What was thrown since this was asked last. */
  takeCause(): unknown {
    const cause = this.#cause;
    this.#cause = undefined;
    return cause;
  }

  /** Calls a function and answers how long its value is, or minus the length of why it failed. */
  callFunction(index: number, request: Reader): number {
    return this.#answering((writer) => {
      const { call } = this.#functions[index] as UserFunction;
      writer.writeValue(atOnce(call(...(request.readValue() as never[]))), 'the value');
    });
  }

  /** Calls a procedure and answers a handle for its rows, or minus the length of why it failed. */
  callProcedure(index: number, request: Reader): number {
    const procedure = this.#procedures[index] as UserProcedure;
    let rows: Iterator<readonly unknown[]> | undefined;
    const failed = this.#answering(() => {
      const given = atOnce(procedure.call(...(request.readValue() as never[])));
      rows = iteratorOf(given);
    });
    if (rows === undefined) {
      return failed;
    }
    this.#calls.set(++this.#lastCall, { procedure, rows, next: FIRST_ROWS });
    return this.#lastCall;
  }

  /** The next rows of a call: their count, 0 at the end, and as many lists. */
  nextRows(handle: number): number {
    return this.#answering((writer) => {
      const call = this.#calls.get(handle);
      const rows: (readonly unknown[])[] = [];
      while (call !== undefined && rows.length < call.next) {
        const { done, value } = call.rows.next();
        if (done === true) {
          break;
        }
        if (!Array.isArray(value)) {
          throw new TypeError('a row of a procedure is an array with a value for each column');
        }
        rows.push(value);
      }
      if (call !== undefined) {
        call.next = Math.min(4 * call.next, MOST_ROWS);
      }
      if (rows.length === 0) {
        this.#calls.delete(handle);
      }
      writer.writeCount(rows.length);
      for (const row of rows) {
        writer.writeValue(row, 'a row');
      }
    });
  }

  /** Puts the last answer into a part of memory that has room for it. */
  takeAnswer(target: Uint8Array): void {
    target.set(this.#answer);
  }

  /** How long the last answer is. */
  get answerLength(): number {
    return this.#answer.length;
  }

  /** Gives up rows that nobody will ask for. */
  end(): void {
    for (const { rows } of this.#calls.values()) {
      try {
        rows.return?.();
      } catch {
        // The query that called it has ended, so that there is nobody to tell.
      }
    }
    this.#calls.clear();
  }

  #answering(write: (writer: Writer) => void): number {
    let writer = new Writer();
    let failed = false;
    try {
      write(writer);
    } catch (error) {
      failed = true;
      this.#cause = error;
      writer = new Writer();
      writer.writeString(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
    this.#answer = writer.bytes().slice();
    return failed ? -this.#answer.length : this.#answer.length;
  }
}

/** Refuses promises: the query could not wait for them. */
function atOnce(value: unknown): unknown {
  if (typeof (value as { then?: unknown } | null | undefined)?.then === 'function') {
    // Nobody waits for it, so that its failure would end the program.
    Promise.resolve(value).catch(() => undefined);
    throw new TypeError('it gave a promise, which a query cannot wait for');
  }
  return value;
}

function iteratorOf(given: unknown): Iterator<readonly unknown[]> {
  if (given === undefined || given === null) {
    return [][Symbol.iterator]();
  }
  const iterate = (given as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  if (typeof iterate !== 'function') {
    throw new TypeError('a procedure gives its rows as an iterable, such as an array of arrays');
  }
  return (given as Iterable<readonly unknown[]>)[Symbol.iterator]();
}
