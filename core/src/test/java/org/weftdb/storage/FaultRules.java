package org.weftdb.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Rules that say which operations of a storage go wrong, one rule a line.
 *
 * <pre>
 * rule      = fault | full
 * fault     = how operation names [ "after" number ] [ "times" number | "once" | "always" ]
 * how       = "fail"    it has no effect and fails
 *           | "short"   an append writes the first half of its bytes and fails; a read fills the
 *                       first half of what was asked for and fails
 *           | "slow"    it waits, as the storage was told to, and then goes well
 * operation = "create" | "append" | "sync" | "read" | "publish" | "delete" | "list" | "any"
 * names     = a file's name, where * stands for any characters and ? for one; of a publish the new
 *             name; of a list the empty name
 * full      = "full" "after" number "bytes"
 * </pre>
 *
 * <p>A fault lets so many matching operations go by as "after" says, and then happens once or as
 * often as is said. When the medium is full, appends write what there is room for and fail; what is
 * deleted makes room again. Empty lines do nothing. Of several rules that match, the first counts.
 *
 * <p>{@code fail sync *.weft after 3} lets the fourth sync of a file of the database fail.
 */
final class FaultRules {
  /** What a storage is asked to do. */
  enum Operation {
    CREATE,
    APPEND,
    SYNC,
    READ,
    PUBLISH,
    DELETE,
    LIST
  }

  /** How an operation goes. */
  enum How {
    WELL,
    FAIL,
    SHORT,
    SLOW
  }

  private static final class Rule {
    How how = How.FAIL;
    List<Operation> operations = List.of();
    String names = "";
    long after;
    long times = 1;

    boolean matches(Operation operation, String name) {
      return operations.contains(operation) && isLike(names, 0, name, 0);
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private long roomBytes = Long.MAX_VALUE;

  private FaultRules() {}

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException when they do not follow the grammar; says where and what was
   *     expected
   */
  static FaultRules parse(String text) {
    FaultRules rules = new FaultRules();
    int line = 0;
    for (String rule : text.split("\n", -1)) {
      line++;
      if (!rule.isBlank()) {
        new Parser(rule, line).parse(rules);
      }
    }
    return rules;
  }

  /** How an operation goes; asking counts it. */
  How next(Operation operation, String name) {
    for (Rule rule : rules) {
      if (rule.matches(operation, name)) {
        if (rule.after > 0) {
          rule.after--;
        } else if (rule.times > 0) {
          rule.times--;
          return rule.how;
        }
      }
    }
    return How.WELL;
  }

  /** The most bytes that files may have together. */
  long roomBytes() {
    return roomBytes;
  }

  private static boolean isLike(String pattern, int at, String name, int from) {
    if (at == pattern.length()) {
      return from == name.length();
    }
    char unit = pattern.charAt(at);
    if (unit == '*') {
      return isLike(pattern, at + 1, name, from)
          || from < name.length() && isLike(pattern, at, name, from + 1);
    }
    return from < name.length()
        && (unit == '?' || unit == name.charAt(from))
        && isLike(pattern, at + 1, name, from + 1);
  }

  /** Reads the words of a line. */
  private static final class Parser {
    private final String text;
    private final int line;
    private int at;
    private int wordAt;

    Parser(String text, int line) {
      this.text = text;
      this.line = line;
    }

    void parse(FaultRules target) {
      String how = expected("fail, short, slow or full", "fail", "short", "slow", "full");
      if (how.equals("full")) {
        expected("after", "after");
        target.roomBytes = number();
        expected("bytes", "bytes");
      } else {
        target.rules.add(fault(How.valueOf(how.toUpperCase(Locale.ROOT))));
      }
      if (!word().isEmpty()) {
        throw wrong("the end of the line");
      }
    }

    private Rule fault(How how) {
      Rule rule = new Rule();
      rule.how = how;
      String[] names =
          how == How.SHORT
              ? new String[] {"append", "read"}
              : new String[] {
                "create", "append", "sync", "read", "publish", "delete", "list", "any"
              };
      String operation = expected("one of " + String.join(", ", names), names);
      rule.operations =
          operation.equals("any")
              ? List.of(Operation.values())
              : List.of(Operation.valueOf(operation.toUpperCase(Locale.ROOT)));
      rule.names = word();
      if (rule.names.isEmpty()) {
        throw wrong("the name of a file");
      }
      int before = at;
      String next = word();
      if (next.equals("after")) {
        rule.after = number();
        before = at;
        next = word();
      }
      switch (next) {
        case "times" -> rule.times = number();
        case "once" -> rule.times = 1;
        case "always" -> rule.times = Long.MAX_VALUE;
        default -> at = before;
      }
      return rule;
    }

    private String word() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      wordAt = at;
      while (at < text.length() && text.charAt(at) != ' ') {
        at++;
      }
      return text.substring(wordAt, at);
    }

    private String expected(String what, String... words) {
      String word = word();
      if (!Arrays.asList(words).contains(word)) {
        throw wrong(what);
      }
      return word;
    }

    private long number() {
      String word = word();
      if (!word.matches("[0-9]{1,18}")) {
        throw wrong("a number");
      }
      return Long.parseLong(word);
    }

    private IllegalArgumentException wrong(String expected) {
      String found = text.substring(wordAt, at);
      return new IllegalArgumentException(
          "line "
              + line
              + ", column "
              + (wordAt + 1)
              + ": expected "
              + expected
              + ", found "
              + (found.isEmpty() ? "the end" : "'" + found + "'"));
    }
  }
}
