package org.weftdb.reference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.QuantifiedPath;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.RelationshipPattern.Direction;
import org.weftdb.reference.ReferenceGraph.Edge;
import org.weftdb.reference.ReferenceGraph.Entity;
import org.weftdb.reference.ReferenceGraph.Trail;
import org.weftdb.reference.ReferenceGraph.Vertex;

/** Finds patterns by trying every node at the start and every relationship after it. */
final class ReferencePatterns {
  /** Nodes that are tried; a query that needs more takes too long here. */
  private static final int MAX_STEPS = 40_000;

  private final ReferenceGraph graph;
  private final ReferenceExpressions expressions;
  private int steps;

  ReferencePatterns(ReferenceGraph graph, ReferenceExpressions expressions) {
    this.graph = graph;
    this.expressions = expressions;
  }

  /**
   * A pattern found so far.
   *
   * @param used the relationships that were gone over, none of which is gone over again
   * @param trail the part that is looked for at present
   */
  private record Found(Row row, Set<Edge> used, Trail trail) {
    Found with(Row other) {
      return new Found(other, used, trail);
    }

    Found over(Edge edge, Vertex to) {
      Set<Edge> more = new HashSet<>(used);
      more.add(edge);
      return new Found(row, more, trail.with(edge, to));
    }
  }

  /** The rows with the variables of all parts, for one row. */
  List<Row> match(List<PatternPart> parts, Row row) {
    List<Found> found = List.of(new Found(row, Set.of(), new Trail(List.of(), List.of())));
    for (PatternPart part : parts) {
      List<Found> longer = new ArrayList<>();
      for (Found each : found) {
        longer.addAll(part(part, each));
      }
      found = longer;
    }
    List<Row> rows = new ArrayList<>();
    found.forEach(each -> rows.add(each.row()));
    return rows;
  }

  /** The rows and paths of one path pattern, for one row. */
  List<Row> paths(PathPattern pattern, @Nullable Variable path, Row row) {
    return match(List.of(PatternPart.of(path, pattern, pattern.span())), row);
  }

  private List<Found> part(PatternPart part, Found before) {
    PathPattern path = part.path();
    List<Found> found = new ArrayList<>();
    for (Vertex vertex : graph.vertices) {
      Row row = node(path.nodes().get(0), vertex, before.row());
      if (row != null) {
        found.add(new Found(row, before.used(), new Trail(List.of(vertex), List.of())));
      }
    }
    for (int i = 0; i < path.connections().size(); i++) {
      List<Found> longer = new ArrayList<>();
      for (Found each : found) {
        longer.addAll(connection(path.connections().get(i), path.nodes().get(i + 1), each));
      }
      found = longer;
    }
    List<Found> selected = new ArrayList<>();
    for (Found each : selected(part, found)) {
      Variable variable = part.variable();
      Row row = variable == null ? each.row() : each.row().with(variable.name(), each.trail());
      selected.add(each.with(row));
    }
    return selected;
  }

  /** All, or all of the shortest between the same ends. */
  private List<Found> selected(PatternPart part, List<Found> found) {
    if (part.selection() == PathSelection.ALL) {
      return found;
    } else if (part.selection() != PathSelection.ALL_SHORTEST_PATHS
        && part.selection() != PathSelection.ALL_SHORTEST) {
      throw new IllegalStateException("a selection that has a choice: " + part.selection());
    }
    Map<String, Integer> shortest = new LinkedHashMap<>();
    for (Found each : found) {
      shortest.merge(ends(each.trail()), each.trail().edges().size(), Math::min);
    }
    List<Found> selected = new ArrayList<>();
    for (Found each : found) {
      if (shortest.get(ends(each.trail())) == each.trail().edges().size()) {
        selected.add(each);
      }
    }
    return selected;
  }

  private static String ends(Trail trail) {
    return trail.vertices().get(0).number + " " + trail.last().number;
  }

  private List<Found> connection(PathConnection connection, NodePattern end, Found from) {
    List<Found> found = new ArrayList<>();
    List<Found> reached =
        switch (connection) {
          case RelationshipPattern relationship when relationship.length() == null ->
              steps(relationship, from);
          case RelationshipPattern relationship -> trails(relationship, from);
          case QuantifiedPath quantified -> repetitions(quantified, from);
        };
    for (Found each : reached) {
      Row row = node(end, each.trail().last(), each.row());
      if (row != null) {
        found.add(each.with(row));
      }
    }
    return found;
  }

  // ---- Nodes ----------------------------------------------------------------------------------

  /** The row with the node, or null when the node does not fit. */
  private @Nullable Row node(NodePattern pattern, Vertex vertex, Row row) {
    if (steps++ > MAX_STEPS) {
      throw new ReferenceQueries.TooManyRows();
    }
    Row with = bound(pattern.variable(), vertex, row);
    boolean fits =
        with != null
            && vertex.labels.containsAll(pattern.labels())
            && isTrue(pattern.labelExpression(), vertex.labels, row)
            && hasProperties(vertex, pattern.properties(), row)
            && (pattern.where() == null || expressions.isTrue(pattern.where(), with));
    return fits ? with : null;
  }

  private static @Nullable Row bound(@Nullable Variable variable, Object value, Row row) {
    if (variable == null) {
      return row;
    } else if (row.has(variable.name())) {
      Object known = row.get(variable.name());
      boolean same =
          known instanceof List<?>
              ? ReferenceValues.key(known).equals(ReferenceValues.key(value))
              : known == value;
      return same ? row : null;
    }
    return row.with(variable.name(), value);
  }

  /** Whether labels, or the one type, are as an expression says; true when there is none. */
  boolean isTrue(@Nullable LabelExpression expression, Set<String> names, Row row) {
    return switch (expression) {
      case null -> true;
      case LabelExpression.Name name -> names.contains(name.name());
      case LabelExpression.Wildcard wildcard -> !names.isEmpty();
      case LabelExpression.Not not -> !isTrue(not.operand(), names, row);
      case LabelExpression.And and ->
          and.operands().stream().allMatch(operand -> isTrue(operand, names, row));
      case LabelExpression.Or or ->
          or.operands().stream().anyMatch(operand -> isTrue(operand, names, row));
      case LabelExpression.Dynamic dynamic ->
          throw new IllegalStateException("computed labels are not known here");
    };
  }

  private boolean hasProperties(Entity entity, @Nullable Expression properties, Row row) {
    if (properties == null) {
      return true;
    }
    Map<?, ?> map = (Map<?, ?>) expressions.value(properties, row);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Boolean equal =
          ReferenceValues.equal(entity.properties.get(entry.getKey()), entry.getValue());
      if (equal == null || !equal) {
        return false;
      }
    }
    return true;
  }

  // ---- Relationships --------------------------------------------------------------------------

  /** One relationship more. */
  private List<Found> steps(RelationshipPattern pattern, Found from) {
    List<Found> found = new ArrayList<>();
    for (Edge edge : candidates(pattern, from)) {
      Row row = bound(pattern.variable(), edge, from.row());
      if (row != null && (pattern.where() == null || expressions.isTrue(pattern.where(), row))) {
        found.add(from.over(edge, edge.other(from.trail().last())).with(row));
      }
    }
    return found;
  }

  private List<Edge> candidates(RelationshipPattern pattern, Found from) {
    Vertex at = from.trail().last();
    List<Edge> fitting = new ArrayList<>();
    for (Edge edge : graph.edges) {
      boolean out = edge.start == at && pattern.direction() != Direction.RIGHT_TO_LEFT;
      boolean in = edge.end == at && pattern.direction() != Direction.LEFT_TO_RIGHT;
      if ((out || in)
          && !from.used().contains(edge)
          && (pattern.types().isEmpty() || pattern.types().contains(edge.type))
          && isTrue(pattern.typeExpression(), Set.of(edge.type), from.row())
          && hasProperties(edge, pattern.properties(), from.row())) {
        fitting.add(edge);
      }
    }
    return fitting;
  }

  /** From the least to the greatest number of relationships, which are a list. */
  private List<Found> trails(RelationshipPattern pattern, Found from) {
    RelationshipPattern.VariableLength length = pattern.length();
    List<Found> found = new ArrayList<>();
    List<Found> current = List.of(from);
    int before = from.trail().edges().size();
    for (int steps = 0; length != null && !current.isEmpty(); steps++) {
      if (steps >= length.minimum() && steps <= length.maximum()) {
        for (Found each : current) {
          List<Edge> edges = each.trail().edges();
          Row row = bound(pattern.variable(), edges.subList(before, edges.size()), each.row());
          if (row != null) {
            found.add(each.with(row));
          }
        }
      }
      List<Found> longer = new ArrayList<>();
      if (steps < length.maximum()) {
        for (Found each : current) {
          for (Edge edge : candidates(pattern, each)) {
            longer.add(each.over(edge, edge.other(each.trail().last())));
          }
        }
      }
      current = longer;
    }
    return found;
  }

  /** A path again and again; outside, its variables are lists. */
  private List<Found> repetitions(QuantifiedPath pattern, Found from) {
    Set<String> names = new LinkedHashSet<>();
    pattern.path().nodes().forEach(node -> addName(node.variable(), names));
    pattern.path().relationships().forEach(each -> addName(each.variable(), names));
    Row start = from.row();
    for (String name : names) {
      start = start.with(name, List.of());
    }
    List<Found> found = new ArrayList<>();
    List<Found> current = List.of(from.with(start));
    for (int times = 0; !current.isEmpty(); times++) {
      if (times >= pattern.minimum()) {
        found.addAll(current);
      }
      List<Found> longer = new ArrayList<>();
      if (times < pattern.maximum()) {
        for (Found each : current) {
          longer.addAll(once(pattern, names, from.row(), each));
        }
      }
      current = longer;
    }
    return found;
  }

  private List<Found> once(QuantifiedPath pattern, Set<String> names, Row outside, Found soFar) {
    PathPattern path = pattern.path();
    List<Found> found = new ArrayList<>();
    Row begun = node(path.nodes().get(0), soFar.trail().last(), outside);
    if (begun != null) {
      found.add(soFar.with(begun));
    }
    for (int i = 0; i < path.connections().size(); i++) {
      List<Found> longer = new ArrayList<>();
      for (Found each : found) {
        longer.addAll(connection(path.connections().get(i), path.nodes().get(i + 1), each));
      }
      found = longer;
    }
    List<Found> ended = new ArrayList<>();
    for (Found each : found) {
      if (pattern.where() != null && !expressions.isTrue(pattern.where(), each.row())) {
        continue;
      }
      Row row = soFar.row();
      for (String name : names) {
        List<Object> values = new ArrayList<>((List<?>) row.get(name));
        values.add(each.row().get(name));
        row = row.with(name, values);
      }
      ended.add(each.with(row));
    }
    return ended;
  }

  private static void addName(@Nullable Variable variable, Set<String> names) {
    if (variable != null) {
      names.add(variable.name());
    }
  }
}
