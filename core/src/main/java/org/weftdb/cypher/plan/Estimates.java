package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.value.Direction;

/**
 * How many rows the pieces of a pattern have, from the counts of the store.
 *
 * <p>The population of a node is the count of its rarest label. Relationships of a type are taken
 * to be spread evenly over the populations of both ends, so that the rows of a set of pieces do not
 * depend on the order in which they are joined. A condition lets a fixed part of the rows through;
 * equality with an indexed property lets one value of the index through. Small constants are added
 * to all counts, so that an empty store still gives sensible plans.
 */
final class Estimates {
  private static final double ALL_NODES = 100;
  private static final double SOME_NODES = 10;
  private static final double SOME_RELATIONSHIPS = 20;
  private static final double EQUALITY = 0.1;
  private static final double MEMBERSHIP = 0.2;
  private static final double RANGE = 0.3;
  private static final double OTHER = 0.5;
  private static final int STEPS_COUNTED = 4;

  /** What it costs to pass by an entry of a column, in rows. */
  private static final double SCANNED = 0.1;

  private final PlannerCatalog catalog;
  private final PatternGraph graph;
  private final double[] populations;
  private final double[] selectivities;
  private final List<List<String>> labels = new ArrayList<>();

  /** For each relationship, how many there are and the part of them with its conditions. */
  private final double[] counts;

  private final double[] conditions;

  Estimates(PlannerCatalog catalog, PatternGraph graph) {
    this.catalog = catalog;
    this.graph = graph;
    this.populations = new double[graph.nodes.size()];
    this.selectivities = new double[graph.nodes.size()];
    this.counts = new double[graph.relationships.size()];
    this.conditions = new double[graph.relationships.size()];
    Map<Integer, PatternGraph.Node> nodes = new HashMap<>();
    for (PatternGraph.Node node : graph.nodes) {
      nodes.put(node.slot(), node);
    }
    readLabels(nodes);
    for (PatternGraph.Node node : graph.nodes) {
      double population = allNodes();
      for (String label : labels(node)) {
        population = Math.min(population, labelled(label));
      }
      populations[node.index()] = population;
    }
    readConditions(nodes);
    for (PatternGraph.Node node : graph.nodes) {
      if (!labels(node).isEmpty()) {
        selectivities[node.index()] *= otherLabels(labels(node));
      }
    }
  }

  private void readLabels(Map<Integer, PatternGraph.Node> nodes) {
    List<Set<String>> found = new ArrayList<>();
    for (PatternGraph.Node node : graph.nodes) {
      found.add(new LinkedHashSet<>(node.labels()));
    }
    for (PatternGraph.Predicate predicate : graph.predicates) {
      if (predicate.scalar() instanceof Scalar.HasLabels has
          && has.subject() instanceof Scalar.Slot slot) {
        PatternGraph.Node node = nodes.get(slot.slot());
        if (node != null) {
          found.get(node.index()).add(has.labels().get(0));
        }
      }
    }
    for (Set<String> each : found) {
      labels.add(new ArrayList<>(each));
    }
  }

  /** The part of each node's and relationship's population with the predicates on it alone. */
  private void readConditions(Map<Integer, PatternGraph.Node> nodes) {
    Arrays.fill(selectivities, 1);
    Arrays.fill(conditions, 1);
    Map<Integer, Integer> relationships = new HashMap<>();
    for (PatternRelationship relationship : graph.relationships) {
      counts[relationship.index()] = relationships(relationship.types());
      relationships.put(relationship.slot(), relationship.index());
    }
    for (PatternGraph.Predicate predicate : graph.predicates) {
      boolean ofBound = predicate.needs().isEmpty();
      BitSet own = ofBound ? SlotUse.of(predicate.scalar()) : predicate.needs();
      if (!ofBound && own.cardinality() > 1) {
        continue;
      }
      for (int slot = own.nextSetBit(0); slot >= 0; slot = own.nextSetBit(slot + 1)) {
        PatternGraph.Node node = nodes.get(slot);
        Integer relationship = relationships.get(slot);
        if (node != null && node.bound() == ofBound) {
          selectivities[node.index()] *= selectivity(predicate.scalar(), labels(node), slot);
        } else if (relationship != null && !ofBound) {
          conditions[relationship] *= selectivity(predicate.scalar(), List.of(), -1);
        }
      }
    }
  }

  double allNodes() {
    return catalog.nodeCount() + ALL_NODES;
  }

  double labelled(String label) {
    return Math.min(allNodes(), catalog.nodeCount(label) + SOME_NODES);
  }

  /** The labels that a node must have, by the pattern or by its conditions. */
  List<String> labels(PatternGraph.Node node) {
    return labels.get(node.index());
  }

  double population(int node) {
    return populations[node];
  }

  /** The part of the population that satisfies the predicates on this node alone. */
  double selectivity(int node) {
    return selectivities[node];
  }

  /** What the labels beside the rarest one leave. */
  private double otherLabels(List<String> labels) {
    double rarest = Double.MAX_VALUE;
    double result = 1;
    for (String label : labels) {
      double part = labelled(label) / allNodes();
      result *= part;
      rarest = Math.min(rarest, part);
    }
    return result / rarest;
  }

  private double selectivity(Scalar predicate, List<String> labels, int slot) {
    if (predicate instanceof Scalar.HasLabels) {
      return 1;
    }
    List<String> any = anyOf(predicate, slot);
    if (!any.isEmpty()) {
      double sum = 0;
      for (String label : any) {
        sum += labelled(label);
      }
      return Math.min(1, sum / allNodes());
    }
    if (predicate instanceof Scalar.Unary not
        && not.operator() == Scalar.UnaryOperator.NOT
        && not.operand() instanceof Scalar.HasLabels has
        && has.labels().size() == 1) {
      return Math.max(1 - labelled(has.labels().get(0)) / allNodes(), SOME_NODES / allNodes());
    }
    if (!(predicate instanceof Scalar.Binary binary)) {
      return OTHER;
    }
    return switch (binary.operator()) {
      case EQUAL -> equality(binary, labels, slot);
      case IN -> MEMBERSHIP;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, STARTS_WITH -> RANGE;
      default -> OTHER;
    };
  }

  /** The labels of {@code n:A OR n:B} for the node in a slot; none for other conditions. */
  static List<String> anyOf(Scalar condition, int slot) {
    if (!(condition instanceof Scalar.Or or)) {
      return List.of();
    }
    Set<String> labels = new LinkedHashSet<>();
    for (Scalar operand : or.operands()) {
      boolean label =
          operand instanceof Scalar.HasLabels has
              && has.labels().size() == 1
              && has.subject() instanceof Scalar.Slot subject
              && subject.slot() == slot
              && subject.kind() == SlotKind.NODE;
      if (!label) {
        return List.of();
      }
      labels.add(((Scalar.HasLabels) operand).labels().get(0));
    }
    return new ArrayList<>(labels);
  }

  private double equality(Scalar.Binary equality, List<String> labels, int slot) {
    if (isId(equality.left(), slot) || isId(equality.right(), slot)) {
      return 1 / allNodes();
    }
    double result = EQUALITY;
    for (Scalar side : List.of(equality.left(), equality.right())) {
      if (side instanceof Scalar.Property property
          && property.subject() instanceof Scalar.Slot subject
          && subject.slot() == slot) {
        for (String label : labels) {
          long values = catalog.nodeIndexValues(label, property.key());
          if (values > 0) {
            result = Math.min(result, 1.0 / (values + SOME_NODES));
          }
        }
      }
    }
    return result;
  }

  private static boolean isId(Scalar scalar, int slot) {
    return idFunction(scalar, slot) != null;
  }

  /** The function that an expression asks for the id of what is in a slot, or null. */
  static @Nullable String idFunction(Scalar scalar, int slot) {
    return scalar instanceof Scalar.Call call
            && (call.function().equals("id") || call.function().equals("elementid"))
            && call.arguments().size() == 1
            && call.arguments().get(0) instanceof Scalar.Slot subject
            && subject.slot() == slot
        ? call.function()
        : null;
  }

  /** The part that an index finds of all that it holds. */
  double indexSelectivity(IndexRange range, long values) {
    return switch (range) {
      case IndexRange.Equal r -> 1.0 / (values + SOME_NODES);
      case IndexRange.AnyOf r -> Math.min(MEMBERSHIP, 10.0 / (values + SOME_NODES));
      case IndexRange.Between r -> r.lower() == null || r.upper() == null ? RANGE : RANGE * RANGE;
      case IndexRange.Prefix r -> EQUALITY;
      case IndexRange.Any r -> OTHER;
      case IndexRange.Containing r -> EQUALITY;
      case IndexRange.SamePlace r -> 1.0 / (values + SOME_NODES);
      case IndexRange.Near r -> EQUALITY;
      case IndexRange.InBox r -> EQUALITY;
      case IndexRange.Tuple r -> {
        int last = r.parts().size() - 1;
        double equal = last == 0 ? 1 : 1.0 / (values + SOME_NODES);
        IndexRange part = r.parts().get(last);
        yield part instanceof IndexRange.Equal
            ? 1.0 / (values + SOME_NODES)
            : equal * indexSelectivity(part, values);
      }
    };
  }

  double relationships(List<String> types) {
    if (types.isEmpty()) {
      return catalog.relationshipCount() + ALL_NODES;
    }
    double sum = 0;
    for (String type : types) {
      sum += catalog.relationshipCount(type) + SOME_RELATIONSHIPS;
    }
    return Math.min(sum, catalog.relationshipCount() + ALL_NODES);
  }

  /**
   * What it costs to look for relationships of some types among all, which lie one after another.
   */
  double relationshipScan(PatternRelationship relationship) {
    int scans = Math.max(1, relationship.types().size());
    return scans * (catalog.relationshipCount() + ALL_NODES) * SCANNED;
  }

  /** About how many rows one row becomes when a relationship is followed from a node. */
  double degree(PatternRelationship relationship, int from) {
    double count = counts[relationship.index()];
    if (relationship.direction() == Direction.BOTH) {
      count *= 2;
    }
    RelationshipPattern.VariableLength length = relationship.length();
    if (relationship.selected() != null) {
      return allNodes();
    } else if (length == null) {
      return count / populations[from] * conditions(relationship);
    }
    double step = count / allNodes();
    double rows = length.minimum() == 0 ? 1 : 0;
    double reached = 1;
    for (int i = 1; i <= Math.min(length.maximum(), length.minimum() + STEPS_COUNTED); i++) {
      reached = Math.min(reached * step, 1e12);
      rows += i >= length.minimum() ? reached : 0;
      if (i > 100) {
        break;
      }
    }
    return rows + 0.01;
  }

  /** About how many nodes a search from both ends of a path looks at. */
  double search() {
    return 2 * Math.sqrt(allNodes());
  }

  /** The part of its relationships that satisfies the predicates on the relationship alone. */
  double conditions(PatternRelationship relationship) {
    return conditions[relationship.index()];
  }
}
