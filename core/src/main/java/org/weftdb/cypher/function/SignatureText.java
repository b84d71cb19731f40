package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;

/**
 * Reads a function's signature from the text in which it is shown, so that both are one.
 *
 * <pre>
 * name(parameter :: TYPE, parameter = default :: TYPE, parameter :: TYPE...) :: TYPE
 * TYPE: one or more of ANY, INTEGER, LIST&lt;STRING>, ... with " | " between them
 * </pre>
 *
 * <p>The text is the programmer's: a mistake in it is an {@link IllegalArgumentException}.
 */
final class SignatureText {
  private final String text;
  private final String name;
  private final String result;
  private final List<FunctionDescription.Parameter> parameters = new ArrayList<>();

  SignatureText(String text) {
    this.text = text;
    name = nameIn(text);
    int open = name.length();
    int close = text.lastIndexOf(") :: ");
    if (close < open) {
      throw new IllegalArgumentException("not a signature: " + text);
    }
    result = text.substring(close + 5);
    for (int at = open + 1; at < close; ) {
      int comma = text.indexOf(", ", at);
      int end = comma < 0 || comma > close ? close : comma;
      parameters.add(parameter(text.substring(at, end)));
      at = end + 2;
    }
  }

  /** The name alone, without reading the rest. */
  static String nameIn(String text) {
    int open = text.indexOf('(');
    if (open < 1) {
      throw new IllegalArgumentException("not a signature: " + text);
    }
    return text.substring(0, open);
  }

  private FunctionDescription.Parameter parameter(String part) {
    int colons = part.indexOf(" :: ");
    if (colons < 1) {
      throw new IllegalArgumentException("a parameter without a type in " + text);
    }
    int equals = part.indexOf(" = ");
    boolean repeated = part.endsWith("...");
    return new FunctionDescription.Parameter(
        part.substring(0, equals < 0 ? colons : equals),
        part.substring(colons + 4, part.length() - (repeated ? 3 : 0)),
        equals < 0 ? "" : part.substring(equals + 3, colons),
        repeated);
  }

  String name() {
    return name;
  }

  List<FunctionDescription.Parameter> parameters() {
    return parameters;
  }

  FunctionDescription description(
      FunctionCategory category, String description, boolean aggregating, boolean deterministic) {
    return new FunctionDescription(
        name, category, parameters, result, description, aggregating, deterministic, "");
  }

  /** The same for the analysis. */
  FunctionSignature signature(boolean aggregating, boolean deterministic) {
    int required = 0;
    boolean repeated = false;
    List<CypherType> types = new ArrayList<>(parameters.size());
    for (FunctionDescription.Parameter parameter : parameters) {
      // What is repeated may be left out behind another parameter.
      boolean mayBeNone = parameter.repeated() && parameters.size() > 1;
      required += parameter.isOptional() || mayBeNone ? 0 : 1;
      repeated |= parameter.repeated();
      types.add(cypherType(parameter.type()));
    }
    int most = repeated ? Integer.MAX_VALUE : parameters.size();
    return new FunctionSignature(
        required, most, aggregating, deterministic, types, cypherType(result));
  }

  /** The type for the analysis, which knows fewer types. */
  private static CypherType cypherType(String type) {
    CypherType either = CypherType.NULL;
    for (String alternative : TypeText.alternatives(type)) {
      either = either.or(single(alternative));
    }
    return either;
  }

  private static CypherType single(String type) {
    if (type.startsWith("LIST<") && type.endsWith(">")) {
      return CypherType.listOf(cypherType(type.substring(5, type.length() - 1)));
    }
    return switch (type) {
      case "BOOLEAN" -> CypherType.BOOLEAN;
      case "INTEGER" -> CypherType.INTEGER;
      case "FLOAT" -> CypherType.FLOAT;
      case "STRING" -> CypherType.STRING;
      case "MAP" -> CypherType.MAP;
      case "NODE" -> CypherType.NODE;
      case "RELATIONSHIP" -> CypherType.RELATIONSHIP;
      case "PATH" -> CypherType.PATH;
      case "DURATION" -> CypherType.DURATION;
      case "POINT" -> CypherType.POINT;
      case "VECTOR" -> CypherType.VECTOR;
      case "BYTES" -> CypherType.BYTES;
      case "DATE", "LOCAL TIME", "ZONED TIME", "LOCAL DATETIME", "ZONED DATETIME" ->
          CypherType.TEMPORAL;
      default -> CypherType.ANY;
    };
  }
}
