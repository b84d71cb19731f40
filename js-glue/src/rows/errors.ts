import { failure, WeftError } from '../errors.js';

/** Where in a source something is. */
export interface RowPlace {
  /** Line of the source, from 1. */
  readonly line?: number | undefined;
  /** The name of the column or the key. */
  readonly field?: string | undefined;
  /** Bytes before the place, for what is no text. */
  readonly byteOffset?: number | undefined;
}

/**
 * A source of rows, or a row of it, is wrong; an {@link ImportError} is made of it that tells how
 * far the import has come.
 */
export class RowFault extends Error {
  readonly place: RowPlace;

  constructor(message: string, place: RowPlace, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.place = place;
  }
}

/**
 * Why an import ended before its source did, and what of it is in the database.
 *
 * `code` is `INVALID_CSV` or `INVALID_JSON` for what the source says, `CANCELLED` when its signal
 * was aborted, `IO_FAILED` when the source failed, and otherwise that of the query which failed.
 */
export class ImportError extends WeftError {
  /** How many rows are committed; they are the first ones of the source. */
  readonly rowsCommitted: number;
  /** How many rows were read. */
  readonly rowsRead: number;
  /** The line of the source where the row or the fault begins, from 1; undefined when not known. */
  readonly sourceLine: number | undefined;
  /** The name of the column or key; undefined when it is none's fault. */
  readonly field: string | undefined;
  /** Bytes of the source before what is no UTF-8; otherwise undefined. */
  readonly byteOffset: number | undefined;

  constructor(from: WeftError, place: RowPlace, rowsRead: number, rowsCommitted: number) {
    super(from.message, from);
    this.rowsRead = rowsRead;
    this.rowsCommitted = rowsCommitted;
    this.sourceLine = place.line;
    this.field = place.field;
    this.byteOffset = place.byteOffset;
  }
}

/** The error of an import that ended with some failure; the code is the one of a fault of the source. */
export function importError(
  error: unknown,
  code: 'INVALID_CSV' | 'INVALID_JSON',
  rowsRead: number,
  rowsCommitted: number,
): ImportError {
  if (error instanceof RowFault) {
    const { line, field } = error.place;
    const where = [line === undefined ? '' : `line ${line}`, field === undefined ? '' : field]
      .filter((part) => part !== '')
      .join(', ');
    const message = where === '' ? error.message : `${where}: ${error.message}`;
    const cause = failure(code, message, error.cause);
    return new ImportError(cause, error.place, rowsRead, rowsCommitted);
  }
  const known =
    error instanceof WeftError
      ? error
      : failure('IO_FAILED', `the source of the rows failed: ${textOf(error)}`, error);
  return new ImportError(known, {}, rowsRead, rowsCommitted);
}

/** The error of a signal that was aborted. */
export function cancelled(signal: AbortSignal): WeftError {
  return failure('CANCELLED', 'the signal was aborted', signal.reason);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A text as an error shows it, cut when it is long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
