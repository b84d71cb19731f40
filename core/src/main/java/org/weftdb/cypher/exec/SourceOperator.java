package org.weftdb.cypher.exec;

import org.weftdb.value.Vector;

/**
 * For each input row, rows with the entities that a scan or an index gives. Subclasses say what is
 * scanned.
 */
abstract class SourceOperator extends FanOutOperator {
  private final int slot;
  private final Vector.Kind kind;
  private boolean scanning;

  /**
   * @param slot slot of the entity
   * @param kind of the entity
   */
  SourceOperator(Frame frame, int slot, Vector.Kind kind) {
    super(frame);
    this.slot = slot;
    this.kind = kind;
  }

  /** Starts the scan for an input row. */
  abstract void start(Batch batch, int row);

  /** Gives the next ids, at most {@code max}; 0 at the end. */
  abstract int fill(long[] out, int offset, int max);

  @Override
  final void clearRow() {
    scanning = false;
  }

  @Override
  final boolean rowOpen() {
    return scanning;
  }

  @Override
  final void startRow(Batch from, int row) {
    start(from, row);
    scanning = true;
  }

  @Override
  final void reserve() {
    output.own(slot).reset(kind, capacity);
  }

  @Override
  final int take(Batch from, int first) {
    int added = fill(output.own(slot).longs, first, capacity - first);
    scanning = added > 0;
    return first + added;
  }
}
