package org.weftdb.storage;

/**
 * Takes bytes one after another, such as {@code ByteWriter::writeBytes}.
 *
 * <p>Not promised: that they are anywhere before whoever made the sink says so.
 */
@FunctionalInterface
public interface ByteSink {
  /**
   * Takes the next bytes; the array is the caller's again when this returns.
   *
   * @throws org.weftdb.error.WeftException when they cannot be taken; then no more may come
   */
  void write(byte[] bytes, int offset, int length);
}
