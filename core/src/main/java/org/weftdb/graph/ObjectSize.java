package org.weftdb.graph;

import org.jspecify.annotations.Nullable;

/** How many bytes arrays and objects take on a 64-bit JVM with references of four bytes. */
final class ObjectSize {
  static final int REFERENCE = 4;
  private static final int ARRAY_HEADER = 16;
  private static final int OBJECT_HEADER = 12;

  /** A {@code Long} or {@code Double}. */
  static final int NUMBER = 16;

  private static final int STRING = 24;

  private ObjectSize() {}

  static long array(int length, int elementBytes) {
    return rounded(ARRAY_HEADER + (long) length * elementBytes);
  }

  static long ints(int[] array) {
    return array(array.length, Integer.BYTES);
  }

  static long references(@Nullable Object[] array) {
    return array(array.length, REFERENCE);
  }

  /** An object whose fields take so many bytes, without what they refer to. */
  static long object(int fieldBytes) {
    return rounded((long) OBJECT_HEADER + fieldBytes);
  }

  /** A text of one byte for each char, as nearly all are. */
  static long text(String text) {
    return STRING + array(text.length(), 1);
  }

  private static long rounded(long bytes) {
    return bytes + 7 & -8;
  }
}
