package org.weftdb.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A reusable, typed column of values: the unit in which operators hand rows to each other.
 *
 * <p>The fields are public because hot loops work on the arrays directly. What holds between them:
 *
 * <ul>
 *   <li>{@link Kind#INTEGER}, {@link Kind#NODE}, {@link Kind#RELATIONSHIP} and {@link Kind#BOOLEAN}
 *       use {@link #longs} (numbers, ids, 0 or 1), {@link Kind#FLOAT} uses {@link #doubles}; a null
 *       row has its bit set in {@link #nulls}, and {@link #hasNulls} is true when any bit is set
 *       (it may stay true after the last one is cleared); what the number array holds in a null row
 *       is undefined.
 *   <li>{@link Kind#OBJECT} uses {@link #objects} alone; there a null row is Java's null, and
 *       {@link #nulls} and {@link #hasNulls} mean nothing.
 * </ul>
 *
 * <p>The array of the kind has at least {@link #capacity()} entries. A vector does not know how
 * many of its rows are in use; its batch does. For one thread.
 */
public final class Vector {
  /** How the rows are kept. */
  public enum Kind {
    INTEGER,
    FLOAT,
    BOOLEAN,
    NODE,
    RELATIONSHIP,
    OBJECT
  }

  private static final long[] NO_LONGS = {};
  private static final double[] NO_DOUBLES = {};
  private static final @Nullable Object[] NO_OBJECTS = {};

  public Kind kind = Kind.OBJECT;
  public long[] longs = NO_LONGS;
  public double[] doubles = NO_DOUBLES;
  public @Nullable Object[] objects = NO_OBJECTS;

  /** One bit a row, set for null; row r is bit {@code r & 63} of word {@code r >> 6}. */
  public long[] nulls = NO_LONGS;

  public boolean hasNulls;
  private int capacity;

  /** A vector without rows; {@link #reset} gives it some. */
  public Vector() {}

  /** A vector of one kind with room for so many rows. */
  public Vector(Kind kind, int capacity) {
    reset(kind, capacity);
  }

  /** The rows there is room for. */
  public int capacity() {
    return capacity;
  }

  /**
   * Makes this a vector of a kind with room for so many rows, none of them null ({@link
   * Kind#OBJECT}: all null), reusing its arrays. What the other rows hold is undefined.
   */
  public void reset(Kind newKind, int newCapacity) {
    kind = newKind;
    capacity = newCapacity;
    clearNulls();
    if (newKind == Kind.OBJECT) {
      if (objects.length < newCapacity) {
        objects = new @Nullable Object[newCapacity];
      } else {
        Arrays.fill(objects, 0, newCapacity, null);
      }
      return;
    }
    if (newKind == Kind.FLOAT) {
      if (doubles.length < newCapacity) {
        doubles = new double[newCapacity];
      }
    } else if (longs.length < newCapacity) {
      longs = new long[newCapacity];
    }
    int words = (newCapacity + 63) >>> 6;
    if (nulls.length < words) {
      nulls = new long[words];
    }
  }

  private void clearNulls() {
    if (hasNulls) {
      Arrays.fill(nulls, 0);
      hasNulls = false;
    }
  }

  /** Whether the row is null. */
  public boolean isNull(int row) {
    return kind == Kind.OBJECT
        ? objects[row] == null
        : hasNulls && (nulls[row >> 6] >>> row & 1) != 0;
  }

  /** Makes the row null. */
  public void setNull(int row) {
    if (kind == Kind.OBJECT) {
      objects[row] = null;
    } else {
      nulls[row >> 6] |= 1L << row;
      hasNulls = true;
    }
  }

  private void clearNull(int row) {
    if (hasNulls) {
      nulls[row >> 6] &= ~(1L << row);
    }
  }

  /** Sets an integer, boolean (0 or 1) or id; the kind must be one of {@link #longs}. */
  public void setLong(int row, long value) {
    longs[row] = value;
    clearNull(row);
  }

  /** Sets a float; the kind must be {@link Kind#FLOAT}. */
  public void setDouble(int row, double value) {
    doubles[row] = value;
    clearNull(row);
  }

  /** The row's value as an object; ids become references. */
  public @Nullable Object value(int row) {
    if (kind == Kind.OBJECT) {
      return objects[row];
    }
    if (hasNulls && (nulls[row >> 6] >>> row & 1) != 0) {
      return null;
    }
    return switch (kind) {
      case INTEGER -> (Object) longs[row];
      case FLOAT -> doubles[row];
      case BOOLEAN -> longs[row] != 0 ? Boolean.TRUE : Boolean.FALSE;
      case NODE -> new NodeReference((int) longs[row]);
      case RELATIONSHIP -> new RelationshipReference((int) longs[row]);
      case OBJECT -> objects[row];
    };
  }

  /**
   * Sets a row to a value; when the value does not fit the kind, all rows become {@link
   * Kind#OBJECT}, so the kind may change and loops over the arrays must look again.
   */
  public void set(int row, @Nullable Object value) {
    if (kind == Kind.OBJECT) {
      objects[row] = value;
    } else if (value == null) {
      setNull(row);
    } else if (kind == Kind.INTEGER && value instanceof Long number) {
      setLong(row, number);
    } else if (kind == Kind.FLOAT && value instanceof Double number) {
      setDouble(row, number);
    } else if (kind == Kind.BOOLEAN && value instanceof Boolean truth) {
      setLong(row, truth ? 1 : 0);
    } else if (kind == Kind.NODE && value instanceof NodeReference node) {
      setLong(row, node.id());
    } else if (kind == Kind.RELATIONSHIP && value instanceof RelationshipReference relationship) {
      setLong(row, relationship.id());
    } else {
      convertToObjects();
      objects[row] = value;
    }
  }

  /** Turns every row into an object, so that any value fits. */
  public void convertToObjects() {
    if (kind == Kind.OBJECT) {
      return;
    }
    @Nullable Object[] boxed = objects.length < capacity ? new @Nullable Object[capacity] : objects;
    for (int row = 0; row < capacity; row++) {
      boxed[row] = value(row);
    }
    objects = boxed;
    kind = Kind.OBJECT;
    clearNulls();
  }

  /** Sets one of this vector's rows to a row of another (or of this one). */
  public void copyFrom(Vector source, int sourceRow, int row) {
    if (kind == source.kind && kind != Kind.OBJECT) {
      if (source.isNull(sourceRow)) {
        setNull(row);
      } else if (kind == Kind.FLOAT) {
        setDouble(row, source.doubles[sourceRow]);
      } else {
        setLong(row, source.longs[sourceRow]);
      }
    } else {
      set(row, source.value(sourceRow));
    }
  }

  /** Makes this vector equal to the first rows of another: its kind, its capacity, its values. */
  public void copyRows(Vector source, int rows) {
    reset(source.kind, source.capacity);
    switch (source.kind) {
      case OBJECT -> System.arraycopy(source.objects, 0, objects, 0, rows);
      case FLOAT -> System.arraycopy(source.doubles, 0, doubles, 0, rows);
      case INTEGER, BOOLEAN, NODE, RELATIONSHIP ->
          System.arraycopy(source.longs, 0, longs, 0, rows);
    }
    if (source.kind != Kind.OBJECT && source.hasNulls) {
      System.arraycopy(source.nulls, 0, nulls, 0, (rows + 63) >>> 6);
      hasNulls = true;
    }
  }
}
