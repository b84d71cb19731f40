package org.weftdb.cypher.plan;

import org.jspecify.annotations.Nullable;

/** What the operators of a running statement did. */
@FunctionalInterface
public interface Measurements {
  /** Of a statement that was not measured. */
  Measurements NONE = plan -> null;

  /**
   * What an operator did so far, those below it included in the pages and the time, or null when it
   * did not run by itself.
   */
  PlanDescription.@Nullable Measured of(Plan plan);
}
