package org.weftdb.cypher.exec;

import org.weftdb.cypher.plan.Selection;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** How many paths, or lengths of paths, a selection is of. */
final class PathCount {
  private final Evaluator count;
  private final Selection selection;
  private final Batch noRow = new Batch(0);

  /** The number, once it was read. */
  long most = 1;

  /** Whether all paths of a length are meant. */
  final boolean groups;

  PathCount(Selection selection, Evaluator count) {
    this.selection = selection;
    this.count = count;
    this.groups = selection.choice() == Selection.Choice.GROUPS;
  }

  /** Reads the number anew; an error when it is not an integer from 1. */
  void read() {
    Object value = count.value(noRow, 0);
    if (!(value instanceof Long number)) {
      throw selection
          .origin()
          .locate(
              new WeftException(
                  ErrorCode.NON_INTEGER_ROW_COUNT,
                  "A number of paths is an Integer from 1, but its value is of type "
                      + Evaluator.typeName(value)));
    }
    if (number < 1) {
      throw selection
          .origin()
          .locate(
              new WeftException(
                  ErrorCode.NEGATIVE_ROW_COUNT,
                  "A number of paths is an Integer from 1, but it is " + number));
    }
    most = number;
  }
}
