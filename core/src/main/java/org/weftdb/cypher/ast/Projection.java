package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What WITH and RETURN have in common.
 *
 * @param distinct whether equal rows are returned once
 * @param star whether the items start with {@code *}; the items follow it
 * @param items the items written out; empty only with {@code *}
 * @param orderBy the sort keys, empty when there is no ORDER BY
 * @param skip how many rows are left out, or null
 * @param limit how many rows are kept, or null
 */
public record Projection(
    boolean distinct,
    boolean star,
    List<ReturnItem> items,
    List<SortItem> orderBy,
    @Nullable Expression skip,
    @Nullable Expression limit,
    Span span)
    implements AstNode {
  public Projection {
    items = List.copyOf(items);
    orderBy = List.copyOf(orderBy);
    Checks.that(star || !items.isEmpty(), "a projection needs an item");
  }
}
