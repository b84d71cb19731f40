package org.weftdb.cypher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.IndexDefinition;

/** What an index is asked for. Bounds are evaluated for each input row. */
public sealed interface IndexRange {
  /** {@code property = value}. */
  record Equal(Scalar value) implements IndexRange {}

  /** {@code property IN list}. */
  record AnyOf(Scalar list) implements IndexRange {}

  /** Between two bounds; a missing one is null. */
  record Between(
      @Nullable Scalar lower,
      boolean lowerInclusive,
      @Nullable Scalar upper,
      boolean upperInclusive)
      implements IndexRange {}

  /** {@code property STARTS WITH prefix}. */
  record Prefix(Scalar prefix) implements IndexRange {}

  /** {@code property IS NOT NULL}. */
  record Any() implements IndexRange {}

  /** The strings of a TEXT index that may contain a part, by id: all that do, and maybe others. */
  record Containing(Scalar part) implements IndexRange {}

  /**
   * {@code property = value}, asked of a POINT index: the points that may be equal to the value, in
   * no order. When the value is no point all entities with the label or of the type.
   */
  record SamePlace(Scalar value) implements IndexRange {}

  /**
   * {@code point.distance(property, center) <= radius}, or {@code <}: the points of a POINT index
   * that may be so near, in no order.
   */
  record Near(Scalar center, Scalar radius) implements IndexRange {}

  /**
   * {@code point.withinBBox(property, lowerLeft, upperRight)}: the points of a POINT index that may
   * be in the box, in no order.
   */
  record InBox(Scalar lowerLeft, Scalar upperRight) implements IndexRange {}

  /** The kind of the indexes that can be asked for it. */
  default IndexDefinition.Kind kind() {
    return switch (this) {
      case Containing range -> IndexDefinition.Kind.TEXT;
      case SamePlace range -> IndexDefinition.Kind.POINT;
      case Near range -> IndexDefinition.Kind.POINT;
      case InBox range -> IndexDefinition.Kind.POINT;
      default -> IndexDefinition.Kind.RANGE;
    };
  }

  /**
   * Ranges of the first keys of an index on several.
   *
   * @param keys all keys of the index in their order
   * @param parts for the first keys, one or more; all but the last are {@link Equal}, and the last
   *     is no {@link AnyOf}
   */
  record Tuple(List<String> keys, List<IndexRange> parts) implements IndexRange {
    public Tuple {
      keys = List.copyOf(keys);
      parts = List.copyOf(parts);
    }
  }
}
