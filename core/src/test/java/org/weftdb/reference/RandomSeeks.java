package org.weftdb.reference;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.reference.RandomExpressions.Type;
import org.weftdb.reference.RandomExpressions.Variable;

/**
 * Random patterns and ends of queries that have a way of their own to what they look for: indexes
 * of all kinds and their order and ends, ids, labels, types, counts, and joins by value.
 */
final class RandomSeeks {
  /** Literals of the property {@code k}: of many types, and numbers that are close together. */
  private static final String[] KEYS = {
    "1",
    "1.0",
    "2",
    "0",
    "-0.0",
    "0.5",
    "9007199254740992",
    "9007199254740993",
    "9007199254740992.0",
    "9223372036854775807",
    "9.223372036854775807E18",
    "(0.0 / 0.0)",
    "(1 / 0.0)",
    "'a'",
    "'b'",
    "''",
    "true",
    "false",
    "[1]",
    "[1.0]",
    "[]",
    "[(0.0 / 0.0)]",
    "null"
  };

  private final RandomExpressions make;

  /** The key of the last condition. */
  private String latest = "k";

  /** Whether ids of nodes and relationships are those the graph was made with. */
  private boolean knowsIds = true;

  RandomSeeks(RandomExpressions make) {
    this.make = make;
  }

  /** Ids are not known from now on, because some were made anew. */
  void forgetIds() {
    knowsIds = false;
  }

  // ---- Patterns -------------------------------------------------------------------------------

  /**
   * What stands after MATCH, with its condition.
   *
   * @param added takes the variables of the pattern; the one looked for is the first
   */
  String pattern(List<Variable> added) {
    String node = make.fresh("n");
    String relationship = make.fresh("r");
    String other = make.fresh("n");
    Variable nodeFound = new Variable(node, Type.NODE);
    Variable relationshipFound = new Variable(relationship, Type.RELATIONSHIP);
    Variable otherFound = new Variable(other, Type.NODE);
    switch (make.below(12)) {
      case 0, 1, 2, 3 -> {
        added.add(nodeFound);
        return "(" + node + labels() + ")" + where(condition(node, true));
      }
      case 4 -> {
        added.addAll(List.of(nodeFound, relationshipFound, otherFound));
        String hop = arrow("[" + relationship + types() + "]");
        String conditions = condition(node, true);
        return "(" + node + labels() + ")" + hop + "(" + other + ")" + where(conditions);
      }
      case 5, 6, 11 -> {
        added.add(relationshipFound);
        return "()"
            + arrow("[" + relationship + make.pick(":R", ":R", ":R", ":S") + "]")
            + "()"
            + where(condition(relationship));
      }
      case 7 -> {
        added.addAll(List.of(relationshipFound, nodeFound));
        String hop = arrow("[" + relationship + types() + "]");
        String type = make.pick("", "type(" + relationship + ") = " + make.pick("'R'", "'T'"));
        String conditions = type.isEmpty() || make.chance(40) ? condition(relationship) : type;
        return "(" + node + ")" + hop + "()" + (make.chance(25) ? "" : where(conditions));
      }
      case 8 -> {
        added.add(nodeFound);
        return "(" + node + make.pick("", ":A", ":B", ":A|B", ":A:B") + ")";
      }
      case 9 -> {
        added.addAll(List.of(nodeFound, otherFound));
        String rest = make.chance(25) ? " AND " + condition(other, true) : "";
        String parts = "(" + node + labels() + "), (" + other + labels() + ")";
        return parts + where(joined(node, other) + rest);
      }
      default -> {
        added.addAll(List.of(nodeFound, relationshipFound, otherFound));
        String hop = arrow("[" + relationship + types() + "]");
        String from = make.pick(node, node, relationship);
        String parts = "(" + node + ")" + hop + "(), (" + other + labels() + ")";
        return parts + where(joined(from, other));
      }
    }
  }

  private static String where(String condition) {
    return condition.isEmpty() ? "" : " WHERE " + condition;
  }

  private String labels() {
    return make.pick(":A", ":A", ":B", ":B", ":C", ":A:B", "");
  }

  private String types() {
    return make.pick(":R", ":R", ":S", ":R|S", "");
  }

  private String arrow(String inside) {
    return make.pick("-" + inside + "->", "<-" + inside + "-", "-" + inside + "-");
  }

  private String joined(String one, String other) {
    String key = make.pick("x", "x", "k", "s", "f", "m");
    String second = make.chance(20) ? make.pick("x", "k", "m") : key;
    String first = one + "." + key + " = " + other + "." + second;
    return make.chance(15) ? first + " AND " + one + ".b = " + other + ".b" : first;
  }

  // ---- Conditions -----------------------------------------------------------------------------

  private String condition(String relationship) {
    return condition(relationship, false);
  }

  /** One condition on a node or relationship, or some that an index on several keys can answer. */
  private String condition(String name, boolean node) {
    if (knowsIds && make.chance(9)) {
      return id(name);
    }
    String key = key();
    latest = key;
    String found =
        switch (make.below(10)) {
          case 0, 1 -> both(name);
          case 2 -> two(name, key);
          default -> one(name, key);
        };
    String more =
        switch (make.below(12)) {
          case 0 -> one(name, key());
          case 1 -> node ? name + ":" + make.pick(RandomExpressions.LABELS) : "";
          case 2 -> inside();
          default -> "";
        };
    return more.isEmpty() ? found : found + " AND " + more;
  }

  private String key() {
    return make.pick("x", "x", "s", "s", "k", "k", "k", "k", "f", "m", "l", "id");
  }

  private String id(String name) {
    return switch (make.below(4)) {
      case 0 -> "id(" + name + ") = " + make.below(6);
      case 1 -> "id(" + name + ") IN [" + make.below(6) + ", 1, null, " + make.below(9) + "]";
      case 2 -> "elementId(" + name + ") = '" + make.below(6) + "'";
      default -> "elementId(" + name + ") IN ['0', 'a', '" + make.below(6) + "']";
    };
  }

  /** What an index on x and s, or on k and x, is asked. */
  private String both(String name) {
    String first = make.pick("x", "x", "k");
    String second = first.equals("x") ? make.pick("s", "k") : "x";
    String start = name + "." + first + " = " + value(first);
    return switch (make.below(4)) {
      case 0 -> start + " AND " + name + "." + second + " IS NOT NULL";
      case 1 -> name + "." + second + " IS NOT NULL AND " + one(name, first);
      default -> start + " AND " + one(name, second);
    };
  }

  private String two(String name, String key) {
    String property = name + "." + key;
    return property
        + make.pick(" > ", " >= ")
        + value(key)
        + " AND "
        + property
        + make.pick(" < ", " <= ")
        + value(key);
  }

  private String one(String name, String key) {
    String property = name + "." + key;
    if (key.equals("s") && make.chance(50)) {
      String operator = make.pick(" STARTS WITH ", " ENDS WITH ", " CONTAINS ");
      return property + operator + (make.chance(85) ? value("s") : value("k"));
    }
    return switch (make.below(10)) {
      case 0, 1 -> property + " = " + value(key);
      case 2 -> value(key) + make.pick(" = ", " < ", " >= ") + property;
      case 3, 4 -> property + make.pick(" < ", " <= ", " > ", " >= ") + value(key);
      case 5 -> property + " IN [" + value(key) + ", " + value(key) + ", " + value(key) + "]";
      case 6 ->
          "("
              + property
              + " = "
              + literal(key)
              + make.pick(
                  " OR " + property + " = " + literal(key),
                  " OR " + property + " IN [" + literal(key) + ", " + literal("k") + "]",
                  " OR " + property + " > " + literal(key))
              + ")";
      case 7 -> value(key) + make.pick(" < ", " <= ") + property + " < " + value(key);
      default -> property + " IS NOT NULL";
    };
  }

  /** A literal, or something that rows before give. */
  private String value(String key) {
    List<String> known = new ArrayList<>(make.variables(Type.NODE));
    known.addAll(make.variables(Type.RELATIONSHIP));
    if (!known.isEmpty() && make.chance(35)) {
      return known.get(make.below(known.size())) + "." + (make.chance(75) ? key : "k");
    }
    List<String> values = new ArrayList<>(make.variables(Type.INTEGER));
    values.addAll(make.variables(Type.MIXED));
    return !values.isEmpty() && make.chance(35)
        ? values.get(make.below(values.size()))
        : literal(key);
  }

  private String literal(String key) {
    return switch (make.chance(12) ? "k" : key) {
      case "x" -> make.pick("0", "1", "2", "3", "1.0");
      case "s" -> make.pick("''", "'a'", "'b'", "'ab'", "'B'");
      case "f" -> make.pick("-0.75", "0.25", "0", "1", "0.75");
      case "m" -> make.pick("1", "2", "0.5", "'a'", "''", "true", "[1, 2]", "(0.0 / 0.0)");
      case "l" -> make.pick("[]", "[1]", "[0, 3, 1]", "[1.0]");
      case "id" -> String.valueOf(make.below(9));
      default -> make.pick(KEYS);
    };
  }

  // ---- What is nested -------------------------------------------------------------------------

  /** A condition with a pattern inside. */
  String inside() {
    String found = pattern(new ArrayList<>());
    return make.pick("", "NOT ") + "EXISTS { MATCH " + found + " }";
  }

  /** A number or a list of numbers of what a pattern finds. */
  String nested() {
    List<Variable> own = new ArrayList<>();
    String found = pattern(own);
    String name = own.get(0).name();
    String head = "COLLECT { MATCH " + found + " RETURN ";
    return switch (make.below(6)) {
      case 0 -> "COUNT { MATCH " + found + " }";
      case 1 -> head + "count(*) AS y }";
      case 2 -> head + make.pick("min(", "max(") + name + "." + make.pick("x", "s") + ") AS y }";
      case 3 -> head + name + ".id AS y ORDER BY y" + make.pick(" }", " DESC }");
      case 4 -> head + "DISTINCT " + name + ".id AS y ORDER BY y" + make.pick("", " DESC") + " }";
      default ->
          "COUNT { " + make.pick("(:A)", "()", "()-[:R]->()", "()-[:S]-()", "()-->()") + " }";
    };
  }

  // ---- Ends of queries ------------------------------------------------------------------------

  /** A RETURN that may need no sort, or only the ends of an index, or no rows at all. */
  String end(String name, String limits) {
    String some = make.pick("x", "s", "k", "k", "f", "m", "id");
    String key = latest.equals("l") || make.chance(40) ? some : latest;
    String property = name + "." + key;
    return switch (make.below(9)) {
      case 0, 1, 2, 3 -> {
        String direction = make.pick("", " DESC");
        String second = make.chance(25) ? ", " + name + make.pick(".x", ".s", ".id") : "";
        String order = property + direction + (second.isEmpty() ? "" : second + direction);
        String items = make.pick("", "DISTINCT ") + name + " AS c, " + property + " AS d";
        yield "RETURN " + items + " ORDER BY " + order + (make.chance(60) ? limits : "");
      }
      case 4, 5, 6 -> {
        List<String> items = new ArrayList<>();
        for (String function : make.pick("min", "max", "min max").split(" ")) {
          String value = function + "(" + property + ")";
          // Of equal numbers either may be the least or the greatest.
          boolean whole = !key.equals("k");
          items.add(whole ? value : value + make.pick(" = ", " < ", " >= ") + literal("k"));
          items.add(value + " IS NULL");
        }
        for (int i = 0; i < items.size(); i++) {
          items.set(i, items.get(i) + " AS c" + i);
        }
        yield "RETURN " + String.join(", ", items);
      }
      case 7 -> "RETURN count(" + make.pick("*", name, "DISTINCT " + name, property) + ") AS c";
      default -> "RETURN " + name + ".id AS c, " + nested() + " AS d";
    };
  }

  /** A count of a whole kind. */
  String whole() {
    String name = make.fresh("n");
    String pattern =
        make.pick(
            "(" + name + ")",
            "(" + name + ":A)",
            "(" + name + ":Unknown)",
            "()-[" + name + ":R]->()",
            "()<-[" + name + ":S]-()",
            "()-[" + name + ":R]-()",
            "()-[" + name + ":R|S]->()",
            "()-[" + name + "]->()",
            "()-[" + name + ":T]->()");
    String ofAll = "count(" + make.pick("*", name, "DISTINCT " + name) + ") AS c";
    return "MATCH " + pattern + " RETURN " + ofAll + make.pick("", ", count(*) AS d");
  }
}
