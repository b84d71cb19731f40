package org.weftdb.graph;

import org.weftdb.bytes.ByteWriter;

/** The primitive changes of a transaction in the format of {@link ChangeCodec}, in their order. */
final class RecordedChanges {
  private final ByteWriter bytes = new ByteWriter();

  /** Whether the changes are kept; otherwise each is forgotten at once. */
  private final boolean recording;

  private boolean changed;

  /** The bytes of changes that were not kept. */
  private long forgottenBytes;

  RecordedChanges(boolean recording) {
    this.recording = recording;
  }

  /** A place among the changes. */
  record Mark(int length, boolean changed) {}

  /** Where a change is written, before {@link #note}. */
  ByteWriter bytes() {
    return bytes;
  }

  /** To be called behind each change that was written. */
  void note() {
    changed = true;
    if (!recording) {
      forgottenBytes += bytes.position();
      bytes.truncate(0);
    }
  }

  /** Whether there was no change, kept or not, since the beginning or {@link #clear}. */
  boolean isEmpty() {
    return !changed;
  }

  /** The length of all changes, of those that were not kept as well. */
  long writtenBytes() {
    return forgottenBytes + bytes.position();
  }

  Mark mark() {
    return new Mark(bytes.position(), changed);
  }

  void backTo(Mark mark) {
    bytes.truncate(mark.length);
    changed = mark.changed;
  }

  void clear() {
    bytes.truncate(0);
    changed = false;
  }
}
