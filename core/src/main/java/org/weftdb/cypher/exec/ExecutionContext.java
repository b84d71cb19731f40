package org.weftdb.cypher.exec;

import org.weftdb.csv.CsvSource;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.TextNormalizer;
import org.weftdb.value.temporal.ZoneRules;

/**
 * What an execution takes from outside, so that a run is a function of its inputs.
 *
 * <p>All are called by the thread that runs the execution.
 */
public interface ExecutionContext {

  /** Seed of the random numbers of this execution. */
  long randomSeed();

  /** Milliseconds since 1970-01-01T00:00Z; read once, when the execution starts. */
  long clockMillis();

  /** The time at which the transaction began. */
  default long transactionMillis() {
    return clockMillis();
  }

  /** The time of the call. */
  default long realtimeMillis() {
    return clockMillis();
  }

  /** Nanoseconds since any moment, to measure how long something takes. */
  default long nanos() {
    return realtimeMillis() * 1_000_000;
  }

  /** The normalization of Unicode. */
  default TextNormalizer textNormalizer() {
    return TextNormalizer.NONE;
  }

  /** The rules of named time zones. */
  default ZoneRules zoneRules() {
    return ZoneRules.NONE;
  }

  /**
   * Whether to stop; asked before every batch and now and then inside long loops.
   *
   * @throws org.weftdb.error.WeftException to stop for a reason of its own
   */
  boolean cancelled();

  /** About how many bytes of memory the execution may use; asked at most once. */
  default long memoryBytes() {
    return Long.MAX_VALUE;
  }

  /** The procedures that the statement was planned with; the built-in ones by default. */
  default ProcedureRegistry procedures() {
    return ProcedureRegistry.builtIn();
  }

  /** What LOAD CSV reads. */
  default CsvSource csvSource() {
    return CsvSource.NONE;
  }

  /**
   * Commits what the statement has changed so far, after which it goes on; called only by
   * statements that {@linkplain org.weftdb.cypher.plan.Statement#commitsInParts commit in parts}.
   *
   * @throws org.weftdb.error.WeftException when it cannot be committed, for good
   */
  default void commitPart() {
    throw new WeftException(
        ErrorCode.NESTED_TRANSACTIONS,
        "CALL { } IN TRANSACTIONS can only run in a query that is not part of a transaction");
  }

  /** The functions of the embedder that the statement was planned with; none by default. */
  default UserFunctions functions() {
    return UserFunctions.NONE;
  }

  /** One that never cancels. */
  static ExecutionContext of(long randomSeed, long clockMillis) {
    return new ExecutionContext() {
      @Override
      public long randomSeed() {
        return randomSeed;
      }

      @Override
      public long clockMillis() {
        return clockMillis;
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }
}
