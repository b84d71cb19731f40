package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.IndexDefinition;
import org.weftdb.value.Direction;

/**
 * Finds the cheapest way to the nodes or relationships that a pattern starts from: by id, by an
 * index on a property that is compared with something bound, by the rarest label, or all nodes.
 */
final class AccessPaths {
  private final PlannerCatalog catalog;
  private final PatternGraph graph;
  private final Estimates estimates;

  /** Whether values of rows around the pattern are not known. */
  private final boolean alone;

  /**
   * @param alone whether the pattern, or a part of it, is matched without any row around it
   */
  AccessPaths(PlannerCatalog catalog, PatternGraph graph, Estimates estimates, boolean alone) {
    this.catalog = catalog;
    this.graph = graph;
    this.estimates = estimates;
    this.alone = alone;
  }

  /** A condition {@code subject.property operator value}, turned around when need be. */
  record Comparison(
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
    Set<String> existing = existing(node.slot(), comparisons);
    for (String label : labels) {
      double population = estimates.labelled(label);
      for (Comparison comparison : comparisons) {
        long values =
            isOfRangeIndex(comparison) ? catalog.nodeIndexValues(label, comparison.property()) : -1;
        if (values >= 0) {
          Ranged ranged = range(comparison, comparisons);
          double rows = population * estimates.indexSelectivity(ranged.range(), values);
          Access access = nodes(node, label, comparison.property(), ranged, rows);
          best = better(access, best);
        }
      }
      for (PlannerCatalog.SpecialIndex index : catalog.specialIndexes(true, label)) {
        Ranged ranged = special(index, node.slot(), bound, comparisons, existing);
        if (ranged != null) {
          long values = SpecialRanges.values(index, ranged.range());
          double rows = population * estimates.indexSelectivity(ranged.range(), values);
          best = better(nodes(node, label, index.keys().get(0), ranged, rows), best);
        }
      }
    }
    if (best == null) {
      best = existing(node, labels);
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

  private @Nullable Ranged special(
      PlannerCatalog.SpecialIndex index,
      int slot,
      BitSet bound,
      List<Comparison> comparisons,
      Set<String> existing) {
    return index.kind() == IndexDefinition.Kind.POINT
        ? points(index.keys().get(0), slot, bound)
        : SpecialRanges.of(index, comparisons, existing);
  }

  /** What the conditions ask of a POINT index: a single place rather than many. */
  private @Nullable Ranged points(String property, int slot, BitSet bound) {
    IndexRange found = null;
    for (PatternGraph.Predicate predicate : graph.predicates) {
      IndexRange range =
          PointConditions.range(predicate.scalar(), slot, property, value -> isKnown(value, bound));
      if (range != null && (found == null || range instanceof IndexRange.SamePlace)) {
        found = range;
      }
    }
    return found == null ? null : new Ranged(found, List.of());
  }

  private static Access better(Access access, @Nullable Access other) {
    return other == null || access.rows() < other.rows() ? access : other;
  }

  private Access nodes(
      PatternGraph.Node node, String label, String property, Ranged ranged, double rows) {
    List<PatternGraph.Predicate> solved = new ArrayList<>(ranged.solved());
    addLabel(node, label, solved);
    return new Access(
        Access.Kind.NODE_INDEX,
        node.index(),
        List.of(label),
        property,
        ranged.range(),
        solved,
        rows);
  }

  /** The properties without which some condition is not true. */
  private Set<String> existing(int slot, List<Comparison> comparisons) {
    Set<String> keys = new TreeSet<>();
    for (Comparison comparison : comparisons) {
      keys.add(comparison.property());
    }
    for (PatternGraph.Predicate predicate : graph.predicates) {
      String property = existing(predicate, slot);
      if (property != null) {
        keys.add(property);
      }
    }
    return keys;
  }

  private static @Nullable String existing(PatternGraph.Predicate predicate, int slot) {
    return predicate.scalar() instanceof Scalar.Unary unary
            && unary.operator() == Scalar.UnaryOperator.IS_NOT_NULL
        ? property(unary.operand(), slot)
        : null;
  }

  /** The nodes with a property, out of an index, when a condition asks for just these. */
  private @Nullable Access existing(PatternGraph.Node node, List<String> labels) {
    for (PatternGraph.Predicate predicate : graph.predicates) {
      String property = existing(predicate, node.slot());
      if (property == null) {
        continue;
      }
      for (String label : labels) {
        long values = catalog.nodeIndexValues(label, property);
        if (values >= 0) {
          Ranged ranged = new Ranged(new IndexRange.Any(), List.of(predicate));
          double rows =
              estimates.labelled(label) * estimates.indexSelectivity(ranged.range(), values);
          return nodes(node, label, property, ranged, rows);
        }
      }
    }
    return null;
  }

  /** Whether a RANGE index on the property alone can answer it. */
  private static boolean isOfRangeIndex(Comparison comparison) {
    return comparison.operator() != Scalar.BinaryOperator.CONTAINS
        && comparison.operator() != Scalar.BinaryOperator.ENDS_WITH;
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
  @Nullable Access best(PatternRelationship relationship, BitSet bound) {
    if (relationship.length() != null || relationship.types().size() != 1) {
      return null;
    }
    String type = relationship.types().get(0);
    Access best = null;
    List<Comparison> comparisons = comparisons(relationship.slot(), bound);
    Set<String> existing = existing(relationship.slot(), comparisons);
    double population = estimates.relationships(relationship.types());
    for (Comparison comparison : comparisons) {
      long values =
          isOfRangeIndex(comparison)
              ? catalog.relationshipIndexValues(type, comparison.property())
              : -1;
      if (values >= 0) {
        Ranged ranged = range(comparison, comparisons);
        double rows = population * estimates.indexSelectivity(ranged.range(), values);
        best = better(found(relationship, comparison.property(), ranged, rows), best);
      }
    }
    for (PlannerCatalog.SpecialIndex index : catalog.specialIndexes(false, type)) {
      Ranged ranged = special(index, relationship.slot(), bound, comparisons, existing);
      if (ranged != null) {
        long values = SpecialRanges.values(index, ranged.range());
        double rows = population * estimates.indexSelectivity(ranged.range(), values);
        best = better(found(relationship, index.keys().get(0), ranged, rows), best);
      }
    }
    return best;
  }

  /** The scan of relationships of some types. */
  Access scan(PatternRelationship relationship) {
    double count = estimates.relationships(relationship.types());
    return new Access(
        Access.Kind.RELATIONSHIP_TYPE,
        relationship.index(),
        relationship.types(),
        "",
        Access.NO_RANGE,
        List.of(),
        relationship.direction() == Direction.BOTH ? 2 * count : count);
  }

  private static Access found(
      PatternRelationship relationship, String property, Ranged ranged, double rows) {
    return new Access(
        Access.Kind.RELATIONSHIP_INDEX,
        relationship.index(),
        relationship.types(),
        property,
        ranged.range(),
        ranged.solved(),
        rows);
  }

  private @Nullable Access idSeek(PatternGraph.Node node, BitSet bound) {
    return idSeek(Access.Kind.ID, node.index(), node.slot(), bound);
  }

  /** The relationship with an id, or null. */
  @Nullable Access byId(PatternRelationship relationship, BitSet bound) {
    return idSeek(Access.Kind.RELATIONSHIP_ID, relationship.index(), relationship.slot(), bound);
  }

  private @Nullable Access idSeek(Access.Kind kind, int element, int slot, BitSet bound) {
    Access some = null;
    for (PatternGraph.Predicate predicate : graph.predicates) {
      if (!(predicate.scalar() instanceof Scalar.Binary binary)) {
        continue;
      }
      boolean turned = Estimates.idFunction(binary.left(), slot) == null;
      Scalar value = turned ? binary.left() : binary.right();
      String function = Estimates.idFunction(turned ? binary.right() : binary.left(), slot);
      if (function == null || !isKnown(value, bound)) {
        continue;
      }
      List<PatternGraph.Predicate> solved = List.of(predicate);
      if (binary.operator() == Scalar.BinaryOperator.EQUAL) {
        IndexRange one = new IndexRange.Equal(value);
        return new Access(kind, element, List.of(), function, one, solved, 1);
      } else if (binary.operator() == Scalar.BinaryOperator.IN && !turned) {
        IndexRange any = new IndexRange.AnyOf(value);
        some = new Access(kind, element, List.of(), function, any, solved, SOME_IDS);
      }
    }
    return some;
  }

  private static final double SOME_IDS = 10;

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
    if (!alone) {
      needs.and(graph.introduced);
    }
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
          case EQUAL,
              IN,
              STARTS_WITH,
              ENDS_WITH,
              CONTAINS,
              LESS,
              LESS_OR_EQUAL,
              GREATER,
              GREATER_OR_EQUAL ->
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

  /**
   * What an index is asked for.
   *
   * @param solved what everything found satisfies
   */
  record Ranged(IndexRange range, List<PatternGraph.Predicate> solved) {}

  /** A comparison as a range; a bound on the other side of the same property joins in. */
  static Ranged range(Comparison comparison, List<Comparison> others) {
    List<PatternGraph.Predicate> solved = new ArrayList<>();
    solved.add(comparison.predicate());
    Scalar value = comparison.value();
    return switch (comparison.operator()) {
      case EQUAL -> new Ranged(new IndexRange.Equal(value), solved);
      case IN -> new Ranged(new IndexRange.AnyOf(value), solved);
      case STARTS_WITH -> new Ranged(new IndexRange.Prefix(value), solved);
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
            new IndexRange.Between(
                lower == null ? null : lower.value(),
                lower != null && lower.operator() == Scalar.BinaryOperator.GREATER_OR_EQUAL,
                upper == null ? null : upper.value(),
                upper != null && upper.operator() == Scalar.BinaryOperator.LESS_OR_EQUAL),
            solved);
      }
    };
  }

  static boolean isBound(Comparison comparison) {
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
