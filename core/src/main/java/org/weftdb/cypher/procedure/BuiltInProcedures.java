package org.weftdb.cypher.procedure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.FunctionContext;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The procedures that every database has, with the names and columns that Neo4j gives them. */
final class BuiltInProcedures {
  /** The version of WeftDB that {@code dbms.components()} tells. */
  static final String VERSION = "0.1.0";

  private BuiltInProcedures() {}

  static List<Procedure> all() {
    return List.of(
        Procedure.of(
                "db.labels() :: (label :: STRING)", (arguments, context) -> rows(context.labels()))
            .describedAs("The labels that some node has."),
        Procedure.of(
                "db.relationshipTypes() :: (relationshipType :: STRING)",
                (arguments, context) -> rows(context.relationshipTypes()))
            .describedAs("The types that some relationship has."),
        Procedure.of(
                "db.propertyKeys() :: (propertyKey :: STRING)",
                (arguments, context) -> rows(context.propertyKeys()))
            .describedAs("The property keys that were ever used."),
        Procedure.of(
                "dbms.components() :: (name :: STRING, versions :: LIST OF STRING, edition :: STRING)",
                (arguments, context) -> List.of(List.of("WeftDB", List.of(VERSION), "embedded")))
            .describedAs("What runs the queries, and its version."),
        Procedure.of(
                "db.info() :: (id :: STRING, name :: STRING, creationDate :: STRING)",
                (arguments, context) ->
                    List.of(
                        List.of(FunctionContext.DATABASE_NAME, FunctionContext.DATABASE_NAME, "")))
            .describedAs("The name of the database."),
        Procedure.of(
                "db.ping() :: (success :: BOOLEAN)", (arguments, context) -> List.of(List.of(true)))
            .describedAs("A row that says that the database answers."),
        Procedure.of(
                "db.awaitIndexes(timeOutSeconds = 300 :: INTEGER) :: VOID",
                (arguments, context) -> List.of())
            .describedAs("Nothing to wait for: an index is complete when it has been made."),
        seeing(
                "db.awaitIndex(indexName :: STRING, timeOutSeconds = 300 :: INTEGER) :: VOID",
                (arguments, view) -> {
                  checkIndex(text(arguments), view);
                  return List.of();
                })
            .describedAs("Nothing to wait for: an index is complete when it has been made."),
        seeing(
                "db.schema.nodeTypeProperties() :: (nodeType :: STRING, nodeLabels :: LIST OF STRING,"
                    + " propertyName :: STRING?, propertyTypes :: LIST? OF STRING,"
                    + " mandatory :: BOOLEAN)",
                (arguments, view) -> view.nodeTypeProperties())
            .describedAs("The types of each property of the nodes with the same labels."),
        seeing(
                "db.schema.relTypeProperties() :: (relType :: STRING, propertyName :: STRING?,"
                    + " propertyTypes :: LIST? OF STRING, mandatory :: BOOLEAN)",
                (arguments, view) -> view.relationshipTypeProperties())
            .describedAs("The types of each property of the relationships of one type."),
        seeing(
                DatabaseView.VISUALIZATION
                    + "() :: (nodes :: LIST OF NODE, relationships :: LIST OF RELATIONSHIP)",
                (arguments, view) -> view.visualization())
            .describedAs(
                "A node for each label, and a relationship for each type between two of them."),
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

  private static void checkIndex(String name, DatabaseView view) {
    for (List<@Nullable Object> index : view.indexes("ALL")) {
      if (name.equals(index.get(1))) {
        return;
      }
    }
    throw new WeftException(ErrorCode.INDEX_NOT_FOUND, "there is no index '" + name + "'");
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
