package org.weftdb.cypher.semantic;

import java.util.List;

/**
 * What a WITH or RETURN does, {@code *} expanded.
 *
 * @param columns the columns in order: first those of {@code *}, by name, then the items
 * @param aggregates whether any column aggregates
 * @param hidesInput whether ORDER BY, and WHERE after WITH, see only the columns, because rows were
 *     grouped or made distinct. They may then still repeat a column's expression, or have it inside
 *     theirs: equal expressions {@linkplain org.weftdb.cypher.ast.AstPrinter print alike}; a
 *     variable is first the column of that name. If false, they see the columns and, behind them,
 *     the variables from before
 */
public record ProjectionInfo(
    List<ProjectedColumn> columns, boolean aggregates, boolean hidesInput) {
  public ProjectionInfo {
    columns = List.copyOf(columns);
  }
}
