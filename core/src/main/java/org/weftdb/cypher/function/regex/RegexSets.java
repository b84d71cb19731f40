package org.weftdb.cypher.function.regex;

import java.util.List;

/** The character sets of a program, those below 128 as bits. */
final class RegexSets {
  private final CharSet[] sets;
  private final long[] low;
  private final long[] high;

  RegexSets(List<CharSet> list) {
    sets = new CharSet[list.size()];
    low = new long[sets.length];
    high = new long[sets.length];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = list.get(i);
      for (int c = 0; c < 64; c++) {
        low[i] |= sets[i].contains(c) ? 1L << c : 0;
        high[i] |= sets[i].contains(c + 64) ? 1L << c : 0;
      }
    }
  }

  boolean contains(int set, int c) {
    if (c < 64) {
      return (low[set] >>> c & 1) != 0;
    }
    if (c < 128) {
      return (high[set] >>> c & 1) != 0;
    }
    return sets[set].contains(c);
  }
}
