package org.weftdb.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.bytes.Prng;

/**
 * Makes texts from queries: tokens and characters are dropped, doubled, swapped, replaced and put
 * in, texts are cut and joined; or it throws tokens together. The same seed gives the same text.
 */
final class QueryMutator {
  /** Characters that something could go wrong with. */
  private static final String[] ODD = {
    "\0",
    "\u0001",
    "\uD800",
    "\uDC00",
    "\uD83D\uDE00",
    "\u00A0",
    "\uFEFF",
    "\u2028",
    "\u0301",
    "\u202E",
    "\uFFFF",
    "\u2212",
    "\u203F",
    "\u00DF",
    "\u0130",
    "\r",
    "\r\n",
    "\t",
    "\\",
    "\\u0041",
    "\\uD800",
    "\\u00",
    "`",
    "'",
    "\"",
    "/*",
    "*/",
    "//",
    "''",
    "``",
    ";",
    "$",
    "$0",
    "1e999",
    "0x",
    "0o8",
    "1_0",
    "9223372036854775808",
    "-9223372036854775808",
    "1.7976931348623157e309",
    "..",
    "...",
    "()",
    "[]",
    "{}",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "|",
    "||",
    "&",
    "!",
    "::",
    ":",
    ",",
    ".",
    "=~",
    "+=",
    "<>",
    "!=",
    "^",
    "%",
    "*",
    "-",
    "->",
    "<-",
    "--",
    "-[",
    "]-",
    "-->",
    "<--",
    "]->",
  };

  /** Words that begin something. */
  private static final String[] WORDS = {
    "MATCH",
    "OPTIONAL",
    "WHERE",
    "RETURN",
    "WITH",
    "UNWIND",
    "CREATE",
    "MERGE",
    "SET",
    "REMOVE",
    "DELETE",
    "DETACH",
    "CALL",
    "YIELD",
    "FOREACH",
    "LOAD",
    "CSV",
    "LET",
    "FILTER",
    "FINISH",
    "UNION",
    "ALL",
    "ANY",
    "NONE",
    "SINGLE",
    "SHORTEST",
    "AS",
    "ORDER",
    "BY",
    "SKIP",
    "LIMIT",
    "DISTINCT",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "AND",
    "OR",
    "XOR",
    "NOT",
    "IN",
    "IS",
    "NULL",
    "STARTS",
    "ENDS",
    "CONTAINS",
    "EXISTS",
    "COUNT",
    "COLLECT",
    "reduce",
    "CAST",
    "shortestPath",
    "allShortestPaths",
    "ON",
    "FOR",
    "REQUIRE",
    "INDEX",
    "CONSTRAINT",
    "SHOW",
    "DROP",
    "USING",
    "JOIN",
    "SCAN",
    "EXPLAIN",
    "PROFILE",
    "CYPHER",
    "TRANSACTIONS",
    "OF",
    "ROWS",
    "true",
    "null",
    "NaN",
    "n",
    "m",
    "r",
    "x",
    "a",
    "count(*)",
    "size(x)",
    "n.name",
    "'text'",
    "1",
    "2.5",
    "$p",
    "[1, 2]",
    "{a: 1}",
    "(n)",
    "-[r:R]->",
    "(m:A {x: 1})",
    "date()",
    "point",
  };

  private final List<String> seeds;

  QueryMutator(List<String> seeds) {
    this.seeds = seeds;
  }

  /** The text of a seed. */
  String text(long seed) {
    Prng random = new Prng(seed);
    if (random.nextInt(8) == 0) {
      return thrownTogether(random);
    }
    List<String> tokens = tokens(pick(seeds, random));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      if (random.nextInt(3) == 0) {
        changeCharacters(tokens, random);
      } else {
        changeTokens(tokens, random);
      }
    }
    return String.join("", tokens);
  }

  private static String thrownTogether(Prng random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(25); i > 0; i--) {
      text.append(random.nextInt(3) == 0 ? pick(ODD, random) : pick(WORDS, random));
      text.append(random.nextInt(5) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private void changeTokens(List<String> tokens, Prng random) {
    int at = random.nextInt(tokens.size() + 1);
    int last = Math.min(at, tokens.size() - 1);
    switch (tokens.isEmpty() ? 4 : random.nextInt(9)) {
      case 0 -> tokens.remove(last);
      case 1 -> tokens.add(at, tokens.get(last));
      case 2 -> {
        int other = random.nextInt(tokens.size());
        String token = tokens.get(last);
        tokens.set(last, tokens.get(other));
        tokens.set(other, token);
      }
      case 3 -> tokens.set(last, pick(WORDS, random));
      case 4 -> tokens.add(at, " " + pick(WORDS, random) + " ");
      case 5 -> tokens.add(at, pick(ODD, random));
      case 6 -> tokens.subList(at, tokens.size()).clear();
      case 7 -> {
        List<String> other = tokens(pick(seeds, random));
        int from = random.nextInt(other.size() + 1);
        tokens.addAll(at, other.subList(from, Math.min(other.size(), from + 12)));
      }
      default -> {
        int to = at + random.nextInt(tokens.size() - at + 1);
        tokens.addAll(at, new ArrayList<>(tokens.subList(at, to)));
      }
    }
  }

  private static void changeCharacters(List<String> tokens, Prng random) {
    StringBuilder text = new StringBuilder(String.join("", tokens));
    int at = random.nextInt(text.length() + 1);
    if (at < text.length() && random.nextInt(2) == 0) {
      text.deleteCharAt(at);
    } else if (at < text.length() && random.nextInt(2) == 0) {
      text.setCharAt(at, text.charAt(random.nextInt(text.length())));
    } else {
      text.insert(at, pick(ODD, random));
    }
    tokens.clear();
    tokens.addAll(tokens(text.toString()));
  }

  /** Words, and everything else by itself. */
  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean word = Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_';
      if (!word) {
        if (i > start) {
          tokens.add(text.substring(start, i));
        }
        tokens.add(text.substring(i, i + 1));
        start = i + 1;
      }
    }
    if (start < text.length()) {
      tokens.add(text.substring(start));
    }
    return tokens;
  }

  private static String pick(List<String> from, Prng random) {
    return from.get(random.nextInt(from.size()));
  }

  private static String pick(String[] from, Prng random) {
    return from[random.nextInt(from.length)];
  }
}
