package org.weftdb.storage;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The first bytes of an array as a file. The array is not copied and must not change. */
public final class BytesReadFile implements ReadFile {
  private final String name;
  private final byte[] bytes;
  private final int length;
  private volatile boolean closed;

  /**
   * A file of the first bytes of an array.
   *
   * @param name what messages call it
   */
  public BytesReadFile(String name, byte[] bytes, int length) {
    if (length < 0 || length > bytes.length) {
      throw new IllegalArgumentException(length + " of " + bytes.length + " bytes");
    }
    this.name = name;
    this.bytes = bytes;
    this.length = length;
  }

  @Override
  public void readAt(long position, byte[] target, int offset, int count) {
    if (closed) {
      throw StorageErrors.fileClosed(name);
    }
    if (position < 0) {
      throw new WeftException(ErrorCode.INVALID_USE, "position " + position + " in '" + name + "'");
    }
    if (position > length - count) {
      throw StorageErrors.endsBefore(name, position, count, length);
    }
    System.arraycopy(bytes, (int) position, target, offset, count);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    closed = true;
  }
}
