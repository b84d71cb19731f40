package org.weftdb.wasm;

import java.util.Arrays;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Bytes that are carried out or in piece by piece, because the window is smaller; one at a time.
 */
final class Transfer {
  private final Window window;

  /** No bytes when nothing is carried. */
  private byte[] bytes = {};

  private int length;

  Transfer(Window window) {
    this.window = window;
  }

  /** Begins to carry the first bytes of an array out. */
  void beginOut(byte[] source, int sourceLength) {
    bytes = source;
    length = sourceLength;
  }

  /** Puts a part into the window; the last part ends it. */
  int readPart(int offset, int partLength) {
    check(offset, partLength);
    window.reserve(partLength);
    window.put(0, bytes, offset, partLength);
    if (offset + partLength == length) {
      drop();
    }
    return partLength;
  }

  /** Makes room for so many bytes that are carried in. */
  void beginIn(double total) {
    drop();
    if (!(total >= 0 && total <= Integer.MAX_VALUE - 16)) {
      throw new WeftException(ErrorCode.VALUE_TOO_LARGE, "bytes over 2 GiB");
    }
    length = (int) total;
    bytes = new byte[length];
  }

  /** Takes a part from the window. */
  void writePart(int offset, int partLength) {
    check(offset, partLength);
    window.get(0, bytes, offset, partLength);
  }

  /** Ends the carrying in and gives what came. */
  byte[] takeIn() {
    byte[] taken = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    drop();
    return taken;
  }

  private void drop() {
    bytes = new byte[0];
    length = 0;
  }

  private void check(int offset, int partLength) {
    if ((offset | partLength) < 0 || partLength > length - offset) {
      throw new WeftException(
          ErrorCode.INVALID_USE, "bytes " + offset + "+" + partLength + " of " + length);
    }
  }
}
