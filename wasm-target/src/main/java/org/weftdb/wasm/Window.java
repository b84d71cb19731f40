package org.weftdb.wasm;

import org.teavm.interop.Address;
import org.teavm.runtime.heap.Heap;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The range of linear memory through which bytes cross between Java and JavaScript.
 *
 * <p>It starts on a multiple of 8 and grows when more is asked for than it holds, which moves it
 * and loses what it held. Arrays of Java live outside linear memory, so crossing is a copy; eight
 * bytes at a time is the fastest there is (measured: byte[] 1.2 to 1.7 GB/s, long[] and double[] 4
 * to 6).
 *
 * <p>Accesses are not checked against the capacity: callers reserve first.
 */
final class Window {
  /** The most that is ever reserved: linear memory ends at 2 GiB. */
  static final int MAX_CAPACITY_BYTES = 1 << 30;

  private static final int SMALLEST_CAPACITY_BYTES = 1 << 16;

  /** What was allocated, in which the window begins a little later when that is not aligned. */
  private int block;

  private int start;
  private int capacity;

  /** Where it begins in linear memory; valid until the next {@link #reserve}. */
  int address() {
    return start;
  }

  /** Makes room for so many bytes and returns where it begins. */
  int reserve(long length) {
    extend(0, length);
    return start;
  }

  /**
   * Makes room for so many bytes, of which the first keep what they are.
   *
   * @param kept how many of those that were reserved, a multiple of 8
   */
  void extend(int kept, long length) {
    if (length <= capacity && capacity != 0) {
      return;
    }
    int wanted = capacityFor(length);
    int oldBlock = block;
    int oldStart = start;
    if (kept == 0 && oldBlock != 0) {
      // First, so that both need not be there at once.
      Heap.release(Address.fromInt(oldBlock));
      block = 0;
      capacity = 0;
    }
    // Space for moving the start up to a multiple of 8.
    int allocated = Heap.alloc(wanted + 8).toInt();
    if (allocated == 0) {
      throw new WeftException(
          ErrorCode.LIMIT_REACHED, "linear memory has no room for " + wanted + " bytes");
    }
    block = allocated;
    start = allocated + 7 & -8;
    capacity = wanted;
    if (kept > 0) {
      for (int i = 0; i < kept; i += 8) {
        putLong(i, Address.fromInt(oldStart + i).getLong());
      }
      Heap.release(Address.fromInt(oldBlock));
    }
  }

  private static int capacityFor(long length) {
    if (length > MAX_CAPACITY_BYTES || length < 0) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          length + " bytes at once are more than the " + MAX_CAPACITY_BYTES + " that can cross");
    }
    int wanted = SMALLEST_CAPACITY_BYTES;
    while (wanted < length) {
      wanted <<= 1;
    }
    return wanted;
  }

  /** The first bytes of the window. */
  byte[] copy(int length) {
    byte[] copy = new byte[length];
    get(0, copy, 0, length);
    return copy;
  }

  /** Copies bytes out of the window. */
  void get(int at, byte[] target, int offset, int length) {
    int from = start + at;
    int i = offset;
    int wholeWords = offset + (length & -8);
    for (; i < wholeWords; i += 8, from += 8) {
      long word = Address.fromInt(from).getLong();
      int low = (int) word;
      int high = (int) (word >> 32);
      target[i] = (byte) low;
      target[i + 1] = (byte) (low >> 8);
      target[i + 2] = (byte) (low >> 16);
      target[i + 3] = (byte) (low >> 24);
      target[i + 4] = (byte) high;
      target[i + 5] = (byte) (high >> 8);
      target[i + 6] = (byte) (high >> 16);
      target[i + 7] = (byte) (high >> 24);
    }
    for (int end = offset + length; i < end; i++, from++) {
      target[i] = Address.fromInt(from).getByte();
    }
  }

  /** Copies bytes into the window. */
  void put(int at, byte[] source, int offset, int length) {
    int to = start + at;
    int i = offset;
    int wholeWords = offset + (length & -8);
    for (; i < wholeWords; i += 8, to += 8) {
      int low =
          source[i] & 0xFF
              | (source[i + 1] & 0xFF) << 8
              | (source[i + 2] & 0xFF) << 16
              | source[i + 3] << 24;
      int high =
          source[i + 4] & 0xFF
              | (source[i + 5] & 0xFF) << 8
              | (source[i + 6] & 0xFF) << 16
              | source[i + 7] << 24;
      Address.fromInt(to).putLong(low & 0xFFFFFFFFL | (long) high << 32);
    }
    for (int end = offset + length; i < end; i++, to++) {
      Address.fromInt(to).putByte(source[i]);
    }
  }

  void putInt(int at, int value) {
    Address.fromInt(start + at).putInt(value);
  }

  void putLong(int at, long value) {
    Address.fromInt(start + at).putLong(value);
  }

  void putDouble(int at, double value) {
    Address.fromInt(start + at).putDouble(value);
  }
}
