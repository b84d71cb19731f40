package org.weftdb.snapshot;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.Utf8;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Reads one section in the order it was written: columns, or anything else through {@link
 * #bytes()}.
 *
 * <p>A column of another kind than asked for, or counts that cannot be, are {@link
 * ErrorCode#CORRUPTED} or {@link ErrorCode#TRUNCATED}, found before any array is made.
 */
public final class SectionReader {
  private final ByteReader source;

  SectionReader(ByteReader source) {
    this.source = source;
  }

  /** The reader behind the section, for what is no column. */
  public ByteReader bytes() {
    return source;
  }

  /** Skips to the next multiple of 8 bytes from the section's beginning. */
  public void align() {
    source.skip(SnapshotFormat.padding(source.position()));
  }

  /** Throws {@link ErrorCode#CORRUPTED} unless all of the section was read. */
  public void expectEnd() {
    if (source.hasRemaining()) {
      throw source.corrupted(source.remaining() + " bytes more than expected");
    }
  }

  private int beginColumn(int width) {
    align();
    int count = source.readInt();
    int actualWidth = source.readInt();
    if (count < 0) {
      throw source.corrupted("a column with a negative count before its elements");
    }
    if (actualWidth != width) {
      throw source.corrupted("a column of width " + actualWidth + " instead of " + width);
    }
    return count;
  }

  /** Reads a column of numbers of 4 bytes. */
  public int[] readIntColumn() {
    return source.readInts(beginColumn(Integer.BYTES));
  }

  /** Reads a column of numbers of 8 bytes. */
  public long[] readLongColumn() {
    return source.readLongs(beginColumn(Long.BYTES));
  }

  /** Reads a column of numbers of 8 bytes. */
  public double[] readDoubleColumn() {
    return source.readDoubles(beginColumn(Double.BYTES));
  }

  /**
   * Begins a column of numbers of 4 bytes and returns their count; exactly so many must then be
   * read from {@link #bytes()}, into the arrays where they are to live. They are sure to be there.
   */
  public int beginIntColumn() {
    return checkedCount(beginColumn(Integer.BYTES), Integer.BYTES);
  }

  /** The same for {@code long}. */
  public int beginLongColumn() {
    return checkedCount(beginColumn(Long.BYTES), Long.BYTES);
  }

  /** The same for {@code double}. */
  public int beginDoubleColumn() {
    return checkedCount(beginColumn(Double.BYTES), Double.BYTES);
  }

  private int checkedCount(int count, int width) {
    if ((long) count * width > source.remaining()) {
      throw new WeftException(
          ErrorCode.TRUNCATED,
          String.valueOf(
              source.corrupted("a column of " + count + " elements does not fit").getMessage()));
    }
    return count;
  }

  /** Reads a column of texts. */
  public String[] readStringColumn() {
    int count = beginColumn(0);
    int[] ends = source.readInts(count);
    String[] texts = new String[count];
    int start = 0;
    int base = source.position();
    byte[] array = source.array();
    int arrayBase = source.arrayOffset();
    char[] units = new char[1024];
    for (int i = 0; i < count; i++) {
      int end = ends[i];
      if (end < start || end > source.remaining()) {
        throw source.corrupted("text " + i + " of a column ends at " + end);
      }
      if (end - start > units.length) {
        units = new char[Math.max(end - start, 2 * units.length)];
      }
      texts[i] = Utf8.decode(array, arrayBase + base + start, end - start, units);
      start = end;
    }
    source.skip(start);
    return texts;
  }
}
