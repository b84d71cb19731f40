package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.IndexDefinition;

/** What conditions ask of indexes on several keys and of TEXT indexes. */
final class SpecialRanges {
  private SpecialRanges() {}

  /**
   * What can be asked of an index, or null.
   *
   * @param existing the properties that the conditions say are there
   */
  static AccessPaths.@Nullable Ranged of(
      PlannerCatalog.SpecialIndex index,
      List<AccessPaths.Comparison> comparisons,
      Set<String> existing) {
    if (index.kind() == IndexDefinition.Kind.RANGE && !existing.containsAll(index.keys())) {
      // What lacks one of the keys is not in the index.
      return null;
    }
    return index.kind() == IndexDefinition.Kind.TEXT
        ? parts(index.keys().get(0), comparisons)
        : tuple(index, comparisons);
  }

  /** About how many different values the keys have that are asked for by equality. */
  static long values(PlannerCatalog.SpecialIndex index, IndexRange range) {
    int equal = 0;
    if (range instanceof IndexRange.Tuple tuple) {
      for (IndexRange part : tuple.parts()) {
        equal += part instanceof IndexRange.Equal ? 1 : 0;
      }
    }
    return index.values().get(Math.max(0, equal - 1));
  }

  private static AccessPaths.@Nullable Ranged tuple(
      PlannerCatalog.SpecialIndex index, List<AccessPaths.Comparison> comparisons) {
    List<IndexRange> parts = new ArrayList<>();
    List<PatternGraph.Predicate> solved = new ArrayList<>();
    for (String key : index.keys()) {
      AccessPaths.Ranged best = null;
      for (AccessPaths.Comparison comparison : comparisons) {
        boolean usable =
            comparison.property().equals(key)
                && switch (comparison.operator()) {
                  case EQUAL, STARTS_WITH, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
                  default -> false;
                };
        if (usable && !(best != null && best.range() instanceof IndexRange.Equal)) {
          best = AccessPaths.range(comparison, comparisons);
        }
      }
      if (best == null) {
        break;
      }
      parts.add(best.range());
      solved.addAll(best.solved());
      if (!(best.range() instanceof IndexRange.Equal)) {
        break;
      }
    }
    return parts.isEmpty()
        ? null
        : new AccessPaths.Ranged(new IndexRange.Tuple(index.keys(), parts), solved);
  }

  /**
   * Strings that have the parts of another one may be others than those asked for, so that no
   * condition is solved.
   */
  private static AccessPaths.@Nullable Ranged parts(
      String key, List<AccessPaths.Comparison> comparisons) {
    for (AccessPaths.Comparison comparison : comparisons) {
      boolean usable =
          comparison.property().equals(key)
              && switch (comparison.operator()) {
                case STARTS_WITH, ENDS_WITH, CONTAINS -> true;
                case EQUAL ->
                    comparison.value() instanceof Scalar.Constant constant
                        && constant.value() instanceof String;
                default -> false;
              };
      if (usable) {
        return new AccessPaths.Ranged(new IndexRange.Containing(comparison.value()), List.of());
      }
    }
    return null;
  }
}
