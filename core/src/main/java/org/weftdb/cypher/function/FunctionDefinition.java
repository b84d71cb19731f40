package org.weftdb.cypher.function;

/**
 * A scalar function and how it may be called.
 *
 * @param name the name as it is usually written, such as {@code toUpper}
 * @param minimumArguments the least number of arguments
 * @param maximumArguments the largest number of arguments; {@link #ANY_NUMBER} when there is none
 * @param deterministic whether equal arguments give equal results within a statement, so that a call
 *     may be computed once; {@code rand()} is not
 * @param body what it computes
 */
public record FunctionDefinition(
    String name,
    int minimumArguments,
    int maximumArguments,
    boolean deterministic,
    ScalarFunction body) {
  /** No limit to the number of arguments. */
  public static final int ANY_NUMBER = Integer.MAX_VALUE;

  public FunctionDefinition {
    if (minimumArguments < 0 || maximumArguments < minimumArguments) {
      throw new IllegalArgumentException(
          name + " takes " + minimumArguments + " to " + maximumArguments + " arguments");
    }
  }
}
