package org.weftdb.bytes;

/**
 * A seeded generator of pseudo-random numbers: xoshiro256** (Blackman and Vigna, 2018), seeded
 * through SplitMix64.
 *
 * <p>Equal seeds give equal sequences on every platform and in every version. Not for secrets.
 */
public final class Prng {
  private long state0;
  private long state1;
  private long state2;
  private long state3;

  public Prng(long seed) {
    long z = seed;
    state0 = mix(z += 0x9E3779B97F4A7C15L);
    state1 = mix(z += 0x9E3779B97F4A7C15L);
    state2 = mix(z += 0x9E3779B97F4A7C15L);
    state3 = mix(z + 0x9E3779B97F4A7C15L);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** 64 random bits. */
  public long nextLong() {
    long result = Long.rotateLeft(state1 * 5, 7) * 9;
    long shifted = state1 << 17;
    state2 ^= state0;
    state3 ^= state1;
    state1 ^= state2;
    state0 ^= state3;
    state2 ^= shifted;
    state3 = Long.rotateLeft(state3, 45);
    return result;
  }

  /** 32 random bits. */
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /**
   * A number from 0 (inclusive) to {@code bound} (exclusive), each equally likely.
   *
   * @param bound at least 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound " + bound + " is not positive");
    }
    // Lemire, "Fast Random Integer Generation in an Interval" (2019).
    long product = (nextLong() >>> 32) * bound;
    if ((product & 0xFFFFFFFFL) < bound) {
      long threshold = (0x100000000L - bound) % bound;
      while ((product & 0xFFFFFFFFL) < threshold) {
        product = (nextLong() >>> 32) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** A number from 0 (inclusive) to 1 (exclusive), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** Fills a range with random bytes. */
  public void nextBytes(byte[] target, int offset, int length) {
    long bits = 0;
    for (int i = 0; i < length; i++) {
      if ((i & 7) == 0) {
        bits = nextLong();
      }
      target[offset + i] = (byte) bits;
      bits >>>= 8;
    }
  }

  /** Another generator whose sequence has nothing to do with what this one gives from now on. */
  public Prng split() {
    return new Prng(nextLong());
  }
}
