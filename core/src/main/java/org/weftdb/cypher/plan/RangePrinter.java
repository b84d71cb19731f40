package org.weftdb.cypher.plan;

/** Prints what an index is asked for. */
final class RangePrinter {
  private RangePrinter() {}

  /**
   * Prints a range.
   *
   * @param property the first indexed property, with its variable
   */
  static String print(String property, IndexRange range, ScalarPrinter scalars) {
    return switch (range) {
      case IndexRange.Equal r -> property + " = " + scalars.print(r.value());
      case IndexRange.AnyOf r -> property + " IN " + scalars.print(r.list());
      case IndexRange.Between r ->
          (r.lower() == null
                  ? ""
                  : scalars.print(r.lower()) + (r.lowerInclusive() ? " <= " : " < "))
              + property
              + (r.upper() == null
                  ? ""
                  : (r.upperInclusive() ? " <= " : " < ") + scalars.print(r.upper()));
      case IndexRange.Prefix r -> property + " STARTS WITH " + scalars.print(r.prefix());
      case IndexRange.Any r -> property + " IS NOT NULL";
      case IndexRange.Containing r -> property + " has parts of " + scalars.print(r.part());
      case IndexRange.SamePlace r -> property + " at " + scalars.print(r.value());
      case IndexRange.Near r ->
          property + " within " + scalars.print(r.radius()) + " of " + scalars.print(r.center());
      case IndexRange.InBox r ->
          property
              + " between "
              + scalars.print(r.lowerLeft())
              + " and "
              + scalars.print(r.upperRight());
      case IndexRange.Tuple r -> {
        String variable = property.substring(0, property.length() - r.keys().get(0).length());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < r.parts().size(); i++) {
          text.append(i == 0 ? "" : " AND ");
          text.append(print(variable + r.keys().get(i), r.parts().get(i), scalars));
        }
        yield text.toString();
      }
    };
  }
}
