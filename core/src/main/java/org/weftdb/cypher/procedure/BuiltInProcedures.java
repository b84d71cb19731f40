package org.weftdb.cypher.procedure;

import java.util.ArrayList;
import java.util.List;

/** The procedures that every database has, with the names and columns that Neo4j gives them. */
final class BuiltInProcedures {
  /** The version of WeftDB that {@code dbms.components()} tells. */
  static final String VERSION = "0.1.0";

  private BuiltInProcedures() {}

  static List<Procedure> all() {
    return List.of(
        Procedure.of(
            "db.labels() :: (label :: STRING)", (arguments, context) -> rows(context.labels())),
        Procedure.of(
            "db.relationshipTypes() :: (relationshipType :: STRING)",
            (arguments, context) -> rows(context.relationshipTypes())),
        Procedure.of(
            "db.propertyKeys() :: (propertyKey :: STRING)",
            (arguments, context) -> rows(context.propertyKeys())),
        Procedure.of(
            "dbms.components() :: (name :: STRING, versions :: LIST OF STRING, edition :: STRING)",
            (arguments, context) -> List.of(List.of("WeftDB", List.of(VERSION), "embedded"))));
  }

  private static List<List<String>> rows(List<String> names) {
    List<List<String>> rows = new ArrayList<>(names.size());
    for (String name : names) {
      rows.add(List.of(name));
    }
    return rows;
  }
}
