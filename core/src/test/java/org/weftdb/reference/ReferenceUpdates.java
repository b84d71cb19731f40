package org.weftdb.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.MergeAction;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.RelationshipPattern.Direction;
import org.weftdb.cypher.ast.RemoveItem;
import org.weftdb.cypher.ast.SetItem;
import org.weftdb.error.ErrorCode;
import org.weftdb.reference.ReferenceGraph.Edge;
import org.weftdb.reference.ReferenceGraph.Entity;
import org.weftdb.reference.ReferenceGraph.Trail;
import org.weftdb.reference.ReferenceGraph.Vertex;

/** The clauses that change the graph. */
final class ReferenceUpdates {
  private final ReferenceGraph graph;
  private final ReferenceExpressions expressions;
  private final Set<Vertex> deleted = new LinkedHashSet<>();

  ReferenceUpdates(ReferenceGraph graph, ReferenceExpressions expressions) {
    this.graph = graph;
    this.expressions = expressions;
  }

  // ---- CREATE and MERGE -----------------------------------------------------------------------

  List<Row> create(Clause.Create create, List<Row> rows) {
    List<Row> made = new ArrayList<>();
    for (Row row : rows) {
      Row longer = row;
      for (PatternPart part : create.pattern().parts()) {
        longer = make(part, longer);
      }
      made.add(longer);
    }
    return made;
  }

  private Row make(PatternPart part, Row before) {
    Row row = before;
    List<Vertex> vertices = new ArrayList<>();
    for (NodePattern node : part.path().nodes()) {
      String name = node.variable() == null ? null : node.variable().name();
      if (name != null && row.has(name)) {
        if (!(row.get(name) instanceof Vertex bound)) {
          throw ReferenceValues.failure(ErrorCode.INVALID_ARGUMENT_VALUE, "an end that is null");
        }
        vertices.add(bound);
        continue;
      }
      Vertex vertex = graph.addVertex();
      vertex.labels.addAll(node.labels());
      setAll(vertex, properties(node.properties(), row));
      vertices.add(vertex);
      row = name == null ? row : row.with(name, vertex);
    }
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i + 1 < vertices.size(); i++) {
      RelationshipPattern pattern = part.path().relationships().get(i);
      boolean backwards = pattern.direction() == Direction.RIGHT_TO_LEFT;
      Vertex start = vertices.get(backwards ? i + 1 : i);
      Vertex end = vertices.get(backwards ? i : i + 1);
      Edge edge = graph.addEdge(pattern.types().get(0), start, end);
      setAll(edge, properties(pattern.properties(), row));
      edges.add(edge);
      row = pattern.variable() == null ? row : row.with(pattern.variable().name(), edge);
    }
    return part.variable() == null
        ? row
        : row.with(part.variable().name(), new Trail(vertices, edges));
  }

  private Map<?, ?> properties(@Nullable Expression properties, Row row) {
    Object map = properties == null ? null : expressions.value(properties, row);
    return map == null ? new LinkedHashMap<>() : ReferenceFunctions.map(map);
  }

  private static void setAll(Entity entity, Map<?, ?> properties) {
    properties.forEach((key, value) -> setOne(entity, (String) key, value));
  }

  private static void setOne(Entity entity, String key, @Nullable Object value) {
    if (value == null) {
      entity.properties.remove(key);
    } else {
      entity.properties.put(key, value);
    }
  }

  List<Row> merge(Clause.Merge merge, List<Row> rows) {
    List<Row> made = new ArrayList<>();
    for (Row row : rows) {
      checkNoneNull(merge.part(), row);
      List<Row> found = expressions.patterns().match(List.of(merge.part()), row);
      boolean create = found.isEmpty();
      List<Row> results = create ? List.of(make(merge.part(), row)) : found;
      for (MergeAction action : merge.actions()) {
        if (action.onCreate() == create) {
          set(action.items(), results);
        }
      }
      made.addAll(results);
    }
    return made;
  }

  private void checkNoneNull(PatternPart part, Row row) {
    List<@Nullable Expression> all = new ArrayList<>();
    part.path().nodes().forEach(node -> all.add(node.properties()));
    part.path().relationships().forEach(each -> all.add(each.properties()));
    for (Expression each : all) {
      if (properties(each, row).containsValue(null)) {
        throw ReferenceValues.failure(ErrorCode.MERGE_WITH_NULL_PROPERTY, "a null");
      }
    }
  }

  // ---- SET and REMOVE -------------------------------------------------------------------------

  List<Row> set(List<SetItem> items, List<Row> rows) {
    for (Row row : rows) {
      for (SetItem item : items) {
        set(item, row);
      }
    }
    return rows;
  }

  private void set(SetItem item, Row row) {
    switch (item) {
      case SetItem.SetProperty set -> {
        if (expressions.value(set.property().subject(), row) instanceof Entity entity) {
          setOne(entity, set.property().key(), expressions.value(set.value(), row));
        }
      }
      case SetItem.ReplaceProperties set -> {
        if (expressions.value(set.variable(), row) instanceof Entity entity) {
          Map<?, ?> all = entries(expressions.value(set.value(), row));
          entity.properties.clear();
          setAll(entity, all);
        }
      }
      case SetItem.AddProperties set -> {
        if (expressions.value(set.variable(), row) instanceof Entity entity) {
          setAll(entity, entries(expressions.value(set.value(), row)));
        }
      }
      case SetItem.SetLabels set -> {
        if (expressions.value(set.variable(), row) instanceof Vertex vertex) {
          vertex.labels.addAll(names(set.labels()));
        }
      }
      case SetItem.SetDynamicProperty set ->
          throw new IllegalStateException("computed names are not known here");
    }
  }

  private static Map<?, ?> entries(@Nullable Object value) {
    return value instanceof Entity entity
        ? new LinkedHashMap<>(entity.properties)
        : value == null ? Map.of() : ReferenceFunctions.map(value);
  }

  private static List<String> names(LabelExpression labels) {
    List<String> names = new ArrayList<>();
    for (LabelExpression each : labels.conjuncts()) {
      names.add(((LabelExpression.Name) each).name());
    }
    return names;
  }

  List<Row> remove(Clause.Remove remove, List<Row> rows) {
    for (Row row : rows) {
      for (RemoveItem item : remove.items()) {
        switch (item) {
          case RemoveItem.RemoveProperty property -> {
            if (expressions.value(property.property().subject(), row) instanceof Entity entity) {
              entity.properties.remove(property.property().key());
            }
          }
          case RemoveItem.RemoveLabels labels -> {
            if (expressions.value(labels.variable(), row) instanceof Vertex vertex) {
              names(labels.labels()).forEach(vertex.labels::remove);
            }
          }
          case RemoveItem.RemoveDynamicProperty property ->
              throw new IllegalStateException("computed names are not known here");
        }
      }
    }
    return rows;
  }

  // ---- DELETE ---------------------------------------------------------------------------------

  List<Row> delete(Clause.Delete delete, List<Row> rows) {
    for (Row row : rows) {
      for (Expression target : delete.expressions()) {
        delete(expressions.value(target, row), delete.detach());
      }
    }
    return rows;
  }

  private void delete(@Nullable Object target, boolean detach) {
    switch (target) {
      case null -> {}
      case Vertex vertex -> {
        deleted.add(vertex);
        if (detach) {
          graph.edges.removeIf(edge -> edge.start == vertex || edge.end == vertex);
        }
      }
      case Edge edge -> graph.edges.remove(edge);
      case Trail trail -> {
        trail.edges().forEach(edge -> delete(edge, detach));
        trail.vertices().forEach(vertex -> delete(vertex, detach));
      }
      default -> ReferenceFunctions.wrong("DELETE", target);
    }
  }

  /** Takes the deleted nodes away at the end of the query; none may have relationships. */
  void checkDeleted() {
    for (Edge edge : graph.edges) {
      if (deleted.contains(edge.start) || deleted.contains(edge.end)) {
        throw ReferenceValues.failure(ErrorCode.DELETE_CONNECTED_NODE, "a connected node");
      }
    }
    graph.vertices.removeAll(deleted);
  }
}
