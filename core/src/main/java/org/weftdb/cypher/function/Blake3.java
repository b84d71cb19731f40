package org.weftdb.cypher.function;

import java.util.Arrays;

/**
 * BLAKE3 of 32 bytes, without a key (O'Connor, Aumasson, Neves, Wilcox-O'Hearn: BLAKE3, 2020,
 * section 2). The input is cut into chunks of 1024 bytes, which are the leaves of a binary tree
 * whose left sides are full.
 */
final class Blake3 {
  private static final int BLOCK = 64;
  private static final int CHUNK = 1024;
  private static final int CHUNK_START = 1;
  private static final int CHUNK_END = 2;
  private static final int PARENT = 4;
  private static final int ROOT = 8;

  private static final int[] START = {
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
  };
  private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

  private Blake3() {}

  static byte[] hash(byte[] input) {
    // One chaining value waits for each complete subtree, at most one of each height.
    int[][] waiting = new int[32][];
    int height = 0;
    int chunks = Math.max(1, (input.length + CHUNK - 1) / CHUNK);
    for (int chunk = 0; chunk < chunks - 1; chunk++) {
      int[] value = chunk(input, chunk, 0);
      for (int done = chunk + 1; (done & 1) == 0; done >>= 1) {
        value = parent(waiting[--height], value, 0);
      }
      waiting[height++] = value;
    }
    int[] value = chunk(input, chunks - 1, height == 0 ? ROOT : 0);
    while (height > 0) {
      height--;
      value = parent(waiting[height], value, height == 0 ? ROOT : 0);
    }
    byte[] hash = new byte[32];
    for (int i = 0; i < 32; i++) {
      hash[i] = (byte) (value[i >> 2] >>> 8 * (i & 3));
    }
    return hash;
  }

  private static int[] chunk(byte[] input, int index, int rootFlag) {
    int from = index * CHUNK;
    int end = Math.min(input.length, from + CHUNK);
    int[] value = START;
    int flags = CHUNK_START;
    do {
      int length = Math.min(BLOCK, end - from);
      int[] words = new int[16];
      for (int i = 0; i < length; i++) {
        words[i >> 2] |= (input[from + i] & 0xFF) << 8 * (i & 3);
      }
      from += BLOCK;
      flags |= from >= end ? CHUNK_END | rootFlag : 0;
      value = compress(value, words, index, length, flags);
      flags = 0;
    } while (from < end);
    return value;
  }

  private static int[] parent(int[] left, int[] right, int rootFlag) {
    int[] words = Arrays.copyOf(left, 16);
    System.arraycopy(right, 0, words, 8, 8);
    return compress(START, words, 0, BLOCK, PARENT | rootFlag);
  }

  private static int[] compress(int[] value, int[] words, int counter, int length, int flags) {
    int[] state = Arrays.copyOf(value, 16);
    System.arraycopy(START, 0, state, 8, 4);
    state[12] = counter;
    state[14] = length;
    state[15] = flags;
    int[] message = words;
    for (int round = 0; round < 7; round++) {
      for (int i = 0; i < 4; i++) {
        mix(state, i, 4 + i, 8 + i, 12 + i, message[2 * i], message[2 * i + 1]);
      }
      for (int i = 0; i < 4; i++) {
        mix(
            state,
            i,
            4 + (i + 1) % 4,
            8 + (i + 2) % 4,
            12 + (i + 3) % 4,
            message[8 + 2 * i],
            message[9 + 2 * i]);
      }
      int[] permuted = new int[16];
      for (int i = 0; i < 16; i++) {
        permuted[i] = message[PERMUTATION[i]];
      }
      message = permuted;
    }
    int[] result = new int[8];
    for (int i = 0; i < 8; i++) {
      result[i] = state[i] ^ state[i + 8];
    }
    return result;
  }

  private static void mix(int[] state, int a, int b, int c, int d, int x, int y) {
    state[a] += state[b] + x;
    state[d] = Integer.rotateRight(state[d] ^ state[a], 16);
    state[c] += state[d];
    state[b] = Integer.rotateRight(state[b] ^ state[c], 12);
    state[a] += state[b] + y;
    state[d] = Integer.rotateRight(state[d] ^ state[a], 8);
    state[c] += state[d];
    state[b] = Integer.rotateRight(state[b] ^ state[c], 7);
  }
}
