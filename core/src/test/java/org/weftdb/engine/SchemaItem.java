package org.weftdb.engine;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Indexes and constraints that simulated schemas consist of. */
enum SchemaItem {
  VALUES("INDEX %s FOR (n:A) ON (n.v)", null, "A", List.of("v"), "n.v = 3 OR n.v > 6"),
  PAIRS("INDEX %s FOR (n:A) ON (n.v, n.s)", null, "A", List.of("v", "s"), "n.v = 2 AND n.s > 'b'"),
  TEXTS("TEXT INDEX %s FOR (n:B) ON (n.s)", null, "B", List.of("s"), "n.s CONTAINS 'own'"),
  PLACES(
      "POINT INDEX %s FOR (n:A) ON (n.p)",
      null, "A", List.of("p"), "point.distance(n.p, point({x: 1, y: 2})) < 3"),
  LABELS("LOOKUP INDEX %s FOR (n) ON EACH labels(n)", null, "A", List.of(), "true"),
  TYPES("LOOKUP INDEX %s FOR ()-[n]-() ON EACH type(n)", null, "R", List.of(), "true"),
  WEIGHTS("INDEX %s FOR ()-[n:R]-() ON (n.w)", null, "R", List.of("w"), "n.w >= 3"),
  TEXTS_OF_R("TEXT INDEX %s FOR ()-[n:R]-() ON (n.w)", null, "R", List.of("w"), "n.w = 'x'"),
  UNIQUE_A(
      "CONSTRAINT %s FOR (n:A) REQUIRE n.u IS UNIQUE", Demand.UNIQUE, "A", List.of("u"), "n.u = 3"),
  KEY_B(
      "CONSTRAINT %s FOR (n:B) REQUIRE (n.u, n.v) IS NODE KEY",
      Demand.KEY, "B", List.of("u", "v"), "n.u = 2 AND n.v = 2"),
  THERE_C(
      "CONSTRAINT %s FOR (n:C) REQUIRE n.s IS NOT NULL",
      Demand.NOT_NULL, "C", List.of("s"), "n.s IS NOT NULL"),
  INTEGER_B(
      "CONSTRAINT %s FOR (n:B) REQUIRE n.v IS :: INTEGER",
      Demand.INTEGER, "B", List.of("v"), "n.v > 1"),
  UNIQUE_S(
      "CONSTRAINT %s FOR ()-[n:S]-() REQUIRE n.w IS UNIQUE",
      Demand.UNIQUE, "S", List.of("w"), "n.w = 4"),
  KEY_R(
      "CONSTRAINT %s FOR ()-[n:R]-() REQUIRE (n.w, n.id) IS RELATIONSHIP KEY",
      Demand.KEY, "R", List.of("w", "id"), "n.w = 1 AND n.id > 0"),
  THERE_S(
      "CONSTRAINT %s FOR ()-[n:S]-() REQUIRE n.w IS NOT NULL",
      Demand.NOT_NULL, "S", List.of("w"), "n.w IS NOT NULL");

  /** What a constraint asks of the properties. */
  enum Demand {
    UNIQUE,
    KEY,
    NOT_NULL,
    INTEGER
  }

  final String create;
  final String drop;
  final @Nullable Demand demand;
  final boolean ofNodes;
  final String labelOrType;
  final List<String> keys;

  /** A query that an index of this kind can serve, and one of the same rows that none can. */
  final String seek;

  final String scan;

  SchemaItem(
      String definition,
      @Nullable Demand demand,
      String labelOrType,
      List<String> keys,
      String condition) {
    this.create = "CREATE " + definition.formatted(itsName());
    this.demand = demand;
    this.drop = (demand == null ? "DROP INDEX " : "DROP CONSTRAINT ") + itsName();
    this.ofNodes = !definition.contains("-[n");
    this.labelOrType = labelOrType;
    this.keys = keys;
    String key = ofNodes ? "n.k" : "n.id";
    String end = " RETURN " + key + " AS key ORDER BY key";
    this.seek =
        (ofNodes ? "MATCH (n:" + labelOrType + ")" : "MATCH ()-[n:" + labelOrType + "]->()")
            + " WHERE "
            + condition
            + end;
    // What a WITH has passed on is a value, for which no index is asked.
    this.scan =
        (ofNodes ? "MATCH (m) WITH m AS n, labels(m)" : "MATCH ()-[m]->() WITH m AS n, [type(m)]")
            + " AS names SKIP 0 WHERE '"
            + labelOrType
            + "' IN names AND ("
            + condition
            + ")"
            + end;
  }

  String itsName() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isConstraint() {
    return demand != null;
  }

  /** Whether there is an index of its name. */
  boolean hasIndex() {
    return demand == null || demand == Demand.UNIQUE || demand == Demand.KEY;
  }
}
