package org.weftdb.cypher.function.deflate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ByteString;

/** Unpacks DEFLATE. Every malformed input ends with an error; memory grows with what comes out. */
final class Inflater {
  private static final int FIRST_CAPACITY = 1 << 10;

  private final byte[] input;
  private final Room room;
  private int at;
  private long buffer;
  private int buffered;
  private byte[] output = new byte[0];
  private int size;

  Inflater(byte[] input, Room room) {
    this.input = input;
    this.room = room;
  }

  /** Where in the input the bytes behind the last block begin. */
  int position() {
    return at - (buffered >> 3);
  }

  byte[] output() {
    return output;
  }

  /** How many bytes of the output count. */
  int size() {
    return size;
  }

  static WeftException malformed(String what) {
    return new WeftException(ErrorCode.INVALID_ARGUMENT_VALUE, "bytes.decompress() found " + what);
  }

  /**
   * Unpacks the blocks that begin at a place of the input, up to the last one, and appends them to
   * the output.
   */
  void inflate(int from) {
    at = from;
    buffer = 0;
    buffered = 0;
    // What lies further back does not belong to these blocks.
    int start = size;
    boolean last;
    do {
      last = bits(1) == 1;
      switch (bits(2)) {
        case 0 -> stored();
        case 1 -> {
          HuffmanDecoder literals = HuffmanDecoder.of(Symbols.fixedLengths(), 0, 288);
          // Two codes of the fixed code of distances stand for nothing.
          int[] distances = new int[32];
          Arrays.fill(distances, 5);
          compressed(known(literals), known(HuffmanDecoder.of(distances, 0, 32)), start);
        }
        case 2 -> dynamic(start);
        default -> throw malformed("a block of an unknown kind");
      }
    } while (!last);
  }

  private static HuffmanDecoder known(@Nullable HuffmanDecoder decoder) {
    if (decoder == null) {
      throw malformed("lengths of codes that cannot be");
    }
    return decoder;
  }

  private void fill() {
    while (buffered <= 48 && at < input.length) {
      buffer |= (input[at++] & 0xFFL) << buffered;
      buffered += 8;
    }
  }

  /** The next bits, up to 16. */
  private int bits(int count) {
    fill();
    if (count > buffered) {
      throw malformed("an end too early");
    }
    int bits = (int) buffer & (1 << count) - 1;
    buffer >>>= count;
    buffered -= count;
    return bits;
  }

  private int symbol(HuffmanDecoder decoder) {
    fill();
    int entry = decoder.decode((int) buffer);
    int bits = entry & 15;
    if (entry < 0 || bits > buffered) {
      throw malformed(buffered < Symbols.MAX_BITS ? "an end too early" : "bits that are no code");
    }
    buffer >>>= bits;
    buffered -= bits;
    return entry >> 4;
  }

  private void grow(int more) {
    long needed = size + (long) more;
    if (needed <= output.length) {
      return;
    }
    if (needed > ByteString.MAX_SIZE) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "bytes.decompress() would make more than " + ByteString.MAX_SIZE + " bytes");
    }
    long wanted = Math.max(needed, Math.max(FIRST_CAPACITY, 2L * output.length));
    int capacity = (int) Math.min(wanted, ByteString.MAX_SIZE);
    room.take(capacity);
    output = Arrays.copyOf(output, capacity);
  }

  private void stored() {
    int spare = buffered & 7;
    buffer >>>= spare;
    buffered -= spare;
    int length = bits(16);
    if (bits(16) != (length ^ 0xFFFF)) {
      throw malformed("a stored block whose length and its complement do not fit");
    }
    at -= buffered >> 3;
    buffer = 0;
    buffered = 0;
    if (length > input.length - at) {
      throw malformed("an end too early");
    }
    grow(length);
    System.arraycopy(input, at, output, size, length);
    at += length;
    size += length;
  }

  private void dynamic(int start) {
    int literalCount = bits(5) + 257;
    int distanceCount = bits(5) + 1;
    int codeCount = bits(4) + 4;
    int[] codeLengths = new int[19];
    for (int i = 0; i < codeCount; i++) {
      codeLengths[Symbols.CODE_LENGTH_ORDER[i]] = bits(3);
    }
    HuffmanDecoder codes = known(HuffmanDecoder.of(codeLengths, 0, 19));
    int total = literalCount + distanceCount;
    int[] lengths = new int[total];
    for (int i = 0; i < total; ) {
      int symbol = symbol(codes);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol == 16 && i == 0) {
        throw malformed("a repetition of nothing");
      }
      int value = symbol == 16 ? lengths[i - 1] : 0;
      int count = symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
      if (count > total - i) {
        throw malformed("too many lengths of codes");
      }
      Arrays.fill(lengths, i, i + count, value);
      i += count;
    }
    if (lengths[Symbols.END_OF_BLOCK] == 0) {
      throw malformed("a block without an end");
    }
    compressed(
        known(HuffmanDecoder.of(lengths, 0, literalCount)),
        known(HuffmanDecoder.of(lengths, literalCount, total)),
        start);
  }

  private void compressed(HuffmanDecoder literals, HuffmanDecoder distances, int start) {
    while (true) {
      int symbol = symbol(literals);
      if (symbol < Symbols.END_OF_BLOCK) {
        if (size == output.length) {
          grow(1);
        }
        output[size++] = (byte) symbol;
        continue;
      }
      if (symbol == Symbols.END_OF_BLOCK) {
        return;
      }
      int lengthSymbol = symbol - 257;
      if (lengthSymbol >= Symbols.LENGTH_BASE.length) {
        throw malformed("an unknown length");
      }
      int length = Symbols.LENGTH_BASE[lengthSymbol] + bits(Symbols.LENGTH_BITS[lengthSymbol]);
      int distanceSymbol = symbol(distances);
      if (distanceSymbol >= Symbols.DISTANCES) {
        throw malformed("an unknown distance");
      }
      int distance =
          Symbols.DISTANCE_BASE[distanceSymbol] + bits(Symbols.DISTANCE_BITS[distanceSymbol]);
      if (distance > size - start) {
        throw malformed("a distance beyond the beginning");
      }
      grow(length);
      for (int end = size + length; size < end; size++) {
        output[size] = output[size - distance];
      }
    }
  }
}
