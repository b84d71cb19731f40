package org.weftdb.cypher.procedure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.FunctionContext;

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
            (arguments, context) -> List.of(List.of("WeftDB", List.of(VERSION), "embedded"))),
        Procedure.of(
            "db.info() :: (id :: STRING, name :: STRING, creationDate :: STRING)",
            (arguments, context) ->
                List.of(List.of(FunctionContext.DATABASE_NAME, FunctionContext.DATABASE_NAME, ""))),
        Procedure.of(
            "db.ping() :: (success :: BOOLEAN)", (arguments, context) -> List.of(List.of(true))),
        Procedure.of(
            "db.awaitIndexes(timeOutSeconds :: INTEGER) :: VOID",
            (arguments, context) -> List.of()),
        Procedure.of(
            "db.awaitIndex(indexName :: STRING, timeOutSeconds :: INTEGER) :: VOID",
            (arguments, context) -> List.of()),
        seeing(
            "db.schema.nodeTypeProperties() :: (nodeType :: STRING, nodeLabels :: LIST OF STRING,"
                + " propertyName :: STRING?, propertyTypes :: LIST? OF STRING,"
                + " mandatory :: BOOLEAN)",
            (arguments, view) -> view.nodeTypeProperties()),
        seeing(
            "db.schema.relTypeProperties() :: (relType :: STRING, propertyName :: STRING?,"
                + " propertyTypes :: LIST? OF STRING, mandatory :: BOOLEAN)",
            (arguments, view) -> view.relationshipTypeProperties()),
        seeing(
            DatabaseView.VISUALIZATION
                + "() :: (nodes :: LIST OF NODE, relationships :: LIST OF RELATIONSHIP)",
            (arguments, view) -> view.visualization()),
        seeing(
            "show.indexes(type :: STRING) :: (id :: INTEGER, name :: STRING, state :: STRING,"
                + " populationPercent :: FLOAT, type :: STRING, entityType :: STRING,"
                + " labelsOrTypes :: LIST? OF STRING, properties :: LIST? OF STRING,"
                + " indexProvider :: STRING, owningConstraint :: STRING?, lastRead :: ANY?,"
                + " readCount :: INTEGER?, trackedSince :: ANY?, options :: MAP,"
                + " failureMessage :: STRING, createStatement :: STRING)",
            (arguments, view) -> view.indexes(text(arguments))),
        seeing(
            "show.constraints(type :: STRING) :: (id :: INTEGER, name :: STRING, type :: STRING,"
                + " entityType :: STRING, labelsOrTypes :: LIST OF STRING,"
                + " properties :: LIST OF STRING, ownedIndex :: STRING?,"
                + " propertyType :: STRING?, options :: MAP, createStatement :: STRING)",
            (arguments, view) -> view.constraints(text(arguments))),
        seeing(
            "show.functions(which :: STRING) :: (name :: STRING, category :: STRING,"
                + " description :: STRING, signature :: STRING, isBuiltIn :: BOOLEAN,"
                + " argumentDescription :: LIST OF MAP, returnDescription :: STRING,"
                + " aggregating :: BOOLEAN, rolesExecution :: ANY?,"
                + " rolesBoostedExecution :: ANY?, isDeprecated :: BOOLEAN,"
                + " deprecatedBy :: STRING?)",
            (arguments, view) -> view.functions(text(arguments))),
        seeing(
            "show.procedures(which :: STRING) :: (name :: STRING, description :: STRING,"
                + " mode :: STRING, worksOnSystem :: BOOLEAN, signature :: STRING,"
                + " argumentDescription :: LIST OF MAP, returnDescription :: LIST OF MAP,"
                + " admin :: BOOLEAN, rolesExecution :: ANY?, rolesBoostedExecution :: ANY?,"
                + " isDeprecated :: BOOLEAN, deprecatedBy :: STRING?, option :: MAP)",
            (arguments, view) -> view.procedures()));
  }

  private interface ViewBody {
    Iterable<? extends List<? extends @Nullable Object>> call(
        List<@Nullable Object> arguments, DatabaseView view);
  }

  /** A procedure that sees more than those of embedders. */
  private static Procedure seeing(String signature, ViewBody body) {
    return Procedure.of(
        signature,
        (arguments, context) -> {
          if (context instanceof DatabaseView view) {
            return body.call(arguments, view);
          }
          throw new IllegalStateException("the context is no view of a database: " + signature);
        });
  }

  private static String text(List<@Nullable Object> arguments) {
    return String.valueOf(arguments.get(0));
  }

  private static List<List<String>> rows(List<String> names) {
    List<List<String>> rows = new ArrayList<>(names.size());
    for (String name : names) {
      rows.add(List.of(name));
    }
    return rows;
  }
}
