package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;

/** The body of a scalar function. */
@FunctionalInterface
public interface ScalarFunction {
  /**
   * Computes the function for one row.
   *
   * @param arguments between the minimum and the maximum of the definition; may be reused by the
   *     caller after the call, so it must not be kept
   * @throws org.weftdb.error.WeftException when an argument has a type or a value that the function
   *     cannot work on
   */
  @Nullable Object call(@Nullable Object[] arguments, FunctionContext context);
}
