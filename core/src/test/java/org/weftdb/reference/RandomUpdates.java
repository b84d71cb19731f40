package org.weftdb.reference;

import java.util.List;
import java.util.function.Consumer;
import org.weftdb.reference.RandomExpressions.Type;

/** Random clauses that change the graph. */
final class RandomUpdates {
  private final RandomExpressions make;
  private final Consumer<String> add;

  /**
   * @param add takes the clauses
   */
  RandomUpdates(RandomExpressions make, Consumer<String> add) {
    this.make = make;
    this.add = add;
  }

  /** One change; true when it deletes. */
  boolean change(boolean last) {
    List<String> nodes = make.variables(Type.NODE);
    if (nodes.isEmpty()) {
      return creation("");
    }
    String node = nodes.get(make.below(nodes.size()));
    switch (make.below(12)) {
      case 0 -> add.accept("SET " + node + ".x = " + make.of(Type.INTEGER));
      case 1 -> {
        String key = make.pick("s", "f", "b", "m", "k");
        Type type =
            switch (key) {
              case "s" -> Type.STRING;
              case "f" -> Type.FLOAT;
              case "b" -> Type.BOOLEAN;
              default -> Type.MIXED;
            };
        add.accept("SET " + node + "." + key + " = " + make.of(type));
      }
      case 2 -> add.accept("SET " + node + " += {x: " + make.of(Type.INTEGER) + ", b: true}");
      case 3 -> add.accept("SET " + node + ":" + make.pick(RandomExpressions.LABELS));
      case 4 -> add.accept("REMOVE " + node + make.pick(":A", ":B", ".x", ".s"));
      case 5 -> {
        if (last) {
          String other = nodes.get(make.below(nodes.size()));
          add.accept(
              make.pick("DETACH DELETE ", "DETACH DELETE ", "DELETE ") + node + ", " + other);
          return true;
        }
        add.accept("SET " + node + ".x = null");
      }
      case 6 -> {
        List<String> relationships = make.variables(Type.RELATIONSHIP);
        if (last && !relationships.isEmpty()) {
          add.accept("DELETE " + relationships.get(make.below(relationships.size())));
          return true;
        }
        add.accept("SET " + node + ".l = " + make.pick("[1]", "[]", "null", "[2, 3]"));
      }
      case 7 -> foreach(node);
      case 8 -> {
        String name = make.fresh("n");
        add.accept(
            "MERGE ("
                + name
                + ":"
                + make.pick(RandomExpressions.LABELS)
                + " {x: coalesce("
                + make.of(Type.INTEGER)
                + ", 0)})"
                + make.pick("", " ON CREATE SET " + name + ".s = 'new'")
                + make.pick("", " ON MATCH SET " + name + ".b = true"));
      }
      case 9 -> {
        String other = nodes.get(make.below(nodes.size()));
        add.accept(
            "MERGE (" + node + ")-[:" + make.pick(RandomExpressions.TYPES) + "]->(" + other + ")");
      }
      default -> {
        return creation(node);
      }
    }
    return false;
  }

  private void foreach(String node) {
    String each = make.fresh("e");
    String body =
        make.pick(
            "SET " + node + ".x = " + each,
            "CREATE (:C {x: " + each + "})",
            "CREATE (" + node + ")-[:S {x: " + each + "}]->(:A)",
            "MERGE (:B {x: coalesce(" + each + ", 1)})",
            "SET " + node + ".x = coalesce(" + node + ".x, 0) + coalesce(" + each + ", 1)");
    add.accept("FOREACH (" + each + " IN " + make.of(Type.LIST) + " | " + body + ")");
  }

  private boolean creation(String node) {
    String label = make.pick(":A", ":B", ":A:C", "");
    String properties = " {x: " + make.of(Type.INTEGER) + ", s: " + make.of(Type.STRING) + "}";
    if (node.isEmpty() || make.chance(30)) {
      String name = make.fresh("n");
      add.accept("CREATE (" + name + label + properties + ")");
    } else {
      String type = "[:" + make.pick(RandomExpressions.TYPES) + make.pick("", properties) + "]";
      String arrow = make.pick("-" + type + "->", "<-" + type + "-");
      add.accept("CREATE (" + node + ")" + arrow + "(" + label + make.pick("", properties) + ")");
    }
    return false;
  }
}
