package org.weftdb.snapshot;

import java.util.List;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Utf8;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Writes one section: columns of texts, or anything else through {@link #bytes()}. Valid until the
 * next section is begun.
 */
public final class SectionWriter {
  private final ByteWriter target;
  private final int start;

  SectionWriter(ByteWriter target) {
    this.target = target;
    this.start = target.position();
  }

  /** The writer behind the section, for what is no column. Only to be appended to. */
  public ByteWriter bytes() {
    return target;
  }

  /** Fills up with zeros to a multiple of 8 bytes from the section's beginning. */
  void align() {
    for (int i = SnapshotFormat.padding(target.position() - start); i > 0; i--) {
      target.writeByte(0);
    }
  }

  /**
   * Writes texts as a column.
   *
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when they have over 2 GiB together
   */
  public void writeStringColumn(List<String> texts) {
    int count = texts.size();
    align();
    target.writeInt(count);
    target.writeInt(SnapshotFormat.TEXT_COLUMN);
    long end = 0;
    for (int i = 0; i < count; i++) {
      end += Utf8.lengthBytes(texts.get(i));
      if (end > Integer.MAX_VALUE) {
        throw new WeftException(
            ErrorCode.VALUE_TOO_LARGE, "a column of texts has over 2147483647 bytes");
      }
      target.writeInt((int) end);
    }
    target.ensureRoom(end);
    for (int i = 0; i < count; i++) {
      target.writeText(texts.get(i));
    }
  }
}
