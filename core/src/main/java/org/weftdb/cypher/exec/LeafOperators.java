package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;

/** Operators without an input. */
final class LeafOperators {
  private LeafOperators() {}

  /** One row without columns. */
  static final class Start extends Operator {
    private final Batch batch;
    private boolean given;

    Start(int slots) {
      batch = new Batch(slots);
    }

    @Override
    void open() {
      given = false;
    }

    @Override
    @Nullable Batch next() {
      if (given) {
        return null;
      }
      given = true;
      batch.all(1);
      return batch;
    }
  }
}
