package org.weftdb.log;

import java.util.ArrayList;
import java.util.List;

/**
 * An end of the log up to which all is closed and durable.
 *
 * @param closed the closed segments, the oldest first
 * @param next the segment behind them, of which only the header counts here; number 0 when there is
 *     none
 * @param nextHeader its header, by which the log ends behind the segments before it; empty when
 *     there is none
 */
public record LogFence(List<LogSegment> closed, LogSegment next, byte[] nextHeader) {

  /** The closed segments without those in which no commit above an LSN is. */
  public List<LogSegment> closedAbove(long lsn) {
    List<LogSegment> needed = new ArrayList<>();
    for (int i = 0; i < closed.size(); i++) {
      LogSegment following = i + 1 < closed.size() ? closed.get(i + 1) : next;
      if (following.number() == 0 || !following.beginsUpTo(lsn)) {
        needed.add(closed.get(i));
      }
    }
    return needed;
  }
}
