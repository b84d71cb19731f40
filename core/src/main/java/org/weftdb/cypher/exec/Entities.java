package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.Vector;

/** Reads node and relationship ids out of columns of any kind. */
final class Entities {
  private Entities() {}

  /** The id of the node in a row, or -1 for null. */
  static int node(Vector column, int row) {
    if (column.kind == Vector.Kind.NODE) {
      return column.hasNulls && column.isNull(row) ? -1 : (int) column.longs[row];
    }
    return node(column.value(row));
  }

  /** The id of a node, or -1 for null. */
  static int node(@Nullable Object value) {
    if (value == null) {
      return -1;
    } else if (value instanceof NodeReference node) {
      return node.id();
    }
    throw Evaluator.mismatch("a Node", value);
  }

  /**
   * The relationships that a new one of the same MATCH must differ from, for one row: those in some
   * slots, each of which holds a relationship, a list of them, or null.
   */
  static final class Excluded {
    private final int[] slots;
    private int[] ids = new int[4];
    private int count;

    Excluded(List<Integer> slots) {
      this.slots = new int[slots.size()];
      for (int i = 0; i < this.slots.length; i++) {
        this.slots[i] = slots.get(i);
      }
    }

    boolean isEmpty() {
      return count == 0;
    }

    void read(Batch batch, int row) {
      count = 0;
      for (int slot : slots) {
        Vector column = batch.column(slot);
        if (column.isNull(row)) {
          continue;
        }
        if (column.kind == Vector.Kind.RELATIONSHIP) {
          add((int) column.longs[row]);
        } else {
          addValue(column.value(row));
        }
      }
    }

    private void addValue(@Nullable Object value) {
      if (value instanceof RelationshipReference relationship) {
        add(relationship.id());
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof RelationshipReference relationship) {
            add(relationship.id());
          }
        }
      }
    }

    private void add(int id) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, count * 2);
      }
      ids[count++] = id;
    }

    int count() {
      return count;
    }

    int id(int index) {
      return ids[index];
    }

    /** Whether an entry has the same id as one before it. */
    boolean cameBefore(int index) {
      for (int i = 0; i < index; i++) {
        if (ids[i] == ids[index]) {
          return true;
        }
      }
      return false;
    }

    boolean contains(int id) {
      for (int i = 0; i < count; i++) {
        if (ids[i] == id) {
          return true;
        }
      }
      return false;
    }
  }
}
