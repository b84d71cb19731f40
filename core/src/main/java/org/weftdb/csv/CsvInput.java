package org.weftdb.csv;

/** The bytes of one table, from front to back. */
public interface CsvInput extends AutoCloseable {
  /** What {@code file()} says: the whole name of what is read. */
  String name();

  /**
   * Reads some bytes into the front of an array, which is not empty.
   *
   * @return how many, at least 1, or -1 at the end
   * @throws org.weftdb.error.WeftException {@link org.weftdb.error.ErrorCode#IO_FAILED}
   */
  int read(byte[] target);

  /** Gives it up; a second call does nothing. */
  @Override
  void close();
}
