package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.cypher.procedure.ProcedureType;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphView;
import org.weftdb.value.Node;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Path;
import org.weftdb.value.PathReference;
import org.weftdb.value.Relationship;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.ValueCodec;

/**
 * Between an execution and what the embedder has given: entities as callers see them on that side
 * and references on this one, and values of the declared types on both.
 */
final class ValueBoundary {
  private final GraphView graph;
  private final String name;
  private final ErrorCode failure;
  private final ResultMaterializer materializer;

  /**
   * @param name what messages call the other side, such as {@code the procedure my.rows}
   * @param failure the error when a value is not as declared
   */
  ValueBoundary(GraphView graph, String name, ErrorCode failure) {
    this.graph = graph;
    this.name = name;
    this.failure = failure;
    this.materializer = new ResultMaterializer(graph);
  }

  /** The arguments of a call as the other side gets them, with those that it leaves out. */
  List<@Nullable Object> arguments(
      List<Procedure.Field> parameters, List<? extends @Nullable Object> given) {
    List<@Nullable Object> arguments = new ArrayList<>(parameters.size());
    for (int i = 0; i < parameters.size(); i++) {
      Procedure.Default otherwise = parameters.get(i).defaultValue();
      Object value = i < given.size() || otherwise == null ? given.get(i) : otherwise.value();
      arguments.add(argument(parameters.get(i), value));
    }
    return Collections.unmodifiableList(arguments);
  }

  private @Nullable Object argument(Procedure.Field parameter, @Nullable Object value) {
    Object given = materializer.materialize(value);
    if (!parameter.type().accepts(given)) {
      throw new WeftException(
          ErrorCode.TYPE_MISMATCH,
          "the argument "
              + parameter.name()
              + " of "
              + name
              + " is to be of type "
              + parameter.type()
              + ", but is of type "
              + Evaluator.typeName(value));
    }
    return parameter.type().convert(given);
  }

  /**
   * A value that the other side gave, as the query has it.
   *
   * @param what what messages call it
   */
  @Nullable Object result(ProcedureType type, String what, @Nullable Object value) {
    Object taken = taken(value, what, 0);
    if (!type.accepts(taken)) {
      throw new WeftException(
          failure,
          what
              + " of "
              + name
              + " is to be of type "
              + type
              + ", but the value is of type "
              + Evaluator.typeName(taken));
    }
    return referring(type.convert(taken));
  }

  /** Values of parameters and entities, in lists and maps as well, copied. */
  private @Nullable Object taken(@Nullable Object value, String what, int depth) {
    if (depth > ValueCodec.MAX_NESTING) {
      throw new WeftException(ErrorCode.VALUE_TOO_LARGE, what + " nests lists and maps too deep");
    }
    if (value instanceof Node || value instanceof Relationship || value instanceof Path) {
      return value;
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object element : list) {
        copy.add(taken(element, what, depth + 1));
      }
      return copy;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof String)) {
          throw new WeftException(failure, what + " has a map with a key that is not a String");
        }
        copy.put(entry.getKey(), taken(entry.getValue(), what, depth + 1));
      }
      return copy;
    }
    return ParameterValues.value(value, what);
  }

  /** The same with references to entities of the graph in place of the entities. */
  private @Nullable Object referring(@Nullable Object value) {
    if (value instanceof Node node) {
      return new NodeReference(nodeId(node.id()));
    } else if (value instanceof Relationship relationship) {
      return new RelationshipReference(relationshipId(relationship.id()));
    } else if (value instanceof Path path) {
      return path(path);
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object element : list) {
        copy.add(referring(element));
      }
      return copy;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        copy.put(entry.getKey(), referring(entry.getValue()));
      }
      return copy;
    }
    return value;
  }

  private PathReference path(Path path) {
    int[] nodes = new int[path.nodes().size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = nodeId(path.nodes().get(i).id());
    }
    int[] relationships = new int[path.relationships().size()];
    for (int i = 0; i < relationships.length; i++) {
      relationships[i] = relationshipId(path.relationships().get(i).id());
    }
    return new PathReference(nodes, relationships);
  }

  private int nodeId(long id) {
    if (id < 0 || id >= graph.nodeIdBound() || !graph.hasNode((int) id)) {
      throw foreign("node", id);
    }
    return (int) id;
  }

  private int relationshipId(long id) {
    if (id < 0 || id >= graph.relationshipIdBound() || !graph.hasRelationship((int) id)) {
      throw foreign("relationship", id);
    }
    return (int) id;
  }

  private WeftException foreign(String what, long id) {
    return new WeftException(
        failure, name + " gave the " + what + " " + id + ", which is not in" + " the graph");
  }
}
