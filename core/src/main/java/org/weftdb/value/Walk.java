package org.weftdb.value;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * How many elements of lists and maps a walk through a value has come to. A query can put a list
 * into another twice, that one into another twice, and so on: forty lists that count as 2^40, which
 * nothing must try to go through.
 */
final class Walk {
  /** The most elements of lists and maps that are inside others. */
  static final int MAX_ELEMENTS = 20_000_000;

  private int left = MAX_ELEMENTS;

  private Walk() {}

  /**
   * Comes to a list or map; answers the walk to go on with into its elements.
   *
   * @param walk null when it is the outermost
   * @param depth from 1
   */
  static Walk enter(@Nullable Walk walk, int depth, int elements) {
    if (depth > ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a value is nested deeper than " + ValueCodec.MAX_NESTING);
    }
    if (walk == null) {
      return new Walk();
    }
    walk.left -= elements + 1;
    if (walk.left < 0) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "a value has more than " + MAX_ELEMENTS + " elements in lists and maps inside others");
    }
    return walk;
  }
}
