package org.weftdb.graph;

import java.util.Arrays;

/** All ids of a scan or cursor, fetched in pieces of changing size. */
final class Scanned {
  private Scanned() {}

  private interface Fill {
    int fill(long[] out, int offset, int max);
  }

  static long[] all(NodeScan scan) {
    return collect(scan::fill);
  }

  static long[] all(RelationshipScan scan) {
    return collect(scan::fill);
  }

  static long[] all(IndexCursor cursor) {
    return collect(cursor::fill);
  }

  private static long[] collect(Fill fill) {
    long[] out = new long[256];
    int count = 0;
    int piece = 1;
    while (true) {
      if (out.length - count < piece) {
        out = Arrays.copyOf(out, out.length * 2 + piece);
      }
      int written = fill.fill(out, count, piece);
      if (written == 0) {
        return Arrays.copyOf(out, count);
      }
      count += written;
      piece = piece * 3 % 97 + 1;
    }
  }
}
