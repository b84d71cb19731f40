package org.weftdb.cypher.semantic;

import java.util.List;

/**
 * What the analysis knows of a function.
 *
 * @param minimumArguments the fewest arguments it takes
 * @param maximumArguments the most arguments it takes
 * @param aggregate whether it makes one value of many rows
 * @param deterministic whether equal arguments give equal results within a query; {@code rand} and
 *     its like do not, and must not stand inside an aggregate
 * @param argumentTypes the types of the first arguments; what is not listed is {@link
 *     CypherType#ANY}. An argument that certainly is of another type is refused before the query
 *     runs, so a type that the function answers with null, or refuses only at run time, is not left
 *     out of these
 * @param result what it returns when not null
 */
public record FunctionSignature(
    int minimumArguments,
    int maximumArguments,
    boolean aggregate,
    boolean deterministic,
    List<CypherType> argumentTypes,
    CypherType result) {
  public FunctionSignature {
    argumentTypes = List.copyOf(argumentTypes);
    if (minimumArguments < 0 || maximumArguments < minimumArguments) {
      throw new IllegalArgumentException(
          "not a number of arguments: " + minimumArguments + " to " + maximumArguments);
    }
  }

  /** A deterministic function of one value per row. */
  public static FunctionSignature scalar(
      int minimumArguments, int maximumArguments, CypherType result, CypherType... arguments) {
    return new FunctionSignature(
        minimumArguments, maximumArguments, false, true, List.of(arguments), result);
  }

  /** An aggregate. */
  public static FunctionSignature aggregate(
      int minimumArguments, int maximumArguments, CypherType result, CypherType... arguments) {
    return new FunctionSignature(
        minimumArguments, maximumArguments, true, true, List.of(arguments), result);
  }

  CypherType argumentType(int index) {
    return index < argumentTypes.size() ? argumentTypes.get(index) : CypherType.ANY;
  }
}
