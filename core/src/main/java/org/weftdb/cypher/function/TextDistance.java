package org.weftdb.cypher.function;

import java.util.Arrays;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Distances of strings, which are given as code points. What compares every character with every
 * other is bounded in the product of the lengths.
 */
final class TextDistance {
  private static final long MAX_COMPARISONS = 100_000_000;

  /** The digits of Soundex for A to Z; a dot for vowels, a blank for H and W. */
  private static final String SOUNDEX = ".123.12 .22455.12623.1 2.2";

  private TextDistance() {}

  private static void check(String function, int[] left, int[] right) {
    if ((long) left.length * right.length > MAX_COMPARISONS) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          function
              + "() of strings with "
              + left.length
              + " and "
              + right.length
              + " characters, whose product is above "
              + MAX_COMPARISONS);
    }
  }

  /**
   * The least number of characters to insert, delete or replace; with transpositions also
   * neighbours to swap, where no part is edited twice (optimal string alignment).
   */
  static long edits(String function, int[] left, int[] right, boolean transpositions) {
    check(function, left, right);
    int width = right.length + 1;
    int[] before = new int[width];
    int[] above = new int[width];
    int[] row = new int[width];
    for (int j = 0; j < width; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length; i++) {
      row[0] = i;
      for (int j = 1; j < width; j++) {
        int cost = left[i - 1] == right[j - 1] ? 0 : 1;
        int best = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + cost);
        if (transpositions
            && i > 1
            && j > 1
            && left[i - 1] == right[j - 2]
            && left[i - 2] == right[j - 1]) {
          best = Math.min(best, before[j - 2] + 1);
        }
        row[j] = best;
      }
      int[] free = before;
      before = above;
      above = row;
      row = free;
    }
    return above[right.length];
  }

  /** At how many places two strings of the same length differ. */
  static long hamming(int[] left, int[] right) {
    if (left.length != right.length) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT,
          "text.distance(): 'hamming' needs strings of the same length, not of "
              + left.length
              + " and "
              + right.length
              + " characters");
    }
    long distance = 0;
    for (int i = 0; i < left.length; i++) {
      distance += left[i] == right[i] ? 0 : 1;
    }
    return distance;
  }

  /** The similarity of Jaro (1989). */
  static double jaro(int[] left, int[] right) {
    check("text.similarity", left, right);
    if (left.length == 0 || right.length == 0) {
      return left.length == right.length ? 1 : 0;
    }
    int reach = Math.max(0, Math.max(left.length, right.length) / 2 - 1);
    boolean[] leftMatched = new boolean[left.length];
    boolean[] rightMatched = new boolean[right.length];
    int matches = 0;
    for (int i = 0; i < left.length; i++) {
      int end = Math.min(right.length, i + reach + 1);
      for (int j = Math.max(0, i - reach); j < end && !leftMatched[i]; j++) {
        if (!rightMatched[j] && left[i] == right[j]) {
          leftMatched[i] = true;
          rightMatched[j] = true;
          matches++;
        }
      }
    }
    if (matches == 0) {
      return 0;
    }
    int outOfOrder = 0;
    int j = 0;
    for (int i = 0; i < left.length; i++) {
      if (leftMatched[i]) {
        while (!rightMatched[j]) {
          j++;
        }
        outOfOrder += left[i] == right[j++] ? 0 : 1;
      }
    }
    double m = matches;
    return (m / left.length + m / right.length + (m - outOfOrder / 2) / m) / 3;
  }

  /** Jaro's similarity, raised by a common prefix of at most four characters (Winkler 1990). */
  static double jaroWinkler(int[] left, int[] right) {
    int prefix = 0;
    int most = Math.min(4, Math.min(left.length, right.length));
    while (prefix < most && left[prefix] == right[prefix]) {
      prefix++;
    }
    double jaro = jaro(left, right);
    return jaro + prefix * 0.1 * (1 - jaro);
  }

  /** Twice the pairs of neighbours that both have, by the pairs of both. */
  static double sorensenDice(int[] left, int[] right) {
    if (left.length < 2 || right.length < 2) {
      return Arrays.equals(left, right) ? 1 : 0;
    }
    long[] leftPairs = pairs(left);
    long[] rightPairs = pairs(right);
    int common = 0;
    int j = 0;
    for (int i = 0; i < leftPairs.length && j < rightPairs.length; ) {
      if (leftPairs[i] == rightPairs[j]) {
        common++;
        i++;
        j++;
      } else if (leftPairs[i] < rightPairs[j]) {
        i++;
      } else {
        j++;
      }
    }
    return 2.0 * common / ((long) leftPairs.length + rightPairs.length);
  }

  private static long[] pairs(int[] text) {
    long[] pairs = new long[text.length - 1];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (long) text[i] << 32 | text[i + 1];
    }
    Arrays.sort(pairs);
    return pairs;
  }

  /** The American Soundex code: a letter and three digits; other characters are passed over. */
  static String soundex(String text) {
    StringBuilder code = new StringBuilder(4);
    char last = '.';
    String letters = LetterCase.upperAscii(text);
    for (int i = 0; i < letters.length() && code.length() < 4; i++) {
      char letter = letters.charAt(i);
      if (letter < 'A' || letter > 'Z') {
        continue;
      }
      char digit = SOUNDEX.charAt(letter - 'A');
      if (code.length() == 0) {
        code.append(letter);
        last = digit;
      } else if (digit == '.') {
        last = digit;
      } else if (digit != ' ' && digit != last) {
        code.append(digit);
        last = digit;
      }
    }
    while (code.length() > 0 && code.length() < 4) {
      code.append('0');
    }
    return code.toString();
  }
}
