package org.weftdb.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random expressions of a wanted type over the variables of a place. None of them fails, unless
 * failing ones are wished; none gives an integer where another row has an equal float, because
 * grouping and DISTINCT may keep either.
 */
final class RandomExpressions {
  /** What an expression gives, apart from null. */
  enum Type {
    INTEGER,
    FLOAT,
    STRING,
    BOOLEAN,
    /** A list of integers. */
    LIST,
    /** One of several types. */
    MIXED,
    NODE,
    RELATIONSHIP,
    PATH,
    NODES,
    RELATIONSHIPS
  }

  /** A variable and what it holds. */
  record Variable(String name, Type type) {}

  static final String[] LABELS = {"A", "B", "C"};
  static final String[] TYPES = {"R", "S"};
  private static final int DEPTH = 3;

  private final Random random;

  /** Whether expressions may fail from now on. */
  private boolean risky;

  private List<Variable> scope = List.of();
  private int fresh;

  RandomExpressions(Random random) {
    this.random = random;
  }

  /** Lets expressions fail from now on. */
  void beRisky() {
    risky = true;
  }

  /** Sees these variables from now on. */
  void see(List<Variable> variables) {
    scope = List.copyOf(variables);
  }

  String fresh(String prefix) {
    return prefix + fresh++;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A type that can be projected, sorted and grouped. */
  Type anyType() {
    Type[] types = {
      Type.INTEGER, Type.INTEGER, Type.FLOAT, Type.STRING, Type.BOOLEAN, Type.LIST, Type.MIXED
    };
    return types[random.nextInt(types.length)];
  }

  List<String> variables(Type type) {
    List<String> names = new ArrayList<>();
    for (Variable variable : scope) {
      if (variable.type() == type) {
        names.add(variable.name());
      }
    }
    return names;
  }

  private boolean has(Type type) {
    return !variables(type).isEmpty();
  }

  private String variable(Type type) {
    List<String> names = variables(type);
    return names.get(random.nextInt(names.size()));
  }

  String of(Type type) {
    return of(type, DEPTH);
  }

  /** A simple expression. */
  String simple(Type type) {
    return of(type, 1);
  }

  private String of(Type type, int depth) {
    if (has(type) && chance(30)) {
      return variable(type);
    }
    if (chance(3)) {
      return "null";
    }
    return switch (type) {
      case INTEGER -> integer(depth - 1);
      case FLOAT -> real(depth - 1);
      case STRING -> string(depth - 1);
      case BOOLEAN -> "(" + truth(depth - 1) + ")";
      case LIST -> list(depth - 1);
      case MIXED -> mixed(depth - 1);
      case NODE -> node();
      case RELATIONSHIP -> has(type) ? variable(type) : "null";
      case PATH -> has(type) ? variable(type) : "null";
      case NODES -> has(Type.PATH) ? "nodes(" + variable(Type.PATH) + ")" : "[]";
      case RELATIONSHIPS -> has(Type.PATH) ? "relationships(" + variable(Type.PATH) + ")" : "[]";
    };
  }

  private String node() {
    if (has(Type.RELATIONSHIP) && chance(50)) {
      return pick("startNode(", "endNode(") + variable(Type.RELATIONSHIP) + ")";
    } else if (has(Type.PATH)) {
      return pick("head", "last") + "(nodes(" + variable(Type.PATH) + "))";
    }
    return has(Type.NODE) ? variable(Type.NODE) : "null";
  }

  /** A property of a node or relationship, or a null when there is none. */
  private String property(String key) {
    if (has(Type.RELATIONSHIP) && chance(30)) {
      return variable(Type.RELATIONSHIP) + "." + key;
    }
    return has(Type.NODE) ? variable(Type.NODE) + "." + key : "null";
  }

  private boolean hasEntity() {
    return has(Type.NODE) || has(Type.RELATIONSHIP);
  }

  private String integer(int depth) {
    if (depth <= 0 || chance(30)) {
      if (risky && hasEntity() && chance(20)) {
        return property("m");
      }
      return hasEntity() && chance(70) ? property("x") : String.valueOf(random.nextInt(7) - 2);
    }
    return switch (random.nextInt(16)) {
      case 0, 1 -> binary(Type.INTEGER, pick("+", "-", "*"), Type.INTEGER, depth);
      case 2 ->
          "("
              + of(Type.INTEGER, depth)
              + pick(" / ", " % ")
              + (risky && chance(50) ? of(Type.INTEGER, depth) : pick("2", "3", "-2"))
              + ")";
      // In parentheses, because (a) - -(b) is a path.
      case 3 -> "(-(" + of(Type.INTEGER, depth) + "))";
      case 4 -> "size(" + of(Type.LIST, depth) + ")";
      case 5 -> "size(" + of(Type.STRING, depth) + ")";
      case 6 -> has(Type.PATH) ? "length(" + variable(Type.PATH) + ")" : property("x");
      case 7 -> "coalesce(" + of(Type.INTEGER, depth) + ", " + of(Type.INTEGER, depth) + ")";
      case 8 -> conditional(Type.INTEGER, depth);
      case 9 -> pick("head(", "last(") + of(Type.LIST, depth) + ")";
      case 10 -> of(Type.LIST, depth) + "[" + pick("0", "1", "-1", "5") + "]";
      case 11 -> pick("abs(", "sign(") + of(Type.INTEGER, depth) + ")";
      case 12 -> reduced(depth);
      case 13 -> has(Type.NODE) ? count() : of(Type.INTEGER, depth);
      case 14 -> "size(" + of(pickPathList(), depth) + ")";
      default -> "{a: " + of(Type.INTEGER, depth) + ", b: 1}.a";
    };
  }

  private Type pickPathList() {
    return chance(50) ? Type.NODES : Type.RELATIONSHIPS;
  }

  private String reduced(int depth) {
    String sum = fresh("s");
    String each = fresh("e");
    return "reduce("
        + sum
        + " = 0, "
        + each
        + " IN "
        + of(Type.LIST, depth)
        + " | "
        + sum
        + " + "
        + each
        + ")";
  }

  private String binary(Type left, String operator, Type right, int depth) {
    return "(" + of(left, depth) + " " + operator + " " + of(right, depth) + ")";
  }

  private String conditional(Type type, int depth) {
    if (chance(30)) {
      return "CASE "
          + of(Type.INTEGER, depth)
          + pick(" WHEN 1", " WHEN 1, 2", " WHEN > 1", " WHEN IS NULL", " WHEN IN [0, 2], < 0")
          + " THEN "
          + of(type, depth)
          + " WHEN "
          + of(Type.INTEGER, depth)
          + " THEN "
          + of(type, depth)
          + " END";
    }
    return "CASE WHEN "
        + of(Type.BOOLEAN, depth)
        + " THEN "
        + of(type, depth)
        + " ELSE "
        + of(type, depth)
        + " END";
  }

  private String real(int depth) {
    if (depth <= 0 || chance(50)) {
      return hasEntity() && chance(70) ? property("f") : pick("0.5", "-1.5", "2.25");
    }
    return switch (random.nextInt(5)) {
      case 0 -> binary(Type.FLOAT, pick("+", "-", "*"), Type.INTEGER, depth);
      case 1 -> binary(Type.INTEGER, pick("+", "-", "*"), Type.FLOAT, depth);
      case 2 -> "(" + of(Type.FLOAT, depth) + pick(" / 2", " / 4.0", " * 0.5") + ")";
      case 3 -> "toFloat(" + of(Type.INTEGER, depth) + ")";
      default -> conditional(Type.FLOAT, depth);
    };
  }

  private String string(int depth) {
    if (depth <= 0 || chance(40)) {
      return hasEntity() && chance(70) ? property("s") : pick("''", "'a'", "'b'", "'ab'", "'B'");
    }
    return switch (random.nextInt(7)) {
      case 0, 1 -> binary(Type.STRING, pick("+", "||"), Type.STRING, depth);
      case 2 -> pick("toUpper(", "toLower(") + of(Type.STRING, depth) + ")";
      case 3 -> "substring(" + of(Type.STRING, depth) + ", " + pick("0", "1") + ", 1)";
      case 4 -> "toString(" + of(Type.INTEGER, depth) + ")";
      case 5 ->
          has(Type.RELATIONSHIP) ? "type(" + variable(Type.RELATIONSHIP) + ")" : property("s");
      default -> conditional(Type.STRING, depth);
    };
  }

  private String list(int depth) {
    if (depth <= 0 || chance(30)) {
      return hasEntity() && chance(60) ? property("l") : pick("[]", "[1, 2]", "[3, null, 0]");
    }
    String each = fresh("e");
    return switch (random.nextInt(9)) {
      case 0 -> "[" + of(Type.INTEGER, depth) + ", " + of(Type.INTEGER, depth) + "]";
      case 1 -> "range(" + pick("0", "1", "2") + ", " + pick("0", "2", "3") + ")";
      case 2 ->
          "["
              + each
              + " IN "
              + of(Type.LIST, depth)
              + " WHERE "
              + each
              + pick(" > 0", " <> 1")
              + " | "
              + each
              + " + "
              + of(Type.INTEGER, depth)
              + "]";
      case 3 -> "(" + of(Type.LIST, depth) + " + " + of(Type.LIST, depth) + ")";
      case 4 -> of(Type.LIST, depth) + pick("[1..]", "[..1]", "[0..2]", "[-1..]");
      case 5 -> pick("tail(", "reverse(") + of(Type.LIST, depth) + ")";
      case 6 -> "[" + each + " IN " + of(Type.NODES, depth) + " | " + each + ".x]";
      case 7 -> has(Type.NODE) ? collect() : property("l");
      default -> conditional(Type.LIST, depth);
    };
  }

  private String mixed(int depth) {
    if (depth <= 0 || chance(60)) {
      return property("m");
    }
    return "coalesce(" + property("m") + ", " + property("s") + ")";
  }

  String truth() {
    return of(Type.BOOLEAN);
  }

  private String truth(int depth) {
    if (depth <= 0 || chance(15)) {
      return switch (random.nextInt(6)) {
        case 0 -> pick("true", "false");
        case 1 -> has(Type.NODE) ? variable(Type.NODE) + ":" + labels() : property("b");
        case 2 -> property("x") + pick(" = ", " > ", " < ", " <> ") + random.nextInt(3);
        case 3 -> property("m") + pick(" = ", " > ", " < ") + pick("1", "'a'", "0.5", "true");
        default -> property("b");
      };
    }
    String each = fresh("e");
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> comparison(depth);
      case 3 -> binary(Type.BOOLEAN, pick("AND", "OR", "XOR"), Type.BOOLEAN, depth);
      case 4 -> "NOT (" + of(Type.BOOLEAN, depth) + ")";
      case 5 -> of(anyType(), depth) + pick(" IS NULL", " IS NOT NULL");
      case 6 -> of(Type.INTEGER, depth) + " IN " + of(Type.LIST, depth);
      case 7 ->
          of(Type.STRING, depth)
              + pick(" STARTS WITH ", " ENDS WITH ", " CONTAINS ")
              + of(Type.STRING, depth);
      case 8 ->
          pick("all", "any", "none", "single")
              + "("
              + each
              + " IN "
              + of(Type.LIST, depth)
              + " WHERE "
              + each
              + pick(" > 1", " = " + of(Type.INTEGER, depth))
              + ")";
      case 9 -> has(Type.NODE) ? "EXISTS { " + around() + " }" : property("b");
      case 10 -> has(Type.NODE) ? "EXISTS { " + step("", "") + " }" : property("b");
      case 11 -> mixed(depth) + pick(" = ", " <> ", " < ", " >= ") + of(anyType(), depth);
      case 12 -> property("m") + " IN [1, 'a', null, " + property("m") + "]";
      case 13 ->
          has(Type.NODE)
              ? variable(Type.NODE) + pick(" = ", " <> ") + of(Type.NODE, depth)
              : property("b");
      case 14 ->
          "("
              + of(Type.INTEGER, depth)
              + pick(" < ", " <= ")
              + of(Type.INTEGER, depth)
              + pick(" < ", " <= ", " = ")
              + of(Type.INTEGER, depth)
              + ")";
      default -> "(" + of(Type.BOOLEAN, depth) + ")";
    };
  }

  private String comparison(int depth) {
    Type type = anyType();
    Type other = type == Type.INTEGER && chance(20) ? Type.FLOAT : type;
    return of(type, depth) + pick(" = ", " <> ", " < ", " <= ", " > ", " >= ") + of(other, depth);
  }

  /** A label, or an expression over labels. */
  String labels() {
    return switch (random.nextInt(8)) {
      case 0 -> pick(LABELS) + "|" + pick(LABELS);
      case 1 -> "!" + pick(LABELS);
      case 2 -> pick(LABELS) + "&!" + pick(LABELS);
      case 3 -> pick("%", "!%", "(A|B)&C");
      default -> pick(LABELS);
    };
  }

  String types() {
    return switch (random.nextInt(6)) {
      case 0 -> ":R|S";
      case 1, 2 -> ":" + pick(TYPES);
      case 3 -> chance(30) ? ":!R" : "";
      default -> "";
    };
  }

  // ---- What looks around a node ---------------------------------------------------------------

  /** One relationship from a known node to a new or unnamed one. */
  private String step(String relationship, String node) {
    String inside = "[" + relationship + types() + "]";
    String arrow = pick("-" + inside + "->", "<-" + inside + "-", "-" + inside + "-");
    String label = node.isEmpty() && chance(70) ? "" : chance(40) ? ":" + pick(LABELS) : "";
    return "(" + variable(Type.NODE) + ")" + arrow + "(" + node + label + ")";
  }

  /** A condition that may stand in WHERE. */
  String condition() {
    boolean pattern = has(Type.NODE) && chance(12);
    return pattern ? pick("", "NOT ") + step("", "") : truth();
  }

  /** A pattern around a known node, with a condition or without. */
  private String around() {
    String node = fresh("z");
    return step("", node) + (chance(50) ? " WHERE " + condition(node) : "");
  }

  private String condition(String node) {
    return node + pick(".x > 0", ".b", ":A", ".x = " + property("x"), ".s = " + property("s"));
  }

  private String count() {
    return pick("COUNT { " + around() + " }", "size([" + around() + " | 1])");
  }

  private String collect() {
    String node = fresh("z");
    String pattern = step("", node) + (chance(50) ? " WHERE " + condition(node) : "");
    return "COLLECT { MATCH " + pattern + " RETURN " + node + ".x AS y ORDER BY y }";
  }
}
