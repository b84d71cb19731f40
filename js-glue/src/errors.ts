import { hintOf } from './hints.js';

/** What an error tells besides its message. */
export interface WeftErrorDetails {
  code: string;
  number: number;
  category?: string | undefined;
  type?: string | undefined;
  detail?: string | undefined;
  neo4jStatus?: string | undefined;
  offset?: number | undefined;
  line?: number | undefined;
  column?: number | undefined;
  cause?: unknown;
}

/**
 * The one error that WeftDB rejects with for what a caller, a query, the data or the storage did.
 *
 * The message is complete by itself; for a query it ends with the offending line and a caret.
 * Programs look at `code`, never at the message, which may be reworded in any version.
 */
export class WeftError extends Error {
  /** What failed, for programs, such as `UNDEFINED_VARIABLE`; the same as in Java. */
  readonly code: string;
  /** The number of the code; its thousands are its category. */
  readonly number: number;
  /** The kind of failure: `SYNTAX`, `SEMANTIC`, `EXECUTION`, `CONSTRAINT`, `CONFLICT`, `RESOURCE`, `IO`, `CORRUPTION` or `INTERNAL`. */
  readonly category: string;
  /** openCypher's classification, such as `SyntaxError`. */
  readonly type: string;
  /** openCypher's detail, such as `UndefinedVariable`. */
  readonly detail: string;
  /** The status under which Neo4j's drivers know such an error; empty where none fits. */
  readonly neo4jStatus: string;
  /** UTF-16 code units before the place in the query's text, from 0; undefined when it has none. */
  readonly offset: number | undefined;
  /** Line of the place in the query's text, from 1; undefined when the error has no place there. */
  readonly line: number | undefined;
  /** Code point in that line, from 1; undefined when the error has no place in the query. */
  readonly column: number | undefined;

  /** What can be done about errors of this code, in a sentence; undefined where that depends. */
  readonly hint: string | undefined;

  constructor(message: string, details: WeftErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'WeftError';
    this.code = details.code;
    this.number = details.number;
    this.category = details.category ?? 'INTERNAL';
    this.type = details.type ?? 'UsageError';
    this.detail = details.detail ?? '';
    this.neo4jStatus = details.neo4jStatus ?? '';
    this.offset = details.offset;
    this.line = details.line;
    this.column = details.column;
    this.hint = hintOf(details.code);
  }
}

/** The errors that JavaScript finds by itself; the Java half has the same codes. */
export const OWN_CODES = {
  INVALID_ARGUMENT: [3007, 'EXECUTION', 'ArgumentError', 'InvalidArgumentType'],
  NUMBER_OUT_OF_RANGE: [3006, 'EXECUTION', 'ArgumentError', 'NumberOutOfRange'],
  DATABASE_LOCKED: [5001, 'CONFLICT', 'DatabaseError', 'DatabaseLocked'],
  VALUE_TOO_LARGE: [6003, 'RESOURCE', 'ResourceError', 'ValueTooLarge'],
  WRITE_TURN_TIMED_OUT: [5003, 'CONFLICT', 'TransactionError', 'WriteTurnTimedOut'],
  CANCELLED: [6005, 'RESOURCE', 'ResourceError', 'Cancelled'],
  LOG_FAILED: [7005, 'IO', 'StorageError', 'LogFailed'],
  INVALID_CSV: [3040, 'EXECUTION', 'LoadCsvError', 'InvalidCsv'],
  INVALID_JSON: [3041, 'EXECUTION', 'ImportError', 'InvalidJson'],
  CSV_UNAVAILABLE: [7040, 'IO', 'LoadCsvError', 'CsvUnavailable'],
  IO_FAILED: [7001, 'IO', 'StorageError', 'InputOutputFailed'],
  NOT_A_DIRECTORY: [7004, 'IO', 'StorageError', 'NotADirectory'],
  STORAGE_FULL: [7006, 'IO', 'StorageError', 'StorageFull'],
  STORAGE_UNAVAILABLE: [7007, 'IO', 'StorageError', 'StorageUnavailable'],
  CONNECTION_LOST: [7050, 'IO', 'ConnectionError', 'ConnectionLost'],
  CORRUPTED: [8001, 'CORRUPTION', 'CorruptionError', 'Corrupted'],
  TRUNCATED: [8002, 'CORRUPTION', 'CorruptionError', 'Truncated'],
  NOT_OUR_FORMAT: [8003, 'CORRUPTION', 'CorruptionError', 'NotOurFormat'],
  FORMAT_TOO_NEW: [8004, 'CORRUPTION', 'CorruptionError', 'FormatTooNew'],
  FORMAT_TOO_OLD: [8005, 'CORRUPTION', 'CorruptionError', 'FormatTooOld'],
  KEY_REQUIRED: [8020, 'CORRUPTION', 'EncryptionError', 'KeyRequired'],
  WRONG_KEY: [8021, 'CORRUPTION', 'EncryptionError', 'WrongKey'],
  TAMPERED: [8022, 'CORRUPTION', 'EncryptionError', 'Tampered'],
  NOT_ENCRYPTED: [8023, 'CORRUPTION', 'EncryptionError', 'NotEncrypted'],
  INTERNAL: [9999, 'INTERNAL', 'InternalError', 'Internal'],
  CLOSED: [9001, 'INTERNAL', 'UsageError', 'Closed'],
  INVALID_USE: [9002, 'INTERNAL', 'UsageError', 'InvalidUse'],
  INSTANCE_FAILED: [9003, 'INTERNAL', 'InternalError', 'InstanceFailed'],
  MODULE_NOT_LOADED: [9004, 'INTERNAL', 'UsageError', 'ModuleNotLoaded'],
} as const;

/** Makes one of the errors that JavaScript finds by itself. */
export function failure(code: keyof typeof OWN_CODES, message: string, cause?: unknown): WeftError {
  const [number, category, type, detail] = OWN_CODES[code];
  return new WeftError(message, { code, number, category, type, detail, cause });
}

/** The error of a call that its caller does not want any more, with the reason for that. */
export function cancelled(signal: AbortSignal | undefined, error?: WeftError): WeftError {
  if (error === undefined) {
    return failure('CANCELLED', 'the call was cancelled by its signal', signal?.reason);
  }
  return new WeftError(error.message, { ...error, cause: signal?.reason });
}
