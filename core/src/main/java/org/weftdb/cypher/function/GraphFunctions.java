package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.value.NodeReference;
import org.weftdb.value.PathReference;
import org.weftdb.value.RelationshipReference;

/** Functions on nodes, relationships, paths and maps. */
final class GraphFunctions {
  private static final CypherType MAP_OR_ENTITY = CypherType.MAP.or(CypherType.ENTITY);

  private GraphFunctions() {}

  static void addTo(Library library) {
    library.addUnary("id", CypherType.ENTITY, CypherType.INTEGER, (x, context) -> id("id", x));
    library.addUnary(
        "elementId",
        CypherType.ENTITY,
        CypherType.STRING,
        (x, context) -> Long.toString(id("elementId", x)));
    library.addUnary(
        "labels",
        CypherType.NODE,
        CypherType.listOf(CypherType.STRING),
        (x, context) -> {
          if (x instanceof NodeReference node) {
            return context.labels(node);
          }
          throw Arguments.wrongType("labels", 1, x, "a Node");
        });
    library.addUnary(
        "type",
        CypherType.RELATIONSHIP,
        CypherType.STRING,
        (x, context) -> context.type(relationship("type", x)));
    library.addUnary(
        "startNode",
        CypherType.RELATIONSHIP,
        CypherType.NODE,
        (x, context) -> context.startNode(relationship("startNode", x)));
    library.addUnary(
        "endNode",
        CypherType.RELATIONSHIP,
        CypherType.NODE,
        (x, context) -> context.endNode(relationship("endNode", x)));
    library.addUnary("properties", MAP_OR_ENTITY, CypherType.MAP, GraphFunctions::properties);
    library.addUnary(
        "keys", MAP_OR_ENTITY, CypherType.listOf(CypherType.STRING), GraphFunctions::keys);
    library.addUnary(
        "length",
        CypherType.PATH,
        CypherType.INTEGER,
        (x, context) -> (long) path("length", x).length());
    library.addUnary(
        "nodes",
        CypherType.PATH,
        CypherType.listOf(CypherType.NODE),
        (x, context) -> nodes(path("nodes", x)));
    library.addUnary(
        "relationships",
        CypherType.PATH,
        CypherType.listOf(CypherType.RELATIONSHIP),
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
