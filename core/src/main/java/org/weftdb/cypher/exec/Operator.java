package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;

/**
 * A running plan operator. {@link #open} comes before the first {@link #next} and starts it over
 * when it comes again; after the first null, {@code next} is not called until then.
 */
abstract class Operator {

  /** Starts from the first row, inputs included. */
  abstract void open();

  /** Rows, at least one of them selected, or null at the end. */
  abstract @Nullable Batch next();
}
