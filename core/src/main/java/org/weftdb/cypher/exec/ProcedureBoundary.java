package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.cypher.procedure.ProcedureContext;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.Catalog;
import org.weftdb.graph.GraphView;
import org.weftdb.value.Node;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Path;
import org.weftdb.value.PathReference;
import org.weftdb.value.Relationship;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.ValueCodec;

/**
 * Between an execution and one procedure: entities as callers see them on the procedure's side and
 * references on this one, values of the declared types on both, and what the procedure throws as an
 * error of the query.
 */
final class ProcedureBoundary implements ProcedureContext {
  private final QueryState state;
  private final GraphView graph;
  private final Procedure procedure;
  private final ResultMaterializer materializer;

  ProcedureBoundary(QueryState state, Procedure procedure) {
    this.state = state;
    this.graph = state.graph;
    this.procedure = procedure;
    this.materializer = new ResultMaterializer(graph);
  }

  /** An argument as the procedure gets it. */
  @Nullable Object argument(int index, @Nullable Object value) {
    Procedure.Field parameter = procedure.parameters().get(index);
    Object given = materializer.materialize(value);
    if (!parameter.type().accepts(given)) {
      throw new WeftException(
          ErrorCode.TYPE_MISMATCH,
          "the argument "
              + parameter.name()
              + " of "
              + procedure.name()
              + " is to be of type "
              + parameter.type()
              + ", but is of type "
              + Evaluator.typeName(value));
    }
    return parameter.type().convert(given);
  }

  /** Calls the procedure. */
  Iterator<? extends List<? extends @Nullable Object>> call(List<@Nullable Object> arguments) {
    try {
      return procedure.body().call(arguments, this).iterator();
    } catch (WeftException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
  }

  /** The next row, which has all columns, or null at the end. */
  @Nullable List<? extends @Nullable Object> next(
      Iterator<? extends List<? extends @Nullable Object>> rows) {
    List<? extends @Nullable Object> row;
    try {
      row = rows.hasNext() ? rows.next() : null;
    } catch (WeftException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
    if (row != null && row.size() != procedure.columns().size()) {
      throw new WeftException(
          ErrorCode.PROCEDURE_FAILED,
          "the procedure " + procedure + " gave a row of " + row.size() + " values");
    }
    return row;
  }

  /** A value of a row as the query has it. */
  @Nullable Object result(int index, @Nullable Object value) {
    Procedure.Field column = procedure.columns().get(index);
    Object taken = taken(value, column.name(), 0);
    if (!column.type().accepts(taken)) {
      throw new WeftException(
          ErrorCode.PROCEDURE_FAILED,
          "the column "
              + column.name()
              + " of "
              + procedure.name()
              + " is to be of type "
              + column.type()
              + ", but the value is of type "
              + Evaluator.typeName(taken));
    }
    return referring(column.type().convert(taken));
  }

  private WeftException failed(RuntimeException cause) {
    return new WeftException(
        ErrorCode.PROCEDURE_FAILED,
        "the procedure " + procedure.name() + " failed: " + cause,
        null,
        cause);
  }

  /** Values of parameters and entities, in lists and maps as well, copied. */
  private @Nullable Object taken(@Nullable Object value, String column, int depth) {
    if (depth > ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "the column " + column + " nests lists and maps too deep");
    }
    if (value instanceof Node || value instanceof Relationship || value instanceof Path) {
      return value;
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object element : list) {
        copy.add(taken(element, column, depth + 1));
      }
      return copy;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof String)) {
          throw new WeftException(
              ErrorCode.PROCEDURE_FAILED,
              "the column " + column + " has a map with a key that is not a String");
        }
        copy.put(entry.getKey(), taken(entry.getValue(), column, depth + 1));
      }
      return copy;
    }
    return ParameterValues.value(value, column);
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
        ErrorCode.PROCEDURE_FAILED,
        "the procedure "
            + procedure.name()
            + " gave the "
            + what
            + " "
            + id
            + ", which is not in"
            + " the graph");
  }

  // ---- What the procedure sees ------------------------------------------------------------------

  @Override
  public List<String> labels() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int label = 0; label < catalog.labelCount(); label++) {
      if (graph.nodeCount(label) > 0) {
        names.add(catalog.labelName(label));
      }
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public List<String> relationshipTypes() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int type = 0; type < catalog.typeCount(); type++) {
      if (graph.relationshipCount(type) > 0) {
        names.add(catalog.typeName(type));
      }
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public List<String> propertyKeys() {
    Catalog catalog = graph.catalog();
    List<String> names = new ArrayList<>();
    for (int key = 0; key < catalog.keyCount(); key++) {
      names.add(catalog.keyName(key));
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void checkCancelled() {
    state.checkCancelled();
  }
}
