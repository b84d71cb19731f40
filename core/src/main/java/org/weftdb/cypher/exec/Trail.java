package org.weftdb.cypher.exec;

import java.util.AbstractList;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ComputedList;
import org.weftdb.value.RelationshipReference;

/**
 * The relationships of a trail as a list. Trails that begin alike share what they have in common,
 * so that a row for each beginning of a long trail costs the same as a row for each of many short
 * ones; an array is only made of a trail when somebody looks into it.
 */
final class Trail extends AbstractList<Object> implements ComputedList {
  private final @Nullable Trail before;
  private final int relationship;
  private final int length;
  private final boolean reversed;
  private int @Nullable [] relationships;

  private Trail(@Nullable Trail before, int relationship, int length, boolean reversed) {
    this.before = before;
    this.relationship = relationship;
    this.length = length;
    this.reversed = reversed;
  }

  /**
   * The trail without relationships.
   *
   * @param reversed whether the list of it and of all that come from it begins with what was walked
   *     last
   */
  static Trail empty(boolean reversed) {
    return new Trail(null, -1, 0, reversed);
  }

  /** This trail and one step more. */
  Trail with(int next) {
    return new Trail(this, next, length + 1, reversed);
  }

  @Override
  public Object get(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException(index + " in a trail of " + length);
    }
    int[] all = relationships;
    if (all == null) {
      all = toArray(length);
      relationships = all;
    }
    return new RelationshipReference(all[index]);
  }

  private int[] toArray(int count) {
    int[] all = new int[count];
    Trail step = this;
    for (int i = count - 1; i >= 0 && step != null; i--) {
      all[reversed ? count - 1 - i : i] = step.relationship;
      step = step.before;
    }
    return all;
  }

  @Override
  public int size() {
    return length;
  }
}
