package org.weftdb.log;

import org.jspecify.annotations.Nullable;

/** What a record of the log is. Append only; a kind's code is its place, from 1. */
enum RecordKind {
  /** A commit, or the last part of a large one. */
  COMMIT,
  /** A part of a large commit, but not the last. */
  CHUNK,
  /** Mark: a snapshot was published that contains all up to the LSN in the payload (u64). */
  CHECKPOINT,
  /** Mark: only vouches for what is before it; written when the log is closed. */
  SYNCED,
  /** Mark: the log goes on in another segment, which was durable before; the last of a segment. */
  END;

  private static final RecordKind[] KINDS = values();

  int code() {
    return ordinal() + 1;
  }

  static @Nullable RecordKind ofCode(int code) {
    return code >= 1 && code <= KINDS.length ? KINDS[code - 1] : null;
  }
}
