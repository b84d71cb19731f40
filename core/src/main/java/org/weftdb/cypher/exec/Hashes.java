package org.weftdb.cypher.exec;

/** Spreads hash codes for tables whose size is a power of two. */
final class Hashes {
  private Hashes() {}

  static int mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    return (int) (z ^ z >>> 32);
  }
}
