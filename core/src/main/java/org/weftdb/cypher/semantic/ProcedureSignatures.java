package org.weftdb.cypher.semantic;

import org.jspecify.annotations.Nullable;

/** The procedures that a query may call. */
public interface ProcedureSignatures {
  /** No procedures at all. */
  ProcedureSignatures NONE = name -> null;

  /**
   * The signature of a procedure, or null when there is none.
   *
   * @param name the name with its namespaces as written
   */
  @Nullable ProcedureSignature find(String name);
}
