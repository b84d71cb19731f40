package org.weftdb.cypher.ast;

import java.util.List;

/** Invariants of the records of this package; a violation is a bug of the caller. */
final class Checks {
  private Checks() {}

  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  static void notEmpty(List<?> list, String message) {
    that(!list.isEmpty(), message);
  }
}
