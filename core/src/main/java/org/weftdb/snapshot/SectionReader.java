package org.weftdb.snapshot;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.Utf8;
import org.weftdb.error.ErrorCode;

/**
 * Reads one section in the order it was written: columns of texts, or anything else through {@link
 * #bytes()}.
 *
 * <p>A column of another kind, or counts that cannot be, are {@link ErrorCode#CORRUPTED} or {@link
 * ErrorCode#TRUNCATED}, found before any array is made.
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

  /** Reads a column of texts. */
  public String[] readStringColumn() {
    align();
    int count = source.readInt();
    int kind = source.readInt();
    if (count < 0) {
      throw source.corrupted("a column with a negative count before its elements");
    }
    if (kind != SnapshotFormat.TEXT_COLUMN) {
      throw source.corrupted("a column of the kind " + kind + " instead of texts");
    }
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
