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
  private final SnapshotWriter snapshot;
  private final ByteWriter target;

  SectionWriter(SnapshotWriter snapshot, ByteWriter target) {
    this.snapshot = snapshot;
    this.target = target;
  }

  /**
   * The writer behind the section, for what is no column. Only to be appended to; its position
   * means nothing, since what is in it is passed on now and then.
   */
  public ByteWriter bytes() {
    return target;
  }

  /**
   * Passes on what was written, when there is much of it. To be called after every few thousand
   * bytes; whoever writes a long section and does not call it needs memory for all of it.
   */
  public void passOnIfLong() {
    snapshot.passOnIfLong();
  }

  /** Fills up with zeros to a multiple of 8 bytes from the section's beginning. */
  void align() {
    for (int i = SnapshotFormat.padding(snapshot.sectionLength()); i > 0; i--) {
      target.writeByte(0);
    }
  }

  /**
   * Writes texts as a column.
   *
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when they have over 2 GiB together
   */
  public void writeStringColumn(List<String> texts) {
    TextColumn column = beginTextColumn(texts.size());
    for (String text : texts) {
      column.writeEnd(text);
    }
    for (String text : texts) {
      column.writeText(text);
    }
  }

  /** Begins a column of so many texts, which are then given to it one after another. */
  public TextColumn beginTextColumn(int count) {
    align();
    target.writeInt(count);
    target.writeInt(SnapshotFormat.TEXT_COLUMN);
    return new TextColumn();
  }

  /** A column of texts being written: first the ends of all, then all of them in the same order. */
  public final class TextColumn {
    private long end;

    private TextColumn() {}

    /**
     * Writes where a text ends.
     *
     * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when the texts so far have over 2 GiB
     *     together
     */
    public void writeEnd(String text) {
      end += Utf8.lengthBytes(text);
      if (end > Integer.MAX_VALUE) {
        throw new WeftException(
            ErrorCode.VALUE_TOO_LARGE, "a column of texts has over 2147483647 bytes");
      }
      target.writeInt((int) end);
      snapshot.passOnIfLong();
    }

    /** Writes a text. */
    public void writeText(String text) {
      target.writeText(text);
      snapshot.passOnIfLong();
    }
  }
}
