package org.weftdb.cypher.function;

import java.util.Arrays;

/** Text as an array of its code points, for what looks at characters by their positions. */
final class CodePoints {
  private CodePoints() {}

  static int[] of(String text) {
    int[] points = new int[text.length()];
    int size = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(points[size - 1])) {
      points[size++] = text.codePointAt(i);
    }
    return size == points.length ? points : Arrays.copyOf(points, size);
  }

  static String text(int[] points, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      text.appendCodePoint(points[i]);
    }
    return text.toString();
  }
}
