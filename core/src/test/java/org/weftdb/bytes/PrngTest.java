package org.weftdb.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PrngTest {
  @Test
  void equalSeedsGiveEqualSequencesAndOthersDoNot() {
    Prng one = new Prng(42);
    Prng same = new Prng(42);
    Prng other = new Prng(43);
    for (int i = 0; i < 100; i++) {
      long value = one.nextLong();
      assertEquals(value, same.nextLong());
      assertNotEquals(value, other.nextLong());
    }
  }

  @Test
  void startsAsThePublishedAlgorithmDoes() {
    // SplitMix64 from 0 gives e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f,
    // f88bb8a8724c81ec;
    // the first output of xoshiro256** is rotl(second * 5, 7) * 9.
    long expected = Long.rotateLeft(0x6e789e6aa1b965f4L * 5, 7) * 9;
    assertEquals(expected, new Prng(0).nextLong());
  }

  @Test
  void numbersBelowABoundAreEven() {
    Prng random = new Prng(5);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      assertTrue(count > 9_500 && count < 10_500, "count " + count);
    }
    assertEquals(0, random.nextInt(1));
  }

  @Test
  void fractionsStayBelowOne() {
    Prng random = new Prng(6);
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      double value = random.nextDouble();
      assertTrue(value >= 0 && value < 1);
      sum += value;
    }
    assertTrue(sum > 4_800 && sum < 5_200, "sum " + sum);
  }
}
