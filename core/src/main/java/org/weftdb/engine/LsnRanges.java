package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;

/** Numbers of commits, as the ranges that they make. */
final class LsnRanges {
  /** Pairs of a first and a last number; in any order until they are asked for. */
  private final List<long[]> ranges = new ArrayList<>();

  /** Takes ranges that lie one behind the other. */
  interface Consumer {
    void range(long first, long last, boolean isThere);
  }

  /** Adds a number, as a rule the one after the last. */
  void add(long lsn) {
    long[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
    if (last != null && lsn == last[1] + 1) {
      last[1] = lsn;
    } else {
      ranges.add(new long[] {lsn, lsn});
    }
  }

  boolean contains(long lsn) {
    boolean found = false;
    for (long[] range : ranges) {
      found |= range[0] <= lsn && lsn <= range[1];
    }
    return found;
  }

  /** Gives what is there and what is not between two numbers, which are included. */
  void forEach(long first, long last, Consumer consumer) {
    ranges.sort((a, b) -> Long.compare(a[0], b[0]));
    long next = first;
    int at = 0;
    while (next <= last) {
      while (at < ranges.size() && ranges.get(at)[1] < next) {
        at++;
      }
      boolean isThere = at < ranges.size() && ranges.get(at)[0] <= next;
      long end = last;
      if (isThere) {
        end = ranges.get(at)[1];
        while (at + 1 < ranges.size() && ranges.get(at + 1)[0] <= end + 1) {
          end = Math.max(end, ranges.get(++at)[1]);
        }
        end = Math.min(last, end);
      } else if (at < ranges.size()) {
        end = Math.min(last, ranges.get(at)[0] - 1);
      }
      consumer.range(next, end, isThere);
      next = end + 1;
    }
  }
}
