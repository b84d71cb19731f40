package org.weftdb.cypher.procedure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Numbers;

/**
 * Reads the text of a signature.
 *
 * <pre>
 * signature = name {"." name} fields "::" (fields | "VOID")  of a procedure
 *           | name {"." name} fields "::" type               of a function
 * fields    = "(" [field {"," field}] ")"
 * field     = name ["=" value] "::" type                   columns have no value
 * value     = "null" | "true" | "false" | ["-"] digits ["." digits] | "'" characters "'"
 * type      = KIND ["?"]    of one word or of two, such as LOCAL TIME
 *           | "LIST" ["?"] ["OF" type]
 * </pre>
 */
final class SignatureParser {
  /** Lists in one another. */
  private static final int MAXIMUM_DEPTH = 16;

  private final String text;
  private int at;

  SignatureParser(String text) {
    this.text = text;
  }

  /** The procedure's name, at the start. */
  String name() {
    StringBuilder name = new StringBuilder(word("a name"));
    while (accept(".")) {
      name.append('.').append(word("a name after the dot"));
    }
    return name.toString();
  }

  List<Procedure.Field> parameters() {
    return fields(true);
  }

  private List<Procedure.Field> fields(boolean defaults) {
    expect("(");
    List<Procedure.Field> fields = new ArrayList<>();
    if (accept(")")) {
      return fields;
    }
    boolean optional = false;
    do {
      String name = word("a name");
      Procedure.Default value = null;
      if (defaults && accept("=")) {
        value = value();
        optional = true;
      } else if (optional) {
        throw error("a value for the parameter " + name + ", as one before it has one");
      }
      expect("::");
      ProcedureType type = type(0);
      if (value != null && !type.accepts(value.value())) {
        throw error("a value of type " + type + " for the parameter " + name);
      }
      fields.add(new Procedure.Field(name, type, value));
    } while (accept(","));
    expect(")");
    return fields;
  }

  private Procedure.Default value() {
    skipSpace();
    int start = at;
    @Nullable Object value;
    if (accept("'")) {
      int end = text.indexOf('\'', at);
      if (end < 0) {
        throw error("a string that ends");
      }
      value = text.substring(at, end);
      at = end + 1;
    } else {
      while (at < text.length()
          && (isNamePart(text.charAt(at)) || "-.".indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
      String word = text.substring(start, at);
      value =
          switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> number(word);
          };
    }
    return new Procedure.Default(value, text.substring(start, at));
  }

  private Object number(String word) {
    Long integer = Numbers.tryParseLong(word);
    if (integer != null) {
      return integer;
    }
    Double number = Numbers.tryParseDouble(word);
    if (number == null) {
      throw error("null, a boolean, a number or a string instead of " + word);
    }
    return number;
  }

  /** What comes after the parameters, up to the end. */
  List<Procedure.Field> columns() {
    expect("::");
    skipSpace();
    List<Procedure.Field> columns = List.of();
    if (text.startsWith("(", at)) {
      columns = fields(false);
    } else if (!word("( or VOID").equals("VOID")) {
      throw error("( or VOID");
    }
    skipSpace();
    if (at < text.length()) {
      throw error("the end");
    }
    return columns;
  }

  /** The type of a function's value, up to the end. */
  ProcedureType result() {
    expect("::");
    ProcedureType result = type(0);
    skipSpace();
    if (at < text.length()) {
      throw error("the end");
    }
    return result;
  }

  private ProcedureType type(int depth) {
    String word = word("a type");
    if (word.equals("LOCAL") || word.equals("ZONED")) {
      word += " " + word("TIME or DATETIME");
    }
    ProcedureType.Kind kind = null;
    for (ProcedureType.Kind each : ProcedureType.Kind.values()) {
      if (each.text().equals(word)) {
        kind = each;
      }
    }
    if (kind == null || depth == MAXIMUM_DEPTH) {
      throw error("a type instead of " + word);
    }
    boolean nullable = accept("?");
    int before = at;
    skipSpace();
    if (kind == ProcedureType.Kind.LIST && at < text.length() && isNamePart(text.charAt(at))) {
      if (!word("OF").equals("OF")) {
        throw error("OF");
      }
      return new ProcedureType(kind, nullable, type(depth + 1));
    }
    at = before;
    return new ProcedureType(kind, nullable, null);
  }

  private String word(String what) {
    skipSpace();
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw error(what);
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c > 127;
  }

  private boolean accept(String symbol) {
    skipSpace();
    if (!text.startsWith(symbol, at)) {
      return false;
    }
    at += symbol.length();
    return true;
  }

  private void expect(String symbol) {
    if (!accept(symbol)) {
      throw error(symbol);
    }
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private WeftException error(String expected) {
    return new WeftException(
        ErrorCode.INVALID_USE, "the signature has at " + at + " not " + expected + ": " + text);
  }
}
