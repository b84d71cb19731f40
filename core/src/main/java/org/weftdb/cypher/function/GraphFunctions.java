package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Numbers;
import org.weftdb.value.PathReference;
import org.weftdb.value.RelationshipReference;

/** Functions on nodes, relationships, paths and maps. */
final class GraphFunctions {
  private GraphFunctions() {}

  private static String databaseName(String elementId) {
    Long id = Numbers.tryParseLong(elementId);
    if (id != null && id >= 0 && Long.toString(id).equals(elementId)) {
      return FunctionContext.DATABASE_NAME;
    }
    throw new WeftException(
        ErrorCode.INVALID_ARGUMENT_VALUE,
        "db.nameFromElementId() needs what elementId() gives, not '" + elementId + "'");
  }

  static void addTo(Library library) {
    library.category(FunctionCategory.SCALAR);
    library.addUnary(
        "id(input :: NODE | RELATIONSHIP) :: INTEGER",
        "The number of a node or relationship.",
        (x, context) -> id("id", x));
    library.addUnary(
        "elementId(input :: NODE | RELATIONSHIP) :: STRING",
        "The identifier of a node or relationship.",
        (x, context) -> Long.toString(id("elementId", x)));
    library.define(
        "db.nameFromElementId(id :: STRING) :: STRING",
        "The name of the database that an elementId() is of, as db.info() tells it.",
        a -> databaseName((String) a[0]));
    library.addUnary(
        "type(input :: RELATIONSHIP) :: STRING",
        "The type of a relationship.",
        (x, context) -> context.type(relationship("type", x)));
    library.addUnary(
        "startNode(input :: RELATIONSHIP) :: NODE",
        "The node at which a relationship begins.",
        (x, context) -> context.startNode(relationship("startNode", x)));
    library.addUnary(
        "endNode(input :: RELATIONSHIP) :: NODE",
        "The node at which a relationship ends.",
        (x, context) -> context.endNode(relationship("endNode", x)));
    library
        .reading(GraphReading.PROPERTIES)
        .addUnary(
            "properties(input :: MAP | NODE | RELATIONSHIP) :: MAP",
            "The properties of a node or relationship.",
            GraphFunctions::properties);
    library.addUnary(
        "length(input :: PATH) :: INTEGER",
        "How many relationships a path has.",
        (x, context) -> (long) path("length", x).length());
    library.category(FunctionCategory.LIST);
    library
        .reading(GraphReading.LABELS)
        .addUnary(
            "labels(input :: NODE) :: LIST<STRING>",
            "The labels of a node, sorted.",
            (x, context) -> {
              if (x instanceof NodeReference node) {
                return context.labels(node);
              }
              throw Arguments.wrongType("labels", 1, x, "a Node");
            });
    library
        .reading(GraphReading.PROPERTIES)
        .addUnary(
            "keys(input :: MAP | NODE | RELATIONSHIP) :: LIST<STRING>",
            "The keys of a map or of the properties of a node or relationship.",
            GraphFunctions::keys);
    library.addUnary(
        "nodes(input :: PATH) :: LIST<NODE>",
        "The nodes of a path.",
        (x, context) -> nodes(path("nodes", x)));
    library.addUnary(
        "relationships(input :: PATH) :: LIST<RELATIONSHIP>",
        "The relationships of a path.",
        (x, context) -> relationships(path("relationships", x)));
  }

  private static long id(String function, Object value) {
    if (value instanceof NodeReference node) {
      return node.id();
    } else if (value instanceof RelationshipReference relationship) {
      return relationship.id();
    }
    throw Arguments.wrongType(function, 1, value, "a Node or a Relationship");
  }

  private static RelationshipReference relationship(String function, Object value) {
    if (value instanceof RelationshipReference relationship) {
      return relationship;
    }
    throw Arguments.wrongType(function, 1, value, "a Relationship");
  }

  private static PathReference path(String function, Object value) {
    if (value instanceof PathReference path) {
      return path;
    }
    throw Arguments.wrongType(function, 1, value, "a Path");
  }

  private static Object properties(Object value, FunctionContext context) {
    if (value instanceof Map) {
      return value;
    } else if (value instanceof NodeReference || value instanceof RelationshipReference) {
      return context.properties(value);
    }
    throw Arguments.wrongType("properties", 1, value, "a Node, a Relationship or a Map");
  }

  private static Object keys(Object value, FunctionContext context) {
    if (value instanceof Map<?, ?> map) {
      return Collections.unmodifiableList(new ArrayList<Object>(map.keySet()));
    } else if (value instanceof NodeReference || value instanceof RelationshipReference) {
      return context.keys(value);
    }
    throw Arguments.wrongType("keys", 1, value, "a Node, a Relationship or a Map");
  }

  private static List<Object> nodes(PathReference path) {
    int[] ids = path.nodes();
    List<Object> nodes = new ArrayList<>(ids.length);
    for (int id : ids) {
      nodes.add(new NodeReference(id));
    }
    return Collections.unmodifiableList(nodes);
  }

  private static List<Object> relationships(PathReference path) {
    int[] ids = path.relationships();
    List<Object> relationships = new ArrayList<>(ids.length);
    for (int id : ids) {
      relationships.add(new RelationshipReference(id));
    }
    return Collections.unmodifiableList(relationships);
  }
}
