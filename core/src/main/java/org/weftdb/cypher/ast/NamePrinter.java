package org.weftdb.cypher.ast;

import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.value.Texts;

/** Prints names, quoted where they have to be, and strings. */
final class NamePrinter {
  /** Words that are quoted where a variable stands; the parser reads some of them as keywords. */
  private static final String[] WORDS = {
    "all",
    "allshortestpaths",
    "and",
    "any",
    "as",
    "asc",
    "ascending",
    "by",
    "call",
    "case",
    "contains",
    "count",
    "create",
    "delete",
    "desc",
    "descending",
    "detach",
    "distinct",
    "drop",
    "else",
    "end",
    "ends",
    "exists",
    "explain",
    "false",
    "for",
    "if",
    "in",
    "index",
    "inf",
    "infinity",
    "is",
    "limit",
    "match",
    "merge",
    "nan",
    "none",
    "not",
    "null",
    "on",
    "optional",
    "or",
    "order",
    "profile",
    "reduce",
    "remove",
    "return",
    "set",
    "shortestpath",
    "single",
    "skip",
    "starts",
    "then",
    "true",
    "union",
    "unwind",
    "when",
    "where",
    "with",
    "xor",
    "yield"
  };

  private final StringBuilder out;

  NamePrinter(StringBuilder out) {
    this.out = out;
  }

  void variable(Variable variable) {
    quoted(variable.name(), !isPlain(variable.name()) || isWord(variable.name()));
  }

  void name(String name) {
    quoted(name, !isPlain(name));
  }

  void qualifiedName(String name) {
    if (name.indexOf('.') < 0) {
      boolean call = name.equalsIgnoreCase("count") || name.equalsIgnoreCase("exists");
      quoted(name, !isPlain(name) || isWord(name) && !call);
      return;
    }
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      name(name.substring(start, end));
      out.append(dot < 0 ? "" : ".");
      start = end + 1;
    }
  }

  void quoted(String name, boolean quote) {
    if (quote) {
      out.append(Texts.quotedName(name));
    } else {
      out.append(name);
    }
  }

  static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  static boolean isWord(String name) {
    for (String word : WORDS) {
      if (word.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  static boolean isDigits(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  void string(String value) {
    out.append('\'');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\'' -> out.append("\\'");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7F) {
            out.append("\\u00").append((char) ('0' + (c >> 4)));
            out.append("0123456789ABCDEF".charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('\'');
  }
}
