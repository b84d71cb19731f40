package org.weftdb.error;

/** What kind of failure an {@link ErrorCode} is; decides its range of numbers. */
public enum ErrorCategory {
  /** The query's text does not follow the grammar: 1000 to 1999. */
  SYNTAX,
  /** The query is well formed but has no meaning, found before it runs: 2000 to 2999. */
  SEMANTIC,
  /** The query failed on the values it met while it ran: 3000 to 3999. */
  EXECUTION,
  /** A constraint or an index refuses the change: 4000 to 4999. */
  CONSTRAINT,
  /** Another user of the database stands in the way: 5000 to 5999. */
  CONFLICT,
  /** A limit of size, depth, memory or time was reached: 6000 to 6999. */
  RESOURCE,
  /** The storage refused or failed: 7000 to 7999. */
  IO,
  /** Bytes are damaged, foreign, locked by a key, too old or too new: 8000 to 8999. */
  CORRUPTION,
  /** A call that the state of the object forbids, or a bug of WeftDB: 9000 to 9999. */
  INTERNAL
}
