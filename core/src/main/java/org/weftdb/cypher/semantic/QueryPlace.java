package org.weftdb.cypher.semantic;

/** Where a query stands, which decides what it may do and how it may end. */
enum QueryPlace {
  /** It is the whole statement. */
  WHOLE,
  /** Inside CALL: it may change the graph, and what it returns are further variables. */
  CALL,
  /** Inside EXISTS or COUNT: only its rows count, so that RETURN may be left out. */
  ROWS,
  /** Inside COLLECT: it returns one column. */
  COLLECT;

  /** Whether it only reads and sees all variables around it. */
  boolean isExpression() {
    return this == ROWS || this == COLLECT;
  }
}
