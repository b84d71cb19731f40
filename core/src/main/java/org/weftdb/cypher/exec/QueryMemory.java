package org.weftdb.cypher.exec;

import java.util.function.LongSupplier;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * How much memory an execution uses, as an estimate, against what it may use.
 *
 * <p>Four counts make it up: what operators <em>keep</em> (a {@link Share} for each), the results
 * of expressions that are still <em>held</em>, what the expression in work <em>makes</em>, and what
 * the transaction has <em>changed</em>. Small values that live for a batch are not counted: they
 * are bounded by the size of batches, and counting them would cost more than making them.
 */
final class QueryMemory {
  /** Values of fewer bytes than this are not worth counting while they are made. */
  static final int WORTH_COUNTING = 2048;

  private final LongSupplier limitSource;

  /** What may be used; 0 as long as nobody has asked. */
  private long limit;

  private long kept;
  private long held;
  private long making;
  private long changed;

  /**
   * @param limit bytes that may be used, from 1; asked once, when there is first something to
   *     count, as most queries have nothing and asking may take as long as they do
   */
  QueryMemory(LongSupplier limit) {
    this.limitSource = limit;
  }

  private void check(long more, String what) {
    if (limit == 0) {
      limit = Math.max(1, limitSource.getAsLong());
    }
    long used = kept + held + making + changed;
    if (more > limit - used) {
      throw new WeftException(
          ErrorCode.MEMORY_LIMIT,
          what
              + " would use more memory than a query may: "
              + limit
              + " bytes, of which "
              + Math.max(0, used)
              + " are in use; a larger queryMemoryBytes allows more");
    }
  }

  // ---- Values in the making ---------------------------------------------------------------------

  /**
   * Counts a value that an expression makes.
   *
   * @param what who makes it, for the message
   */
  void make(long bytes, String what) {
    check(bytes, what);
    making += bytes;
  }

  /** What the expression in work has made so far, to go back to with {@link #makeAgain}. */
  long made() {
    return making;
  }

  /** Forgets what was made since a moment and is garbage now, or counts what is left of it. */
  void makeAgain(long made) {
    making = made;
  }

  /** Holds what was made since a moment, as a result; answers how much that is. */
  long hold(long madeBefore) {
    long bytes = making - madeBefore;
    making = madeBefore;
    held += bytes;
    return bytes;
  }

  /** Gives up a result that {@link #hold} has answered for. */
  void drop(long bytes) {
    held -= bytes;
  }

  /** Sets how much the transaction has changed. */
  void setChanged(long bytes) {
    long more = bytes - changed;
    if (more > 0) {
      check(more, "what the query changes");
    }
    changed = bytes;
  }

  // ---- Inner transactions -----------------------------------------------------------------------

  /** What is used at a moment. */
  record Mark(long kept, long held, long making) {}

  Mark mark() {
    return new Mark(kept, held, making);
  }

  /** Goes back to a moment since which what operators keep and expressions hold was given up. */
  void backTo(Mark mark) {
    kept = mark.kept();
    held = mark.held();
    making = mark.making();
  }

  // ---- What is kept -----------------------------------------------------------------------------

  /** What one operator keeps. */
  final class Share {
    private final String what;
    private long bytes;

    private Share(String what) {
      this.what = what;
    }

    /** Keeps so much more. */
    void add(long more) {
      check(more, what);
      kept += more;
      bytes += more;
    }

    /** Keeps so much instead of what was kept before. */
    void set(long all) {
      long more = all - bytes;
      if (more > 0) {
        add(more);
      } else {
        kept += more;
        bytes = all;
      }
    }
  }

  /**
   * The share of an operator, which keeps nothing yet.
   *
   * @param what what messages call it, such as {@code ORDER BY}
   */
  Share share(String what) {
    return new Share(what);
  }
}
