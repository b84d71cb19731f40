package org.weftdb.cypher.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;
import org.weftdb.value.ValueEquality;

/** Functions on any value, and those that ask the query for chance and the clock. */
final class GeneralFunctions {
  private GeneralFunctions() {}

  static void addTo(Library library) {
    library.add(
        "coalesce",
        FunctionSignature.scalar(1, Integer.MAX_VALUE, CypherType.ANY),
        (arguments, context) -> firstNotNull(arguments));
    library.add(
        "exists",
        FunctionSignature.scalar(1, 1, CypherType.BOOLEAN),
        (arguments, context) -> arguments[0] != null);
    library.add(
        "nullIf",
        FunctionSignature.scalar(2, 2, CypherType.ANY),
        (arguments, context) ->
            Boolean.TRUE.equals(ValueEquality.equal(arguments[0], arguments[1]))
                ? null
                : arguments[0]);
    library.add(
        "valueType",
        FunctionSignature.scalar(1, 1, CypherType.STRING),
        (arguments, context) -> TypeNames.of(arguments[0]));
    library.addNullary(
        "timestamp", CypherType.INTEGER, true, (arguments, context) -> context.timestampMillis());
    // Behind a LOAD CSV the planner puts what the clause knows in their places.
    library.addNullary("linenumber", CypherType.INTEGER, true, (arguments, context) -> null);
    library.addNullary("file", CypherType.STRING, true, (arguments, context) -> null);
    library.addNullary("rand", CypherType.FLOAT, false, (arguments, context) -> context.random());
    library.add(
        "randomUUID",
        new FunctionSignature(0, 0, false, false, List.of(), CypherType.STRING),
        (arguments, context) -> randomUuid(context));
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
