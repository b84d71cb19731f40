package org.weftdb.cypher.procedure;

import java.util.List;

/**
 * What a procedure sees of the database that called it: the graph as it is for the clause with the
 * CALL. Valid until the query has ended, for the thread that runs it.
 */
public interface ProcedureContext {
  /** The labels that some node has, sorted. */
  List<String> labels();

  /** The types that some relationship has, sorted. */
  List<String> relationshipTypes();

  /** The property keys that were ever used, sorted; they stay when no property is left. */
  List<String> propertyKeys();

  /**
   * Ends the query when its caller does not want it any more. For procedures that take long before
   * they give a row; between rows it is asked for them.
   *
   * @throws org.weftdb.error.WeftException CANCELLED, or why the database cannot be used
   */
  void checkCancelled();
}
