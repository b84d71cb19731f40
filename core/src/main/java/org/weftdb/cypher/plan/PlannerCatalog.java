package org.weftdb.cypher.plan;

import java.util.List;
import org.weftdb.graph.IndexDefinition;

/**
 * What the planner asks of the store: counts, which only steer its choices, and indexes, without
 * which a plan that uses them cannot run.
 *
 * <p>Names that the store does not know have count 0 and no index.
 */
public interface PlannerCatalog {
  /** The number of nodes. */
  long nodeCount();

  /** The number of nodes with a label. */
  long nodeCount(String label);

  /** The number of relationships. */
  long relationshipCount();

  /** The number of relationships of a type. */
  long relationshipCount(String type);

  /**
   * About how many different values the index on {@code (:label {property})} holds, at least 1; -1
   * when there is no such index.
   */
  long nodeIndexValues(String label, String property);

  /** The same for the index on {@code [:type {property}]}. */
  long relationshipIndexValues(String type, String property);

  /**
   * An index on several keys, or of another kind than RANGE.
   *
   * @param values for each number of first keys, from one, about how many different values they
   *     have, at least 1
   */
  record SpecialIndex(IndexDefinition.Kind kind, List<String> keys, List<Long> values) {
    public SpecialIndex {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }
  }

  /**
   * The indexes on nodes with a label, or relationships of a type, that are on several keys, texts
   * or points.
   */
  default List<SpecialIndex> specialIndexes(boolean ofNodes, String labelOrType) {
    return List.of();
  }

  /**
   * Whether a constraint says that all nodes with a label, or relationships of a type, have a
   * property.
   */
  default boolean isRequired(boolean ofNodes, String labelOrType, String property) {
    return false;
  }
}
