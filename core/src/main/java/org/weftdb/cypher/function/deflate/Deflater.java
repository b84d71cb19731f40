package org.weftdb.cypher.function.deflate;

import java.util.Arrays;

/**
 * Packs bytes as DEFLATE: repetitions are found by chains of places with equal hashes, and a match
 * waits for a longer one that begins a byte later. Equal input gives equal output everywhere.
 */
final class Deflater {
  private static final int HASH_BITS = 15;
  private static final int TOKENS = 1 << 14;

  /** So many earlier places are tried. */
  private static final int MAX_CHAIN = 96;

  /** A match of this length is good enough not to look for another. */
  private static final int GOOD_MATCH = 96;

  /** A match of three bytes from further away takes more bits than three literals mostly do. */
  private static final int FAR = 4096;

  private final byte[] input;
  private final Room room;

  /** The last place of each hash, plus one, and for each place of the window the one before it. */
  private final int[] head = new int[1 << HASH_BITS];

  private final int[] previous = new int[Symbols.WINDOW];

  /** What the block has so far: literals, and matches as length, 16 bits, and distance. */
  private final int[] tokens = new int[TOKENS];

  private int tokenCount;
  private int blockStart;
  private int foundDistance;
  private final BitOutput out;

  Deflater(byte[] input, BitOutput out, Room room) {
    this.input = input;
    this.out = out;
    this.room = room;
  }

  void deflate() {
    int at = 0;
    int heldLength = 0;
    int heldDistance = 0;
    boolean held = false;
    while (at < input.length) {
      int length = longestMatch(at, heldLength);
      int distance = foundDistance;
      insert(at);
      if (heldLength >= Symbols.LEAST_MATCH && heldLength >= length) {
        tokens[tokenCount++] = heldLength << 16 | heldDistance;
        int end = at - 1 + heldLength;
        for (at++; at < end; at++) {
          insert(at);
        }
        held = false;
        heldLength = 0;
      } else {
        if (held) {
          tokens[tokenCount++] = input[at - 1] & 0xFF;
        }
        held = true;
        heldLength = length;
        heldDistance = distance;
        at++;
      }
      if (tokenCount >= TOKENS - 1) {
        writeBlock(held ? at - 1 : at, false);
      }
    }
    if (held) {
      tokens[tokenCount++] = input[at - 1] & 0xFF;
    }
    writeBlock(at, true);
    out.align();
  }

  private int hash(int at) {
    int three = input[at] & 0xFF | (input[at + 1] & 0xFF) << 8 | (input[at + 2] & 0xFF) << 16;
    return three * 0x9E3779B1 >>> 32 - HASH_BITS;
  }

  private void insert(int at) {
    if (at + Symbols.LEAST_MATCH <= input.length) {
      int hash = hash(at);
      previous[at & Symbols.WINDOW - 1] = head[hash];
      head[hash] = at + 1;
    }
  }

  /** The length of the longest match that is longer than the held one, or 0. */
  private int longestMatch(int at, int heldLength) {
    foundDistance = 0;
    int most = Math.min(Symbols.GREATEST_MATCH, input.length - at);
    if (most < Symbols.LEAST_MATCH || heldLength >= GOOD_MATCH) {
      return 0;
    }
    int best = Math.max(heldLength, Symbols.LEAST_MATCH - 1);
    int found = 0;
    int place = head[hash(at)] - 1;
    for (int tries = MAX_CHAIN; tries > 0 && place >= 0 && at - place < Symbols.WINDOW; tries--) {
      if (best < most && input[place + best] == input[at + best]) {
        int length = 0;
        while (length < most && input[place + length] == input[at + length]) {
          length++;
        }
        if (length > best && (length > Symbols.LEAST_MATCH || at - place <= FAR)) {
          best = length;
          found = length;
          foundDistance = at - place;
          if (length >= GOOD_MATCH) {
            break;
          }
        }
      }
      place = previous[place & Symbols.WINDOW - 1] - 1;
    }
    return found;
  }

  // ---- Blocks -----------------------------------------------------------------------------------

  private static int lengthSymbol(int length) {
    int more = length - Symbols.LEAST_MATCH;
    if (more < 8) {
      return more;
    } else if (length == Symbols.GREATEST_MATCH) {
      return 28;
    }
    int log = 31 - Integer.numberOfLeadingZeros(more);
    return 4 * (log - 1) + (more >> log - 2 & 3);
  }

  private static int distanceSymbol(int distance) {
    int more = distance - 1;
    if (more < 4) {
      return more;
    }
    int log = 31 - Integer.numberOfLeadingZeros(more);
    return 2 * log + (more >> log - 1 & 1);
  }

  private void writeBlock(int end, boolean last) {
    room.take(0);
    int[] literalCounts = new int[Symbols.LITERALS_AND_LENGTHS - 2];
    int[] distanceCounts = new int[Symbols.DISTANCES];
    long extraBits = count(literalCounts, distanceCounts);
    HuffmanEncoder literals = HuffmanEncoder.ofCounts(literalCounts, Symbols.MAX_BITS);
    HuffmanEncoder distances = HuffmanEncoder.ofCounts(distanceCounts, Symbols.MAX_BITS);
    BlockHeader header = new BlockHeader(literals.lengths, distances.lengths);
    long dynamicSize =
        header.size() + literals.size(literalCounts) + distances.size(distanceCounts) + extraBits;
    HuffmanEncoder fixedLiterals = HuffmanEncoder.ofLengths(Symbols.fixedLengths());
    HuffmanEncoder fixedDistances = HuffmanEncoder.ofLengths(Symbols.fixedDistances());
    long fixedSize =
        fixedLiterals.size(literalCounts) + fixedDistances.size(distanceCounts) + extraBits;
    int length = end - blockStart;
    long storedSize = 8L * length + 42 * (length / 0xFFFF + 1L);
    if (storedSize < Math.min(dynamicSize, fixedSize)) {
      store(length, last);
    } else {
      out.put(last ? 1 : 0, 1);
      if (fixedSize <= dynamicSize) {
        out.put(1, 2);
        writeTokens(fixedLiterals, fixedDistances);
      } else {
        out.put(2, 2);
        header.writeTo(out);
        writeTokens(literals, distances);
      }
    }
    tokenCount = 0;
    blockStart = end;
  }

  /** Counts the symbols of the block; answers how many bits lengths and distances add. */
  private long count(int[] literalCounts, int[] distanceCounts) {
    long extraBits = 0;
    for (int i = 0; i < tokenCount; i++) {
      int token = tokens[i];
      if (token < Symbols.END_OF_BLOCK) {
        literalCounts[token]++;
      } else {
        int length = lengthSymbol(token >> 16);
        int distance = distanceSymbol(token & 0xFFFF);
        literalCounts[Symbols.END_OF_BLOCK + 1 + length]++;
        distanceCounts[distance]++;
        extraBits += Symbols.LENGTH_BITS[length] + Symbols.DISTANCE_BITS[distance];
      }
    }
    literalCounts[Symbols.END_OF_BLOCK] = 1;
    return extraBits;
  }

  private void writeTokens(HuffmanEncoder literals, HuffmanEncoder distances) {
    for (int i = 0; i < tokenCount; i++) {
      int token = tokens[i];
      if (token < Symbols.END_OF_BLOCK) {
        out.put(literals.codes[token], literals.lengths[token]);
      } else {
        int symbol = lengthSymbol(token >> 16);
        int code = Symbols.END_OF_BLOCK + 1 + symbol;
        out.put(literals.codes[code], literals.lengths[code]);
        out.put((token >> 16) - Symbols.LENGTH_BASE[symbol], Symbols.LENGTH_BITS[symbol]);
        int distance = token & 0xFFFF;
        int far = distanceSymbol(distance);
        out.put(distances.codes[far], distances.lengths[far]);
        out.put(distance - Symbols.DISTANCE_BASE[far], Symbols.DISTANCE_BITS[far]);
      }
    }
    out.put(literals.codes[Symbols.END_OF_BLOCK], literals.lengths[Symbols.END_OF_BLOCK]);
  }

  private void store(int length, boolean last) {
    int from = blockStart;
    int left = length;
    do {
      int part = Math.min(left, 0xFFFF);
      left -= part;
      out.put(last && left == 0 ? 1 : 0, 1);
      out.put(0, 2);
      out.align();
      out.put(part, 16);
      out.put(part ^ 0xFFFF, 16);
      out.writeBytes(input, from, part);
      from += part;
    } while (left > 0);
  }

  /** The lengths of the two codes of a block, themselves packed (RFC 1951, 3.2.7). */
  private static final class BlockHeader {
    private final int literalCount;
    private final int distanceCount;
    private final int[] symbols;
    private final int[] extras;
    private int size;
    private final int[] counts = new int[19];
    private final HuffmanEncoder code;
    private int codeCount = 19;

    BlockHeader(int[] literalLengths, int[] distanceLengths) {
      literalCount = used(literalLengths, 257);
      distanceCount = used(distanceLengths, 1);
      int[] lengths = Arrays.copyOf(literalLengths, literalCount + distanceCount);
      System.arraycopy(distanceLengths, 0, lengths, literalCount, distanceCount);
      symbols = new int[lengths.length];
      extras = new int[lengths.length];
      for (int i = 0; i < lengths.length; ) {
        int run = 1;
        while (i + run < lengths.length && lengths[i + run] == lengths[i]) {
          run++;
        }
        i += add(lengths[i], run, i > 0 && lengths[i - 1] == lengths[i]);
      }
      code = HuffmanEncoder.ofCounts(counts, 7);
      while (codeCount > 4 && code.lengths[Symbols.CODE_LENGTH_ORDER[codeCount - 1]] == 0) {
        codeCount--;
      }
    }

    private static int used(int[] lengths, int least) {
      int used = lengths.length;
      while (used > least && lengths[used - 1] == 0) {
        used--;
      }
      return used;
    }

    /** Adds as many equal lengths as one symbol says; answers how many. */
    private int add(int length, int run, boolean repeats) {
      if (length == 0 && run >= 11) {
        int count = Math.min(run, 138);
        return say(18, count - 11, count);
      } else if (length == 0 && run >= 3) {
        return say(17, run - 3, run);
      } else if (length != 0 && repeats && run >= 3) {
        int count = Math.min(run, 6);
        return say(16, count - 3, count);
      }
      return say(length, 0, 1);
    }

    private int say(int symbol, int extra, int count) {
      symbols[size] = symbol;
      extras[size++] = extra;
      counts[symbol]++;
      return count;
    }

    private static int extraBits(int symbol) {
      return symbol == 16 ? 2 : symbol == 17 ? 3 : symbol == 18 ? 7 : 0;
    }

    long size() {
      long bits = 14 + 3L * codeCount + code.size(counts);
      for (int symbol = 16; symbol < 19; symbol++) {
        bits += (long) counts[symbol] * extraBits(symbol);
      }
      return bits;
    }

    void writeTo(BitOutput out) {
      out.put(literalCount - 257, 5);
      out.put(distanceCount - 1, 5);
      out.put(codeCount - 4, 4);
      for (int i = 0; i < codeCount; i++) {
        out.put(code.lengths[Symbols.CODE_LENGTH_ORDER[i]], 3);
      }
      for (int i = 0; i < size; i++) {
        out.put(code.codes[symbols[i]], code.lengths[symbols[i]]);
        out.put(extras[i], extraBits(symbols[i]));
      }
    }
  }
}
