package org.weftdb.graph;

/** Scans over pages. */
final class Scans {
  private Scans() {}

  /** All nodes. */
  static final class AllNodes implements NodeScan {
    private final IntPages labelSets;
    private final int bound;
    private int next;

    AllNodes(IntPages labelSets, int bound) {
      this.labelSets = labelSets;
      this.bound = bound;
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int written = 0;
      int id = next;
      while (id < bound && written < max) {
        int[] page = labelSets.page(id >>> IntPages.PAGE_BITS);
        int end = Math.min(bound, (id | IntPages.PAGE_MASK) + 1);
        if (IntPages.isEmpty(page)) {
          id = end;
          continue;
        }
        for (; id < end && written < max; id++) {
          if (page[id & IntPages.PAGE_MASK] != 0) {
            out[offset + written++] = id;
          }
        }
      }
      next = id;
      return written;
    }
  }

  /** The nodes with a label. */
  static final class Members implements NodeScan {
    private final BitPages members;
    private int next;

    Members(BitPages members) {
      this.members = members;
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int written = members.fill(next, out, offset, max);
      if (written > 0) {
        next = (int) out[offset + written - 1] + 1;
      }
      return written;
    }
  }

  /** The relationships of a type or of all. */
  static final class Relationships implements RelationshipScan {
    private final IntPages types;
    private final int bound;
    private final int least;
    private final int most;
    private int next;

    Relationships(IntPages types, int bound, int typeOrMinusOne) {
      this.types = types;
      this.bound = bound;
      this.least = typeOrMinusOne < 0 ? 1 : typeOrMinusOne + 1;
      this.most = typeOrMinusOne < 0 ? Integer.MAX_VALUE : typeOrMinusOne + 1;
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int written = 0;
      int id = next;
      while (id < bound && written < max) {
        int[] page = types.page(id >>> IntPages.PAGE_BITS);
        int end = Math.min(bound, (id | IntPages.PAGE_MASK) + 1);
        if (IntPages.isEmpty(page)) {
          id = end;
          continue;
        }
        for (; id < end && written < max; id++) {
          int type = page[id & IntPages.PAGE_MASK];
          if (type >= least && type <= most) {
            out[offset + written++] = id;
          }
        }
      }
      next = id;
      return written;
    }
  }
}
