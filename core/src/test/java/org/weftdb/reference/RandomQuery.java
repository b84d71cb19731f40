package org.weftdb.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.weftdb.reference.RandomExpressions.Type;
import org.weftdb.reference.RandomExpressions.Variable;

/**
 * A random query whose answer does not depend on what Cypher leaves open: the order of rows, where
 * nothing sorts them, and which of several rows a LIMIT keeps.
 */
final class RandomQuery {
  private final RandomExpressions make;
  private final RandomSeeks seeks;
  private final RandomUpdates updates;
  private final StringBuilder text = new StringBuilder();
  private List<Variable> scope = new ArrayList<>();

  /** Whether rows so far can be sorted so that only equal ones tie. */
  private boolean sortable = true;

  private RandomQuery(Random random) {
    make = new RandomExpressions(random);
    seeks = new RandomSeeks(make);
    updates = new RandomUpdates(make, this::add);
  }

  /** A query that looks for something in one way or another and does little else. */
  static String seek(Random random, boolean large) {
    RandomQuery query = new RandomQuery(random);
    query.seeking(large);
    return query.text.toString().strip();
  }

  /**
   * A query; one in nine may fail, and then does little else.
   *
   * @param reads whether it changes nothing
   */
  static String text(Random random, boolean reads) {
    RandomQuery query = new RandomQuery(random);
    if (random.nextInt(9) == 0) {
      query.risky();
    } else if (random.nextInt(10) < 3) {
      query.seeking(false);
    } else if (!reads && random.nextInt(10) < 3) {
      query.writing();
    } else if (random.nextInt(14) == 0) {
      query.union();
    } else {
      query.reading();
    }
    return query.text.toString().strip();
  }

  private void add(String clause) {
    text.append(clause).append(' ');
  }

  private void declare(String name, Type type) {
    scope.add(new Variable(name, type));
    make.see(scope);
  }

  private List<String> names(Type type) {
    return make.variables(type);
  }

  // ---- Whole queries --------------------------------------------------------------------------

  /** Only what RETURN computes may fail: conditions may be asked in any order. */
  private void risky() {
    match(false);
    make.beRisky();
    result(false);
  }

  private void reading() {
    for (int i = 1 + make.below(3); i > 0; i--) {
      clause();
    }
    result(true);
  }

  private void seeking(boolean large) {
    if (make.chance(8)) {
      add(seeks.whole());
      return;
    }
    if (!large && make.chance(30)) {
      if (make.chance(50)) {
        unwind();
      } else {
        match(false);
      }
    }
    String found = sought(make.chance(15));
    if (!large && make.chance(15)) {
      sought(make.chance(50));
    }
    if (make.chance(12)) {
      add("WITH " + found + " ORDER BY " + found + ".id" + make.pick("", " DESC") + limits());
      scope.removeIf(each -> !each.name().equals(found));
      make.see(scope);
    }
    if (make.chance(75)) {
      add(seeks.end(found, limits()));
    } else {
      result(true);
    }
  }

  /** Adds a MATCH that has a way of its own; gives the variable that it is about. */
  private String sought(boolean optional) {
    List<Variable> added = new ArrayList<>();
    add((optional ? "OPTIONAL MATCH " : "MATCH ") + seeks.pattern(added));
    scope.addAll(added);
    make.see(scope);
    return added.get(0).name();
  }

  private void union() {
    Type type = make.anyType();
    Type other = make.anyType();
    boolean two = make.chance(50);
    String all = make.pick(" UNION ", " UNION ALL ");
    for (int i = 0; i < 2; i++) {
      scope = new ArrayList<>();
      make.see(scope);
      add(i == 0 ? "" : all);
      clause();
      String u = make.of(type) + " AS u";
      String v = two ? make.of(other) + " AS v" : "";
      add("RETURN " + (!two ? u : make.chance(50) ? u + ", " + v : v + ", " + u));
    }
  }

  private void clause() {
    switch (make.below(12)) {
      case 0, 1, 2, 3 -> match(make.chance(30));
      case 4 -> unwind();
      case 5, 6 -> with();
      case 7 -> {
        String name = make.fresh("v");
        Type type = make.anyType();
        add("LET " + name + " = " + make.of(type));
        declare(name, type);
      }
      case 8 -> add("FILTER " + make.truth());
      case 9 -> subquery();
      default -> match(false);
    }
  }

  // ---- MATCH ----------------------------------------------------------------------------------

  private void match(boolean optional) {
    if (make.chance(12)) {
      sought(optional);
      return;
    }
    if (make.chance(6)) {
      cycle(optional);
      return;
    }
    List<Variable> added = new ArrayList<>();
    StringBuilder pattern = new StringBuilder(optional ? "OPTIONAL MATCH " : "MATCH ");
    int parts = make.chance(25) ? 2 : 1;
    for (int i = 0; i < parts; i++) {
      pattern.append(i == 0 ? "" : ", ").append(part(added, parts == 1 ? 2 : 1));
    }
    scope.addAll(added);
    make.see(scope);
    add(pattern + (make.chance(45) ? " WHERE " + condition() : ""));
  }

  /** A walk of two to four steps that ends where it began, or at another node that is known. */
  private void cycle(boolean optional) {
    List<Variable> added = new ArrayList<>();
    List<String> known = names(Type.NODE);
    String first = known.isEmpty() || make.chance(50) ? make.fresh("n") : oneOf(known);
    if (!known.contains(first)) {
      added.add(new Variable(first, Type.NODE));
    }
    StringBuilder pattern = new StringBuilder(optional ? "OPTIONAL MATCH (" : "MATCH (");
    pattern.append(first).append(')');
    for (int i = 1 + make.below(3); i > 0; i--) {
      String label = make.chance(20) ? ":" + make.labels() : "";
      pattern.append(step(added)).append(newNode(label, added));
    }
    String last = known.isEmpty() || make.chance(60) ? first : oneOf(known);
    pattern.append(step(added)).append('(').append(last).append(')');
    scope.addAll(added);
    make.see(scope);
    add(pattern + (make.chance(30) ? " WHERE " + condition() : ""));
  }

  private String oneOf(List<String> names) {
    return names.get(make.below(names.size()));
  }

  private String step(List<Variable> added) {
    String name = "";
    if (make.chance(40)) {
      name = make.fresh("r");
      added.add(new Variable(name, Type.RELATIONSHIP));
    }
    String inside = "[" + name + ":" + make.pick(RandomExpressions.TYPES) + "]";
    return make.pick("-" + inside + "->", "<-" + inside + "-");
  }

  private String newNode(String label, List<Variable> added) {
    String name = make.fresh("n");
    added.add(new Variable(name, Type.NODE));
    return "(" + name + label + ")";
  }

  private String condition() {
    String first = make.chance(4) ? seeks.inside() : make.condition();
    return make.chance(25) ? first + " AND " + make.condition() : first;
  }

  private String part(List<Variable> added, int hops) {
    StringBuilder part = new StringBuilder();
    List<Variable> own = new ArrayList<>();
    if (make.chance(15)) {
      String path = make.fresh("p");
      own.add(new Variable(path, Type.PATH));
      part.append(path).append(" = ");
    }
    part.append(node(added, own));
    boolean several = false;
    for (int i = make.below(hops + 1); i > 0; i--) {
      boolean simple = several || make.chance(75);
      several |= !simple;
      part.append(simple ? relationship(own) : repeated(own)).append(node(added, own));
    }
    added.addAll(own);
    return part.toString();
  }

  /** A node: a known one, one of this pattern, a new one, or one without a name. */
  private String node(List<Variable> added, List<Variable> own) {
    String name = "";
    List<String> known = new ArrayList<>(names(Type.NODE));
    added.stream().filter(each -> each.type() == Type.NODE).forEach(each -> known.add(each.name()));
    own.stream().filter(each -> each.type() == Type.NODE).forEach(each -> known.add(each.name()));
    if (!known.isEmpty() && make.chance(35)) {
      return "(" + known.get(make.below(known.size())) + ")";
    }
    if (make.chance(80)) {
      name = make.fresh("n");
      own.add(new Variable(name, Type.NODE));
    }
    String label = make.chance(45) ? ":" + make.labels() : "";
    return "(" + name + label + properties(name) + ")";
  }

  private String properties(String name) {
    return switch (make.below(14)) {
      case 0 -> " {x: " + make.simple(Type.INTEGER) + "}";
      case 1 -> " {s: " + make.simple(Type.STRING) + "}";
      case 2 -> " {x: " + make.below(3) + ", b: true}";
      case 3 -> name.isEmpty() ? "" : " WHERE " + name + make.pick(".x > 0", ".f < 1", ".s > 'a'");
      default -> "";
    };
  }

  private String arrow(String inside) {
    return make.pick("-" + inside + "->", "<-" + inside + "-", "-" + inside + "-");
  }

  private String relationship(List<Variable> own) {
    String name = "";
    if (make.chance(50)) {
      name = make.fresh("r");
      own.add(new Variable(name, Type.RELATIONSHIP));
    }
    String condition = make.chance(85) ? "" : make.pick(" {x: 1}", " {b: true}", " {s: 'a'}");
    return arrow("[" + name + make.types() + condition + "]");
  }

  private String repeated(List<Variable> own) {
    String length = make.pick("*", "*0..2", "*1..2", "*2", "*..3", "*0..1", "*2..");
    String bounds = make.pick("+", "*", "{1,2}", "{0,2}", "{2}", "{,2}");
    String type = ":" + make.pick(RandomExpressions.TYPES);
    return switch (make.below(4)) {
      case 0 -> {
        String name = make.fresh("q");
        own.add(new Variable(name, Type.RELATIONSHIPS));
        yield arrow("[" + name + type + length + "]");
      }
      case 1 -> arrow("[" + type + length + "]");
      case 2 -> arrow("[" + type + "]") + bounds;
      default -> {
        String first = make.fresh("g");
        String last = make.fresh("g");
        own.add(new Variable(first, Type.NODES));
        own.add(new Variable(last, Type.NODES));
        String where = make.pick("", " WHERE " + first + ".x < 3", " WHERE " + last + ".b");
        yield "(("
            + first
            + ")"
            + arrow("[" + type + "]")
            + "("
            + last
            + ")"
            + where
            + ")"
            + bounds;
      }
    };
  }

  // ---- UNWIND, WITH, CALL ---------------------------------------------------------------------

  private void unwind() {
    String name = make.fresh("v");
    if (!names(Type.PATH).isEmpty() && make.chance(40)) {
      add("UNWIND nodes(" + names(Type.PATH).get(0) + ") AS " + name);
      declare(name, Type.NODE);
    } else if (make.chance(20)) {
      add("UNWIND [1, 'a', null, 0.5, true, [1]] AS " + name);
      declare(name, Type.MIXED);
    } else {
      add("UNWIND " + make.of(Type.LIST) + " AS " + name);
      declare(name, Type.INTEGER);
    }
  }

  private void with() {
    List<String> items = new ArrayList<>();
    List<Variable> after = new ArrayList<>();
    for (Variable variable : scope) {
      if (make.chance(60)) {
        items.add(variable.name());
        after.add(variable);
      }
    }
    boolean aggregates = make.chance(35);
    for (int i = make.below(2) + (items.isEmpty() || aggregates ? 1 : 0); i > 0; i--) {
      String name = make.fresh("v");
      boolean aggregate = aggregates && i == 1;
      Type type = aggregate ? Type.INTEGER : make.anyType();
      items.add((aggregate ? aggregate() : make.of(type)) + " AS " + name);
      after.add(new Variable(name, type));
    }
    String distinct = make.chance(20) ? "DISTINCT " : "";
    scope = after;
    make.see(scope);
    add("WITH " + distinct + String.join(", ", items));
    if (make.chance(20) && canSort()) {
      add("ORDER BY " + total() + limits());
    }
    if (make.chance(30)) {
      add("WHERE " + make.truth());
    }
  }

  /**
   * An aggregate, or an expression over some, that gives an integer in whatever order rows come.
   */
  private String aggregate() {
    String distinct = make.chance(25) ? "DISTINCT " : "";
    return switch (make.below(8)) {
      case 0 -> "count(*)";
      case 1 -> "count(" + distinct + make.of(make.anyType()) + ")";
      case 2 -> "sum(" + distinct + make.of(Type.INTEGER) + ")";
      case 3 -> make.pick("min(", "max(") + make.of(Type.INTEGER) + ")";
      case 4 -> "size(collect(" + distinct + make.of(make.anyType()) + "))";
      case 5 -> "count(*) + " + "sum(" + make.of(Type.INTEGER) + ")";
      case 6 -> "CASE WHEN count(*) > 2 THEN max(" + make.of(Type.INTEGER) + ") ELSE 0 END";
      default -> {
        String sum = make.fresh("s");
        String each = make.fresh("e");
        yield "reduce("
            + sum
            + " = 0, "
            + each
            + " IN collect("
            + make.of(Type.INTEGER)
            + ") | "
            + sum
            + " + "
            + each
            + ")";
      }
    };
  }

  /** An aggregate of any type. */
  private String anyAggregate() {
    return switch (make.below(5)) {
      case 0 -> make.pick("min(", "max(") + make.of(make.anyType()) + ")";
      case 1 -> "avg(" + make.of(make.chance(50) ? Type.INTEGER : Type.FLOAT) + ")";
      case 2 -> "sum(" + make.of(Type.FLOAT) + ")";
      default -> aggregate();
    };
  }

  private boolean canSort() {
    for (Variable variable : scope) {
      boolean entity = variable.type() == Type.NODE || variable.type() == Type.RELATIONSHIP;
      if (variable.type().ordinal() > Type.MIXED.ordinal() && !(entity && sortable)) {
        return false;
      }
    }
    return true;
  }

  /** Sort keys that tell all rows apart that differ; nodes and relationships have an id. */
  private String total() {
    List<String> keys = new ArrayList<>();
    for (Variable variable : scope) {
      boolean value = variable.type().ordinal() <= Type.MIXED.ordinal();
      keys.add(variable.name() + (value ? "" : ".id") + make.pick("", " DESC"));
    }
    return String.join(", ", keys);
  }

  private String limits() {
    String skip = make.chance(30) ? " SKIP " + make.below(3) : "";
    return skip + (make.chance(50) ? " LIMIT " + make.below(5) : "");
  }

  private void subquery() {
    List<String> nodes = names(Type.NODE);
    String name = make.fresh("v");
    if (nodes.isEmpty()) {
      add("CALL { UNWIND [1, 2, null] AS y RETURN y AS " + name + " }");
      declare(name, Type.INTEGER);
      return;
    }
    String outer = nodes.get(make.below(nodes.size()));
    String inner = make.fresh("z");
    String match =
        make.pick("MATCH (", "OPTIONAL MATCH (")
            + outer
            + ")"
            + arrow("[" + make.types() + "]")
            + "("
            + inner
            + ")"
            + make.pick("", " WHERE " + inner + ".x > 0");
    String result =
        make.pick(
            inner + ".x AS " + name,
            "count(*) AS " + name,
            "sum(" + inner + ".x) AS " + name,
            "DISTINCT " + inner + ".x AS " + name,
            inner + ".x AS " + name + " ORDER BY " + name + " LIMIT 1",
            inner + ".x AS " + name + " UNION MATCH (" + outer + ") RETURN 1 AS " + name);
    boolean union = result.contains("UNION");
    String head = make.pick("CALL (", "CALL { WITH ");
    if (head.startsWith("CALL (") || union) {
      add("CALL (" + outer + ") { " + match + " RETURN " + result + " }");
    } else {
      add("CALL { WITH " + outer + " " + match + " RETURN " + result + " }");
    }
    declare(name, Type.INTEGER);
  }

  // ---- RETURN ---------------------------------------------------------------------------------

  private void result(boolean free) {
    if (free && make.chance(25)) {
      aggregated();
      return;
    }
    List<String> items = new ArrayList<>();
    List<Variable> columns = new ArrayList<>();
    for (int i = 1 + make.below(3); i > 0; i--) {
      String name = make.fresh("c");
      if (!scope.isEmpty() && make.chance(30)) {
        Variable variable = scope.get(make.below(scope.size()));
        items.add(variable.name() + " AS " + name);
        columns.add(new Variable(name, variable.type()));
      } else {
        Type type = make.anyType();
        items.add(make.of(type) + " AS " + name);
        columns.add(new Variable(name, type));
      }
    }
    boolean distinct = free && make.chance(25);
    add("RETURN " + (distinct ? "DISTINCT " : "") + String.join(", ", items));
    if (free && make.chance(50)) {
      List<String> keys = new ArrayList<>();
      for (Variable column : columns) {
        if (column.type().ordinal() <= Type.MIXED.ordinal() && make.chance(60)) {
          keys.add(column.name() + make.pick("", " DESC", " ASC"));
        }
      }
      if (!distinct && make.chance(40)) {
        keys.add(make.of(make.anyType()) + make.pick("", " DESC"));
      }
      add(keys.isEmpty() ? "" : "ORDER BY " + String.join(", ", keys));
      add(make.chance(50) ? limits() : "");
    }
  }

  private void aggregated() {
    List<String> items = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = make.below(3); i > 0; i--) {
      String name = make.fresh("c");
      String item = make.of(make.anyType());
      items.add(item + " AS " + name);
      keys.add(make.pick(name, item) + make.pick("", " DESC"));
    }
    for (int i = 1 + make.below(2); i > 0; i--) {
      String name = make.fresh("c");
      items.add(anyAggregate() + " AS " + name);
      keys.add(name + make.pick("", " DESC"));
    }
    add("RETURN " + String.join(", ", items));
    if (make.chance(50)) {
      add("ORDER BY " + keys.get(make.below(keys.size())));
      add(make.chance(50) ? limits() : "");
    }
  }

  // ---- Changes --------------------------------------------------------------------------------

  private void writing() {
    if (make.chance(85)) {
      match(make.chance(10));
      if (make.chance(30)) {
        unwind();
      }
      with();
    }
    if (!canSort()) {
      scope.removeIf(each -> each.type().ordinal() > Type.RELATIONSHIP.ordinal());
      make.see(scope);
    }
    if (!scope.isEmpty()) {
      List<String> names = scope.stream().map(Variable::name).toList();
      add("WITH " + String.join(", ", names) + " ORDER BY " + total());
    }
    boolean deletes = false;
    for (int i = 1 + make.below(3); i > 0 && !deletes; i--) {
      deletes = updates.change(i == 1);
    }
    if (!deletes && make.chance(50)) {
      readAgain();
    } else if (make.chance(60)) {
      add("RETURN count(*) AS c");
    }
  }

  /** Reads what was changed; rows come in any order from here on. */
  private void readAgain() {
    sortable = false;
    seeks.forgetIds();
    List<String> names = scope.stream().map(Variable::name).toList();
    add("WITH " + (names.isEmpty() ? "1 AS one" : String.join(", ", names)));
    if (make.chance(60)) {
      match(make.chance(30));
    }
    if (make.chance(50)) {
      aggregated();
    } else {
      result(false);
    }
  }
}
