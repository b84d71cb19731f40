package org.weftdb.fuzz;

import java.util.Arrays;
import org.weftdb.bytes.Prng;

/** Changes bytes as damage does, and as somebody would who knows what readers trip over. */
final class ByteMutator {
  private static final byte[][] TOKENS = {
    {0},
    {1},
    {0x7F},
    {(byte) 0x80},
    {(byte) 0xFF},
    {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
    {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F},
    {0, 0, 0, (byte) 0x80},
    {0, 0, 0, 0x40},
    // The largest int, the largest long and one more than an int as varints.
    {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7},
    {-1, -1, -1, -1, -1, -1, -1, -1, 0x7F},
    {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8},
    {-1, -1, -1, -1, -1, -1, -1, 0x7F}
  };

  private ByteMutator() {}

  /** Changed bytes; those before {@code from} stay. */
  static byte[] mutate(byte[] bytes, int from, Prng random) {
    byte[] result = bytes;
    for (int i = random.nextInt(4); i >= 0; i--) {
      result = once(result, from, random);
    }
    return result;
  }

  private static byte[] once(byte[] bytes, int from, Prng random) {
    int length = bytes.length - from;
    if (length <= 0) {
      return bytes;
    }
    int at = from + random.nextInt(length);
    byte[] token = TOKENS[random.nextInt(TOKENS.length)];
    int other = from + random.nextInt(length);
    int count = random.nextInt(Math.min(length, 64));
    return switch (random.nextInt(8)) {
      case 0 -> replaced(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replaced(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
      case 2 -> replaced(bytes, at, token.length, token);
      case 3 -> replaced(bytes, at, 1, token);
      case 4 -> replaced(bytes, at, 0, token);
      case 5 -> replaced(bytes, at, count, new byte[0]);
      case 6 -> {
        int end = Math.min(bytes.length, other + count);
        yield replaced(bytes, at, random.nextBoolean() ? 0 : count, range(bytes, other, end));
      }
      default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
    };
  }

  private static byte[] range(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
    int end = Math.min(bytes.length, at + length);
    byte[] result = new byte[at + by.length + bytes.length - end];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(by, 0, result, at, by.length);
    System.arraycopy(bytes, end, result, at + by.length, bytes.length - end);
    return result;
  }
}
