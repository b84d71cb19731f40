package org.weftdb.cypher.function;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Bounds of what functions make that may be larger than their arguments, asked before it is made.
 */
final class Sizes {
  /** No function makes a longer list that is kept. */
  static final int MAX_LIST_SIZE = 10_000_000;

  /** No function makes a longer string by repeating or filling, in UTF-16 code units. */
  static final int MAX_TEXT_LENGTH = 100_000_000;

  private Sizes() {}

  /** The size of a list that is about to be made. */
  static int list(String function, long size) {
    if (size > MAX_LIST_SIZE) {
      throw tooLarge(function, "a list of more than " + MAX_LIST_SIZE + " elements");
    }
    return (int) size;
  }

  /** The length of a string that is about to be made. */
  static int text(String function, long length) {
    if (length > MAX_TEXT_LENGTH) {
      throw tooLarge(function, "a string of more than " + MAX_TEXT_LENGTH + " characters");
    }
    return (int) length;
  }

  static WeftException tooLarge(String function, String what) {
    return new WeftException(ErrorCode.VALUE_TOO_LARGE, function + "() would make " + what);
  }

  /** An argument that counts something: 0 or more. */
  static long count(String function, int position, Object value) {
    return atLeast(function, position, value, 0);
  }

  static long atLeast(String function, int position, Object value, long least) {
    long count = Arguments.integer(function, position, value);
    if (count < least) {
      throw outOfRange(function, position, least + " or more", count);
    }
    return count;
  }

  static WeftException outOfRange(String function, int position, String expected, Object actual) {
    return new WeftException(
        ErrorCode.NUMBER_OUT_OF_RANGE,
        function + "() needs " + expected + " as argument " + position + ", not " + actual);
  }
}
