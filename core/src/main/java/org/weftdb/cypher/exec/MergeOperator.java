package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.error.WeftException;
import org.weftdb.value.Vector;

/**
 * For each row the matches of a pattern, or the pattern created. All matches of a row are found
 * before the first of them is changed.
 */
final class MergeOperator extends Operator {
  private final QueryState state;
  private final Operator input;
  private final InnerPlan match;
  private final EntityMaker maker;
  private final Updates[] onCreate;
  private final Updates[] onMatch;
  private final int[] carried;
  private final int[] innerSlots;
  private final Vector.Kind[] innerKinds;
  private final Batch output;
  private final Origin origin;

  private final Vector[] matched;
  private int matchedCount;
  private int matchedPosition;
  private @Nullable Batch in;
  private int position;

  /**
   * @param frame whose carried slots are those that come from the input
   * @param innerSlots the slots that the pattern fills
   */
  MergeOperator(
      Frame frame,
      InnerPlan match,
      EntityMaker maker,
      Updates[] onCreate,
      Updates[] onMatch,
      int[] innerSlots,
      Origin origin) {
    this.origin = origin;
    this.state = frame.state();
    this.input = frame.input();
    this.carried = frame.carry().slots();
    this.output = frame.newBatch();
    this.match = match;
    this.maker = maker;
    this.onCreate = onCreate;
    this.onMatch = onMatch;
    this.innerSlots = innerSlots;
    this.matched = WriteOperators.vectors(innerSlots.length);
    this.innerKinds = new Vector.Kind[innerSlots.length];
    for (int i = 0; i < innerSlots.length; i++) {
      innerKinds[i] = kindOfMade(innerSlots[i]);
    }
  }

  private Vector.Kind kindOfMade(int slot) {
    for (EntityMaker.NodeMaker node : maker.nodes) {
      if (node.slot() == slot) {
        return Vector.Kind.NODE;
      }
    }
    for (EntityMaker.RelationshipMaker relationship : maker.relationships) {
      if (relationship.slot() == slot) {
        return Vector.Kind.RELATIONSHIP;
      }
    }
    return Vector.Kind.OBJECT;
  }

  @Override
  void open() {
    input.open();
    in = null;
    matchedCount = 0;
    matchedPosition = 0;
  }

  @Override
  @Nullable Batch next() {
    while (true) {
      state.checkCancelled();
      Batch from = in;
      if (from == null) {
        from = input.next();
        if (from == null) {
          return null;
        }
        in = from;
        position = 0;
      }
      int n = located(from);
      if (position == from.rows() && matchedPosition == matchedCount) {
        in = null;
      }
      if (n > 0) {
        output.all(n);
        return output;
      }
    }
  }

  private int located(Batch from) {
    try {
      return fillRows(from);
    } catch (WeftException failure) {
      throw origin.locate(failure);
    }
  }

  private int fillRows(Batch from) {
    int capacity = Math.max(Batch.FIRST_ROWS, from.rows());
    for (int slot : carried) {
      output.own(slot).reset(from.column(slot).kind, capacity);
    }
    for (int i = 0; i < innerSlots.length; i++) {
      output.own(innerSlots[i]).reset(innerKinds[i], capacity);
    }
    output.all(capacity);
    int n = 0;
    while (n < capacity) {
      if (matchedPosition < matchedCount) {
        carry(from, from.row(position - 1), n);
        for (int i = 0; i < innerSlots.length; i++) {
          output.column(innerSlots[i]).copyFrom(matched[i], matchedPosition, n);
        }
        matchedPosition++;
        update(onMatch, n++);
        continue;
      }
      if (position == from.rows()) {
        break;
      }
      int row = from.row(position++);
      maker.checkNoneNull(from, row);
      findMatches(from, row);
      if (matchedCount == 0) {
        carry(from, row, n);
        maker.make(from, row, output, n);
        update(onCreate, n++);
      }
    }
    return n;
  }

  private void carry(Batch from, int row, int to) {
    for (int slot : carried) {
      output.column(slot).copyFrom(from.column(slot), row, to);
    }
  }

  private void update(Updates[] updates, int row) {
    for (Updates update : updates) {
      update.apply(output, row);
    }
  }

  private void findMatches(Batch from, int row) {
    matchedCount = 0;
    matchedPosition = 0;
    match.openRow(from, row);
    for (Batch found = match.next(); found != null; found = match.next()) {
      int rows = found.rows();
      for (int i = 0; i < innerSlots.length; i++) {
        Vector source = found.column(innerSlots[i]);
        makeRoom(i, source.kind, matchedCount + rows);
        for (int k = 0; k < rows; k++) {
          matched[i].copyFrom(source, found.row(k), matchedCount + k);
        }
      }
      matchedCount += rows;
    }
  }

  private void makeRoom(int i, Vector.Kind kind, int rows) {
    if (matchedCount == 0) {
      matched[i].reset(kind, rows);
    } else if (matched[i].capacity() < rows) {
      Vector larger = new Vector(matched[i].kind, Math.max(rows, matched[i].capacity() * 2));
      for (int row = 0; row < matchedCount; row++) {
        larger.copyFrom(matched[i], row, row);
      }
      matched[i] = larger;
    }
  }
}
