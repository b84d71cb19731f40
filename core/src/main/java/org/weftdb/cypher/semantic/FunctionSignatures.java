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

  /**
   * Why a function of openCypher cannot be called here, or null when it is not one: {@code WeftDB
   * has no temporal values}.
   *
   * @param lowerCaseName a name that {@link #find} does not know
   */
  default @Nullable String whyNotSupported(String lowerCaseName) {
    return null;
  }
}
