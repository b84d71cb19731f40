package org.weftdb.cypher.plan;

import java.util.List;
import java.util.Map;
import org.weftdb.graph.IndexDefinition;

/** A catalog with counts given once and for all. */
record FixedCatalog(
    long nodeCount,
    Map<String, Long> labels,
    long relationshipCount,
    Map<String, Long> types,
    Map<String, Long> nodeIndexes,
    Map<String, Long> relationshipIndexes)
    implements PlannerCatalog {

  /** Nothing but an index on {@code (:A {id})}. */
  static final FixedCatalog EMPTY =
      new FixedCatalog(0, Map.of(), 0, Map.of(), Map.of("A.id", 1L), Map.of());

  /** Three labels of different sizes, three types, and indexes. */
  static final FixedCatalog FILLED =
      new FixedCatalog(
          10_000,
          Map.of("A", 100L, "B", 1_000L, "C", 5_000L),
          30_000,
          Map.of("R", 20_000L, "S", 500L, "T", 50L),
          Map.of("A.id", 100L, "B.id", 1_000L, "B.name", 800L),
          Map.of("R.k", 20_000L));

  @Override
  public long nodeCount(String label) {
    return labels.getOrDefault(label, 0L);
  }

  @Override
  public long relationshipCount(String type) {
    return types.getOrDefault(type, 0L);
  }

  @Override
  public long nodeIndexValues(String label, String property) {
    return nodeIndexes.getOrDefault(label + "." + property, -1L);
  }

  @Override
  public long relationshipIndexValues(String type, String property) {
    return relationshipIndexes.getOrDefault(type + "." + property, -1L);
  }

  /** Indexes on two keys, on texts and on points, of the label C and the type S. */
  @Override
  public List<SpecialIndex> specialIndexes(boolean ofNodes, String labelOrType) {
    return nodeCount > 0 && labelOrType.equals(ofNodes ? "C" : "S")
        ? List.of(
            new SpecialIndex(IndexDefinition.Kind.RANGE, List.of("u", "v"), List.of(10L, 500L)),
            new SpecialIndex(IndexDefinition.Kind.TEXT, List.of("text"), List.of(1L)),
            new SpecialIndex(IndexDefinition.Kind.POINT, List.of("place"), List.of(4_000L)))
        : List.of();
  }

  /** All nodes with the label B have an id, all relationships of the type R a k. */
  @Override
  public boolean isRequired(boolean ofNodes, String labelOrType, String property) {
    return ofNodes
        ? labelOrType.equals("B") && property.equals("id")
        : labelOrType.equals("R") && property.equals("k");
  }
}
