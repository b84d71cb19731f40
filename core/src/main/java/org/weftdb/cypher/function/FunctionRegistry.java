package org.weftdb.cypher.function;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All functions by canonical name: the name in lower case, with its namespace, aliases included.
 *
 * <p>Immutable.
 */
public final class FunctionRegistry {
  private static final FunctionRegistry STANDARD = new FunctionRegistry();

  private final Map<String, FunctionDefinition> scalars = new HashMap<>();
  private final Map<String, AggregateFunction> aggregates = new HashMap<>();

  private FunctionRegistry() {
    for (AggregateFunction function : AggregateFunction.values()) {
      aggregates.put(Cases.lowerAscii(function.functionName()), function);
    }
  }

  /** The functions of WeftDB. */
  public static FunctionRegistry standard() {
    return STANDARD;
  }

  /** The scalar function of a canonical name, or null. */
  public @Nullable FunctionDefinition scalar(String canonicalName) {
    return scalars.get(canonicalName);
  }

  /** The aggregate function of a canonical name, or null. */
  public @Nullable AggregateFunction aggregate(String canonicalName) {
    return aggregates.get(canonicalName);
  }
}
