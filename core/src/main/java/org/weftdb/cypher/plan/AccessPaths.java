package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cheapest way to the nodes or relationships that a pattern starts from: by id, by an
 * index on a property that is compared with something bound, by the rarest label, or all nodes.
 */
final class AccessPaths {
  private final PlannerCatalog catalog;
  private final PatternGraph graph;
  private final Estimates estimates;

  AccessPaths(PlannerCatalog catalog, PatternGraph graph, Estimates estimates) {
    this.catalog = catalog;
    this.graph = graph;
    this.estimates = estimates;
  }

  /** A condition {@code subject.property operator value}, turned around when need be. */
  private record Comparison(
      PatternGraph.Predicate predicate,
      String property,
      Scalar.BinaryOperator operator,
      Scalar value) {}

  /** The best access to a node when the pattern's slots in {@code bound} are bound. */
  Access best(PatternGraph.Node node, BitSet bound) {
    Access seek = idSeek(node, bound);
    if (seek != null) {
      return seek;
    }
    List<String> labels = estimates.labels(node);
    Access best = null;
    List<Comparison> comparisons = comparisons(node.slot(), bound);
    for (String label : labels) {
      for (Comparison comparison : comparisons) {
        long values = catalog.nodeIndexValues(label, comparison.property());
        if (values >= 0) {
          Ranged ranged = range(comparison, comparisons);
          List<PatternGraph.Predicate> solved = new ArrayList<>(ranged.solved());
          addLabel(node, label, solved);
          double rows =
              estimates.labelled(label) * estimates.indexSelectivity(ranged.range(), values);
          Access access =
              new Access(
                  Access.Kind.NODE_INDEX,
                  node.index(),
                  List.of(label),
                  comparison.property(),
                  ranged.range(),
                  solved,
                  rows);
          best = best == null || access.rows() < best.rows() ? access : best;
        }
      }
    }
    if (best != null) {
      return best;
    }
    Access scan = scan(node, labels);
    for (PatternGraph.Predicate predicate : graph.predicates) {
      Access some = scanOfAny(node, predicate);
      scan = some != null && some.rows() < scan.rows() ? some : scan;
    }
    return scan;
  }

  private Access scan(PatternGraph.Node node, List<String> labels) {
    String rarest = null;
    for (String label : labels) {
      if (rarest == null || catalog.nodeCount(label) < catalog.nodeCount(rarest)) {
        rarest = label;
      }
    }
    List<PatternGraph.Predicate> solved = new ArrayList<>();
    if (rarest == null) {
      return new Access(
          Access.Kind.ALL,
          node.index(),
          List.of(),
          "",
          Access.NO_RANGE,
          solved,
          estimates.allNodes());
    }
    addLabel(node, rarest, solved);
    return new Access(
        Access.Kind.LABEL,
        node.index(),
        List.of(rarest),
        "",
        Access.NO_RANGE,
        solved,
        estimates.labelled(rarest));
  }

  /** The scan of several labels, when a condition asks for any of them; otherwise null. */
  private @Nullable Access scanOfAny(PatternGraph.Node node, PatternGraph.Predicate predicate) {
    List<String> labels = Estimates.anyOf(predicate.scalar(), node.slot());
    if (labels.isEmpty()) {
      return null;
    }
    double rows = 0;
    for (String label : labels) {
      rows += estimates.labelled(label);
    }
    return new Access(
        Access.Kind.LABEL, node.index(), labels, "", Access.NO_RANGE, List.of(predicate), rows);
  }

  /** An index on the type of a relationship that has just one, or null. */
  @Nullable Access best(PatternGraph.Relationship relationship, BitSet bound) {
    if (relationship.length() != null || relationship.types().size() != 1) {
      return null;
    }
    String type = relationship.types().get(0);
    Access best = null;
    List<Comparison> comparisons = comparisons(relationship.slot(), bound);
    for (Comparison comparison : comparisons) {
      long values = catalog.relationshipIndexValues(type, comparison.property());
      if (values >= 0) {
        Ranged ranged = range(comparison, comparisons);
        double rows =
            estimates.relationships(relationship.types())
                * estimates.indexSelectivity(ranged.range(), values);
        Access access =
            new Access(
                Access.Kind.RELATIONSHIP_INDEX,
                relationship.index(),
                List.of(type),
                comparison.property(),
                ranged.range(),
                ranged.solved(),
                rows);
        best = best == null || access.rows() < best.rows() ? access : best;
      }
    }
    return best;
  }

  private @Nullable Access idSeek(PatternGraph.Node node, BitSet bound) {
    for (PatternGraph.Predicate predicate : graph.predicates) {
      if (predicate.scalar() instanceof Scalar.Binary binary
          && binary.operator() == Scalar.BinaryOperator.EQUAL) {
        Scalar id = null;
        if (Estimates.isId(binary.left(), node.slot()) && isKnown(binary.right(), bound)) {
          id = binary.right();
        } else if (Estimates.isId(binary.right(), node.slot()) && isKnown(binary.left(), bound)) {
          id = binary.left();
        }
        if (id != null) {
          return new Access(
              Access.Kind.ID,
              node.index(),
              List.of(),
              "",
              new Plan.IndexRange.Equal(id),
              List.of(predicate),
              1);
        }
      }
    }
    return null;
  }

  private void addLabel(PatternGraph.Node node, String label, List<PatternGraph.Predicate> solved) {
    for (PatternGraph.Predicate predicate : graph.predicates) {
      if (predicate.scalar() instanceof Scalar.HasLabels has
          && has.subject() instanceof Scalar.Slot slot
          && slot.slot() == node.slot()
          && has.labels().size() == 1
          && has.labels().get(0).equals(label)) {
        solved.add(predicate);
      }
    }
  }

  /** Whether a value can be computed before the element is found, once for each input row. */
  private boolean isKnown(Scalar value, BitSet bound) {
    if (!FunctionNames.isDeterministic(value)) {
      return false;
    }
    BitSet needs = SlotUse.of(value);
    needs.and(graph.introduced);
    needs.andNot(bound);
    return needs.isEmpty();
  }

  private List<Comparison> comparisons(int slot, BitSet bound) {
    List<Comparison> result = new ArrayList<>();
    for (PatternGraph.Predicate predicate : graph.predicates) {
      if (!(predicate.scalar() instanceof Scalar.Binary binary)) {
        continue;
      }
      String left = property(binary.left(), slot);
      String right = property(binary.right(), slot);
      if (left != null && isKnown(binary.right(), bound)) {
        switch (binary.operator()) {
          case EQUAL, IN, STARTS_WITH, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
              result.add(new Comparison(predicate, left, binary.operator(), binary.right()));
          default -> {}
        }
      } else if (right != null && isKnown(binary.left(), bound)) {
        Scalar.BinaryOperator turned = turned(binary.operator());
        if (turned != null) {
          result.add(new Comparison(predicate, right, turned, binary.left()));
        }
      }
    }
    return result;
  }

  private static @Nullable String property(Scalar scalar, int slot) {
    return scalar instanceof Scalar.Property property
            && property.subject() instanceof Scalar.Slot subject
            && subject.slot() == slot
        ? property.key()
        : null;
  }

  private static Scalar.@Nullable BinaryOperator turned(Scalar.BinaryOperator operator) {
    return switch (operator) {
      case EQUAL -> Scalar.BinaryOperator.EQUAL;
      case LESS -> Scalar.BinaryOperator.GREATER;
      case LESS_OR_EQUAL -> Scalar.BinaryOperator.GREATER_OR_EQUAL;
      case GREATER -> Scalar.BinaryOperator.LESS;
      case GREATER_OR_EQUAL -> Scalar.BinaryOperator.LESS_OR_EQUAL;
      default -> null;
    };
  }

  private record Ranged(Plan.IndexRange range, List<PatternGraph.Predicate> solved) {}

  /** A comparison as a range; a bound on the other side of the same property joins in. */
  private static Ranged range(Comparison comparison, List<Comparison> others) {
    List<PatternGraph.Predicate> solved = new ArrayList<>();
    solved.add(comparison.predicate());
    Scalar value = comparison.value();
    return switch (comparison.operator()) {
      case EQUAL -> new Ranged(new Plan.IndexRange.Equal(value), solved);
      case IN -> new Ranged(new Plan.IndexRange.AnyOf(value), solved);
      case STARTS_WITH -> new Ranged(new Plan.IndexRange.Prefix(value), solved);
      default -> {
        Comparison lower = isLower(comparison) ? comparison : null;
        Comparison upper = isLower(comparison) ? null : comparison;
        for (Comparison other : others) {
          if (isBound(other) && other.property().equals(comparison.property())) {
            if (lower == null && isLower(other)) {
              lower = other;
              solved.add(other.predicate());
            } else if (upper == null && !isLower(other)) {
              upper = other;
              solved.add(other.predicate());
            }
          }
        }
        yield new Ranged(
            new Plan.IndexRange.Between(
                lower == null ? null : lower.value(),
                lower != null && lower.operator() == Scalar.BinaryOperator.GREATER_OR_EQUAL,
                upper == null ? null : upper.value(),
                upper != null && upper.operator() == Scalar.BinaryOperator.LESS_OR_EQUAL),
            solved);
      }
    };
  }

  private static boolean isBound(Comparison comparison) {
    return switch (comparison.operator()) {
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
      default -> false;
    };
  }

  private static boolean isLower(Comparison comparison) {
    return comparison.operator() == Scalar.BinaryOperator.GREATER
        || comparison.operator() == Scalar.BinaryOperator.GREATER_OR_EQUAL;
  }
}
