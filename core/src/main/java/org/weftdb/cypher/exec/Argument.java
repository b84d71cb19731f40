package org.weftdb.cypher.exec;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * The rows that an inner plan runs for, which every {@code Argument} leaf of it gives: columns of
 * the batch around it, shared and not copied, the variables of an expression around it, and the
 * number of the row.
 */
final class Argument {
  private final Carry shared;
  private final int[] localSlots;
  private final int rowSlot;
  private final QueryState state;
  private final Vector rowNumbers = new Vector();
  private final Vector[] locals;
  private int numbered;

  private @Nullable Batch outer;
  private int @Nullable [] selection;
  private int selected;
  private final int[] oneRow = new int[1];

  /**
   * @param columns slots that the batch around has
   * @param localSlots slots of variables that expressions around bind
   * @param rowSlot slot for the index of the row in the batch around
   */
  Argument(QueryState state, BitSet columns, BitSet localSlots, int rowSlot) {
    this.state = state;
    this.shared = new Carry(columns);
    this.localSlots = new Carry(localSlots).slots();
    this.rowSlot = rowSlot;
    this.locals = new Vector[this.localSlots.length];
    for (int i = 0; i < locals.length; i++) {
      locals[i] = new Vector();
    }
  }

  void set(Batch batch, int @Nullable [] rows, int count) {
    outer = batch;
    selection = rows;
    selected = count;
    if (numbered < batch.size) {
      rowNumbers.reset(Vector.Kind.INTEGER, batch.size);
      for (int row = 0; row < batch.size; row++) {
        rowNumbers.longs[row] = row;
      }
      numbered = batch.size;
    }
  }

  void set(Batch batch, int row) {
    oneRow[0] = row;
    set(batch, oneRow, 1);
    for (int i = 0; i < locals.length; i++) {
      if (locals[i].objects.length < batch.size) {
        locals[i].reset(Vector.Kind.OBJECT, batch.size);
      }
      locals[i].objects[row] = state.locals[localSlots[i]];
    }
  }

  /** A leaf of the inner plan. */
  Operator leaf(int slots) {
    return new Leaf(slots);
  }

  private final class Leaf extends Operator {
    private final Batch batch;
    private boolean given;

    Leaf(int slots) {
      batch = new Batch(slots);
    }

    @Override
    void open() {
      given = false;
    }

    @Override
    @Nullable Batch next() {
      Batch around = outer;
      if (given || around == null || selected == 0) {
        return null;
      }
      given = true;
      shared.share(around, batch);
      for (int i = 0; i < locals.length; i++) {
        batch.columns[localSlots[i]] = locals[i];
      }
      batch.columns[rowSlot] = rowNumbers;
      batch.size = around.size;
      batch.selection = selection;
      batch.selected = selected;
      return batch;
    }
  }
}
