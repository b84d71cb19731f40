package org.weftdb.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * The values of one property of 512 entities in a row, in an array of the one type that they have.
 *
 * <p>Integers, floats and booleans are in {@link #longs} (booleans as 0 or 1) or {@link #doubles}
 * with a bit for each value that is there; strings and everything else, mixed types too, are in
 * {@link #objects}, null where there is none. The arrays are as long as the highest slot in use
 * needs, at most 512. A page is never without values.
 */
final class PropertyPage extends Page {
  static final int BITS = 9;
  static final int SIZE = 1 << BITS;
  static final int MASK = SIZE - 1;
  static final int INTEGER = 0;
  static final int FLOAT = 1;
  static final int BOOLEAN = 2;
  static final int STRING = 3;
  static final int OTHER = 4;
  private static final int WORDS = SIZE / 64;
  private static final int SMALLEST = 8;
  private static final long[] NO_LONGS = {};
  private static final double[] NO_DOUBLES = {};
  private static final @Nullable Object[] NO_OBJECTS = {};

  int kind;
  int count;
  long[] present;
  long[] longs = NO_LONGS;
  double[] doubles = NO_DOUBLES;
  @Nullable Object[] objects = NO_OBJECTS;

  /** A page without values, of one kind, with room for so many slots. */
  PropertyPage(Editor owner, int kind, int capacity) {
    super(owner);
    this.kind = kind;
    this.present = kind < STRING ? new long[WORDS] : NO_LONGS;
    reserve(capacity);
  }

  private PropertyPage(Editor owner, PropertyPage source) {
    super(owner);
    kind = source.kind;
    count = source.count;
    present = Arrays.copyOf(source.present, source.present.length);
    longs = Arrays.copyOf(source.longs, source.longs.length);
    doubles = Arrays.copyOf(source.doubles, source.doubles.length);
    objects = Arrays.copyOf(source.objects, source.objects.length);
  }

  /** This page, or a copy for the editor to change. */
  PropertyPage ownedBy(Editor editor) {
    if (owner == editor) {
      return this;
    }
    editor.copied(capacity());
    return new PropertyPage(editor, this);
  }

  /** The kind of page that a storable value fits into. */
  static int kindOf(Object value) {
    if (value instanceof String) {
      return STRING;
    } else if (value instanceof Long) {
      return INTEGER;
    } else if (value instanceof Double) {
      return FLOAT;
    } else if (value instanceof Boolean) {
      return BOOLEAN;
    } else {
      return OTHER;
    }
  }

  /** The kind that the values have, which may be narrower than that of the page. */
  int commonKind() {
    if (kind != OTHER) {
      return kind;
    }
    int common = -1;
    for (Object value : objects) {
      if (value != null) {
        int valueKind = kindOf(value);
        if (valueKind == OTHER || common >= 0 && common != valueKind) {
          return OTHER;
        }
        common = valueKind;
      }
    }
    return common;
  }

  /** The kind of vector that the values of a kind of page are read into. */
  static Vector.Kind vectorKind(int kind) {
    return switch (kind) {
      case INTEGER -> Vector.Kind.INTEGER;
      case FLOAT -> Vector.Kind.FLOAT;
      case BOOLEAN -> Vector.Kind.BOOLEAN;
      default -> Vector.Kind.OBJECT;
    };
  }

  private int capacity() {
    return switch (kind) {
      case INTEGER, BOOLEAN -> longs.length;
      case FLOAT -> doubles.length;
      default -> objects.length;
    };
  }

  /** The bytes of the page and its arrays, without what {@link #objects} refers to. */
  long sizeBytes() {
    return ObjectSize.object(28)
        + (kind < STRING
            ? ObjectSize.array(WORDS, Long.BYTES) + ObjectSize.array(capacity(), Long.BYTES)
            : ObjectSize.references(objects));
  }

  private void reserve(int slots) {
    if (slots <= capacity()) {
      return;
    }
    int wanted = SMALLEST;
    while (wanted < slots) {
      wanted *= 2;
    }
    switch (kind) {
      case INTEGER, BOOLEAN -> longs = Arrays.copyOf(longs, wanted);
      case FLOAT -> doubles = Arrays.copyOf(doubles, wanted);
      default -> objects = Arrays.copyOf(objects, wanted);
    }
  }

  /** Whether the arrays reach to a slot. */
  boolean hasRoomFor(int slot) {
    return slot < capacity();
  }

  boolean has(int slot) {
    return kind < STRING
        ? (present[slot >> 6] >>> slot & 1) != 0
        : slot < objects.length && objects[slot] != null;
  }

  @Nullable Object get(int slot) {
    if (kind >= STRING) {
      return slot < objects.length ? objects[slot] : null;
    }
    if ((present[slot >> 6] >>> slot & 1) == 0) {
      return null;
    }
    if (kind == INTEGER) {
      return longs[slot];
    }
    return kind == FLOAT ? (Object) doubles[slot] : longs[slot] != 0 ? Boolean.TRUE : Boolean.FALSE;
  }

  /** The integer, or 0 or 1 for the boolean, of a slot that has one. */
  long integerAt(int slot) {
    if (kind < STRING) {
      return longs[slot];
    }
    return objects[slot] instanceof Long value ? value : Boolean.TRUE.equals(objects[slot]) ? 1 : 0;
  }

  /** The float of a slot that has one. */
  double floatAt(int slot) {
    return kind == FLOAT ? doubles[slot] : objects[slot] instanceof Double value ? value : 0;
  }

  /** Sets a slot to a value; the page becomes {@link #OTHER} when the value does not fit. */
  void set(int slot, Object value) {
    int wanted = kindOf(value);
    boolean had = has(slot);
    if (wanted != kind && kind != OTHER) {
      if (count - (had ? 1 : 0) == 0) {
        become(wanted);
        had = false;
      } else {
        becomeOther();
      }
    }
    reserve(slot + 1);
    switch (kind) {
      case INTEGER -> longs[slot] = (Long) value;
      case FLOAT -> doubles[slot] = (Double) value;
      case BOOLEAN -> longs[slot] = (Boolean) value ? 1 : 0;
      default -> objects[slot] = value;
    }
    if (kind < STRING) {
      present[slot >> 6] |= 1L << slot;
    }
    if (!had) {
      count++;
    }
  }

  /** Sets an integer or (0 or 1) boolean of a page of this kind in a slot that is not set yet. */
  void fillLong(int slot, long value) {
    longs[slot] = value;
    present[slot >> 6] |= 1L << slot;
    count++;
  }

  /** Sets a float of a page of floats in a slot that is not set yet. */
  void fillDouble(int slot, double value) {
    doubles[slot] = value;
    present[slot >> 6] |= 1L << slot;
    count++;
  }

  /** Sets a string or other value of such a page in a slot that is not set yet. */
  void fillObject(int slot, Object value) {
    objects[slot] = value;
    count++;
  }

  /** Takes a value away; false when there was none. */
  boolean remove(int slot) {
    if (!has(slot)) {
      return false;
    }
    if (kind < STRING) {
      present[slot >> 6] &= ~(1L << slot);
    } else {
      objects[slot] = null;
    }
    count--;
    return true;
  }

  private void become(int newKind) {
    kind = newKind;
    count = 0;
    longs = NO_LONGS;
    doubles = NO_DOUBLES;
    objects = NO_OBJECTS;
    present = newKind < STRING ? new long[WORDS] : NO_LONGS;
  }

  private void becomeOther() {
    if (kind != STRING) {
      int slots = capacity();
      @Nullable Object[] boxed = new @Nullable Object[slots];
      for (int slot = 0; slot < slots; slot++) {
        boxed[slot] = get(slot);
      }
      objects = boxed;
      longs = NO_LONGS;
      doubles = NO_DOUBLES;
      present = NO_LONGS;
    }
    kind = OTHER;
  }
}
