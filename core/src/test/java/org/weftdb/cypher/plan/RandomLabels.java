package org.weftdb.cypher.plan;

import java.util.Random;

/**
 * A random label expression over two names, with its truth table: bit i tells whether it holds for
 * what has the first name when i is odd, and the second when i has the bit 2.
 */
record RandomLabels(String text, int truth) {
  private static final int ALL = 0b1111;

  /**
   * Makes one.
   *
   * @param depth how deeply it may be nested
   */
  static RandomLabels random(Random random, String[] names, int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 9);
    if (kind < 4) {
      int name = kind % 2;
      return new RandomLabels(names[name], name == 0 ? 0b1010 : 0b1100);
    } else if (kind == 4) {
      return new RandomLabels("%", 0b1110);
    } else if (kind == 5) {
      return new RandomLabels("Nope", 0);
    }
    RandomLabels left = random(random, names, depth - 1);
    if (kind == 6) {
      return new RandomLabels("!" + left.operand(), ALL & ~left.truth);
    }
    RandomLabels right = random(random, names, depth - 1);
    return kind == 7
        ? new RandomLabels(left.operand() + "&" + right.operand(), left.truth & right.truth)
        : new RandomLabels(left.operand() + "|" + right.operand(), left.truth | right.truth);
  }

  private String operand() {
    return text.contains("&") || text.contains("|") ? "(" + text + ")" : text;
  }

  boolean holds(boolean first, boolean second) {
    int world = (first ? 1 : 0) + (second ? 2 : 0);
    return (truth >>> world & 1) != 0;
  }
}
