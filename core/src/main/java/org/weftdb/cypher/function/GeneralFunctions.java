package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueEquality;

/** Functions on any value, and those that ask the query for chance and the clock. */
final class GeneralFunctions {
  private GeneralFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.SCALAR);
    library.add(
        "coalesce(input :: ANY...) :: ANY",
        "The first value that is not null.",
        (arguments, context) -> firstNotNull(arguments));
    library.add(
        "nullIf(value :: ANY, unwanted :: ANY) :: ANY",
        "Null when both values are equal, else the first.",
        (arguments, context) ->
            Boolean.TRUE.equals(ValueEquality.equal(arguments[0], arguments[1]))
                ? null
                : arguments[0]);
    library.add(
        "valueType(input :: ANY) :: STRING",
        "The most precise type of a value, such as INTEGER NOT NULL.",
        (arguments, context) -> TypeNames.of(arguments[0]));
    library.add(
        "timestamp() :: INTEGER",
        "Milliseconds since 1970-01-01T00:00Z, the same for the whole statement.",
        (arguments, context) -> context.timestampMillis());
    library.addUnsteady(
        "randomUUID() :: STRING",
        "A random UUID of version 4.",
        (arguments, context) -> randomUuid(context));
    library.category(FunctionCategory.PREDICATE);
    library.add(
        "exists(input :: ANY) :: BOOLEAN",
        "Whether a property is there, or a pattern has an occurrence.",
        (arguments, context) -> arguments[0] != null);
    library.construct(
        "all(variable :: VARIABLE, list :: LIST<ANY>) :: BOOLEAN",
        "Whether a predicate holds for all elements: all(x IN list WHERE predicate).");
    library.construct(
        "any(variable :: VARIABLE, list :: LIST<ANY>) :: BOOLEAN",
        "Whether a predicate holds for an element: any(x IN list WHERE predicate).");
    library.construct(
        "none(variable :: VARIABLE, list :: LIST<ANY>) :: BOOLEAN",
        "Whether a predicate holds for no element: none(x IN list WHERE predicate).");
    library.construct(
        "single(variable :: VARIABLE, list :: LIST<ANY>) :: BOOLEAN",
        "Whether a predicate holds for exactly one element: single(x IN list WHERE predicate).");
    library.category(FunctionCategory.LIST);
    library.construct(
        "reduce(accumulator :: VARIABLE, variable :: VARIABLE, list :: LIST<ANY>) :: ANY",
        "A list folded into one value: reduce(sum = 0, x IN list | sum + x).");
    library.category(FunctionCategory.LOAD_CSV);
    // Behind a LOAD CSV the planner puts what the clause knows in their places.
    library.add(
        "linenumber() :: INTEGER",
        "The number of the line that LOAD CSV has read last.",
        (arguments, context) -> null);
    library.add(
        "file() :: STRING", "The name of what LOAD CSV reads.", (arguments, context) -> null);
    library.category(FunctionCategory.NUMERIC);
    library.addUnsteady(
        "rand() :: FLOAT",
        "A random number from 0.0 (inclusive) to 1.0 (exclusive).",
        (arguments, context) -> context.random());
  }

  private static @Nullable Object firstNotNull(@Nullable Object[] arguments) {
    for (Object argument : arguments) {
      if (argument != null) {
        return argument;
      }
    }
    return null;
  }

  /** A random identifier of version 4 (RFC 9562). */
  private static String randomUuid(FunctionContext context) {
    StringBuilder text = new StringBuilder(36);
    for (int part = 0; part < 4; part++) {
      long bits = (long) (context.random() * 0x1p32);
      for (int digit = 0; digit < 8; digit++) {
        int position = part * 8 + digit;
        if (position == 8 || position == 12 || position == 16 || position == 20) {
          text.append('-');
        }
        int nibble = (int) (bits >>> 28 - 4 * digit) & 15;
        if (position == 12) {
          nibble = 4;
        } else if (position == 16) {
          nibble = nibble & 3 | 8;
        }
        text.append("0123456789abcdef".charAt(nibble));
      }
    }
    return text.toString();
  }
}
