/**
 * What can be done about each error, for people. A code whose errors have nothing in common that
 * helps has null: its messages say what was expected.
 */
const HINTS: Readonly<Record<string, string | null>> = {
  UNEXPECTED_SYNTAX: null,
  INVALID_NUMBER_LITERAL: 'Write an integer as 12, 0x1F or 0o17 and a float as 1.5 or 1e3.',
  INTEGER_LITERAL_OVERFLOW:
    'Integers are from -9223372036854775808 to 9223372036854775807; with a fraction the number is a float.',
  FLOAT_LITERAL_OVERFLOW: 'Floats are at most 1.7976931348623157e308.',
  INVALID_UNICODE_LITERAL: 'Write \\u and four hexadecimal digits.',
  INVALID_UNICODE_CHARACTER: 'Put the character in a string, or leave it out.',
  INVALID_RELATIONSHIP_PATTERN:
    'Write a relationship as -[:TYPE]->, <-[:TYPE]- or, where the direction does not matter, -[:TYPE]-.',
  UNDEFINED_VARIABLE: 'Bind the variable before, and let each WITH pass it on.',
  VARIABLE_ALREADY_BOUND: 'Give it another name.',
  VARIABLE_TYPE_CONFLICT:
    'A variable is a node, a relationship, a path or a value, not two of them: use another name.',
  INVALID_ARGUMENT_TYPE: null,
  NO_SINGLE_RELATIONSHIP_TYPE: 'A relationship that is created has exactly one type.',
  AMBIGUOUS_AGGREGATION: 'Compute what is beside the aggregation in a WITH before it.',
  NEGATIVE_INTEGER_ARGUMENT: 'Use an integer from 0.',
  INVALID_PARAMETER_USE:
    'Parameters stand for values; for a label, type or key write $(parameter) or n[$parameter].',
  INVALID_NUMBER_OF_ARGUMENTS: 'The list of functions tells which arguments each takes.',
  INVALID_AGGREGATION: 'Aggregations stand in WITH and RETURN.',
  NON_CONSTANT_EXPRESSION: 'Use a literal or a parameter here.',
  INVALID_CLAUSE_COMPOSITION:
    'Put a WITH between clauses that write and clauses that read, and RETURN at the end.',
  REQUIRES_DIRECTED_RELATIONSHIP: 'Give the relationship a direction, -[:TYPE]-> or <-[:TYPE]-.',
  INVALID_DELETE:
    'DELETE takes nodes, relationships and paths; REMOVE takes labels and properties away.',
  DIFFERENT_COLUMNS_IN_UNION: 'Give the columns of all parts the same names with AS.',
  CREATING_VARIABLE_LENGTH: 'Create each relationship by itself.',
  COLUMN_NAME_CONFLICT: 'Give one of the columns another name with AS.',
  UNKNOWN_FUNCTION:
    'The list of functions tells the names; functions of your own are an option of createDatabase.',
  RELATIONSHIP_UNIQUENESS_VIOLATION: 'A pattern passes a relationship once: use another variable.',
  NO_VARIABLES_IN_SCOPE: 'Bind a variable before RETURN * or WITH *.',
  NO_EXPRESSION_ALIAS: 'Give the expression a name with AS.',
  NESTED_AGGREGATION: 'Compute the inner aggregation in a WITH before.',
  INVALID_ARGUMENT_PASSING_MODE: null,
  PROCEDURE_NOT_FOUND: 'Procedures of your own are an option of createDatabase.',
  MISSING_PARAMETER: 'Give the parameter in the second argument of the call.',
  INVALID_OPERAND_TYPE: null,
  NOT_SUPPORTED: null,
  INVALID_ARGUMENT_VALUE: null,
  TYPE_MISMATCH: null,
  MAP_ELEMENT_ACCESS_BY_NON_STRING: null,
  LIST_ELEMENT_ACCESS_BY_NON_INTEGER: null,
  INVALID_PROPERTY_TYPE:
    'Properties hold scalars, temporal values, points, vectors, byte strings and lists of them; give a map or a node properties of its own.',
  NUMBER_OUT_OF_RANGE: null,
  INVALID_ARGUMENT: null,
  NEGATIVE_ROW_COUNT: 'Use an integer from 0.',
  NON_INTEGER_ROW_COUNT: 'Use an integer from 0; toInteger makes one of a float.',
  DELETED_ENTITY_ACCESS: 'Read what is needed before DELETE.',
  MERGE_WITH_NULL_PROPERTY: 'Leave rows out whose value is null, with WHERE before MERGE.',
  INTEGER_OVERFLOW: 'Compute with floats, by toFloat.',
  DIVISION_BY_ZERO: 'Leave out or replace zeros, with CASE or nullIf.',
  PROCEDURE_FAILED: null,
  INVALID_CAST: 'TRY_CAST gives null in place of an error.',
  INVALID_CSV: 'The message names the line; delimiter and quote are options.',
  INVALID_JSON:
    'The message names the line; jsonl has an object on each line, json one array of objects.',
  FUNCTION_FAILED: null,
  DELETE_CONNECTED_NODE: 'DETACH DELETE deletes the relationships too.',
  INDEX_ALREADY_EXISTS: 'IF NOT EXISTS leaves what is there.',
  INDEX_NOT_FOUND: 'IF EXISTS does nothing then; SHOW INDEXES lists them.',
  CONSTRAINT_VIOLATED: 'MERGE finds what is there; SHOW CONSTRAINTS lists the constraints.',
  CONSTRAINT_ALREADY_EXISTS: 'IF NOT EXISTS leaves what is there.',
  CONSTRAINT_NOT_FOUND: 'IF EXISTS does nothing then; SHOW CONSTRAINTS lists them.',
  INDEX_BELONGS_TO_CONSTRAINT: 'Drop the constraint.',
  DATABASE_LOCKED: 'Close the database where it is open.',
  WRITE_IN_READ_TRANSACTION: 'Begin the transaction for writing.',
  WRITE_TURN_TIMED_OUT: 'Try again, and keep transactions that write short.',
  NESTED_TRANSACTIONS:
    'Give the queries of a transaction to it, and run CALL { } IN TRANSACTIONS outside of one.',
  NESTING_TOO_DEEP: 'Divide the expression, or pass the data as a parameter.',
  QUERY_TOO_LARGE: 'Pass data as parameters, not as text.',
  VALUE_TOO_LARGE: 'Divide the value.',
  LIMIT_REACHED: null,
  CANCELLED: null,
  MEMORY_LIMIT:
    'Give the query a LIMIT, use CALL { } IN TRANSACTIONS, or a larger queryMemoryBytes.',
  TIMED_OUT: 'See with EXPLAIN whether an index is missing, or use a larger timeoutMillis.',
  IO_FAILED: 'The cause tells more.',
  FILE_NOT_FOUND: null,
  FILE_ALREADY_EXISTS: null,
  NOT_A_DIRECTORY: null,
  LOG_FAILED: 'Open the database again: what was acknowledged is there.',
  STORAGE_FULL: 'Make room: delete what is not needed, or let the host give more.',
  STORAGE_UNAVAILABLE: 'Choose another storage; the message tells what is missing.',
  CONNECTION_LOST: 'Try again; before a write is repeated, look whether it was made.',
  CSV_UNAVAILABLE: 'The option loadCsv of createDatabase decides what LOAD CSV reads.',
  CSV_PENDING: 'Let loadCsv give the table at once, not a promise.',
  CORRUPTED: 'Restore a snapshot or a copy.',
  TRUNCATED: 'Get the whole file again.',
  NOT_OUR_FORMAT: 'Look whether it is the right file.',
  FORMAT_TOO_NEW: 'Use a newer version of WeftDB.',
  FORMAT_TOO_OLD: 'Load it with the version that wrote it.',
  SEGMENT_MISSING: 'Put the missing file back, or restore a snapshot.',
  FOREIGN_FILE: 'Take the file away, which is not of this database.',
  KEY_REQUIRED: 'Give the password or the key.',
  WRONG_KEY: 'Give the password or key that it was written with.',
  TAMPERED: 'Do not trust it: restore another copy.',
  NOT_ENCRYPTED: 'Leave the password or key out, if it need not be encrypted.',
  CLOSED: 'Open the database again.',
  INVALID_USE: null,
  INSTANCE_FAILED: 'Open a new database; the cause tells more.',
  MODULE_NOT_LOADED: 'The option wasm of createDatabase says where weft.wasm is.',
  INTERNAL: 'This is a bug of WeftDB: please report it with the message.',
};

/** The codes that have an entry. @internal */
export const HINTED_CODES: readonly string[] = Object.keys(HINTS);

/** What can be done about errors of a code, or undefined. */
export function hintOf(code: string): string | undefined {
  return Object.hasOwn(HINTS, code) ? (HINTS[code] ?? undefined) : undefined;
}
