package org.weftdb.log;

/**
 * When a commit becomes durable.
 *
 * @param mode what a commit waits for
 * @param intervalMillis with {@link Mode#GROUP} the longest time between syncs, otherwise 0
 */
public record Durability(Mode mode, long intervalMillis) {
  /** What a commit waits for. */
  public enum Mode {
    /** A commit returns when it is durable. */
    PER_COMMIT,
    /**
     * A commit returns at once and is durable after at most the interval, unless all dies before.
     */
    GROUP,
    /**
     * A commit returns at once and is durable when the medium pleases, or after a sync asked for.
     */
    NONE
  }

  /** A commit returns when it is durable. */
  public static final Durability PER_COMMIT = new Durability(Mode.PER_COMMIT, 0);

  /** A commit returns at once; only {@code sync} and {@code close} make it durable. */
  public static final Durability NONE = new Durability(Mode.NONE, 0);

  public Durability {
    if (mode == Mode.GROUP ? intervalMillis < 1 : intervalMillis != 0) {
      throw new IllegalArgumentException(mode + " with an interval of " + intervalMillis + " ms");
    }
  }

  /** A commit returns at once and is durable after at most so many milliseconds. */
  public static Durability group(long intervalMillis) {
    return new Durability(Mode.GROUP, intervalMillis);
  }
}
