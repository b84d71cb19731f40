package org.weftdb.cypher.semantic;

import org.jspecify.annotations.Nullable;

/** The functions that a query may call. */
public interface FunctionSignatures {
  /**
   * The signature of a function, or null when there is none.
   *
   * @param lowerCaseName the name with its namespaces in lower case
   */
  @Nullable FunctionSignature find(String lowerCaseName);
}
