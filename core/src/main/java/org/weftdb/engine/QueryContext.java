package org.weftdb.engine;

import org.jspecify.annotations.Nullable;
import org.weftdb.csv.CsvSource;
import org.weftdb.cypher.exec.ExecutionContext;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.value.TextNormalizer;
import org.weftdb.value.temporal.ZoneRules;

/**
 * What an engine lets one query take from outside; it runs until its caller, its time or the end of
 * the database stops it.
 */
final class QueryContext implements ExecutionContext {
  private final Engine engine;
  private final EngineOptions options;
  private final long randomSeed;
  private final long clockMillis;
  private final long transactionMillis;
  private final @Nullable Transaction whole;

  private final Deadline deadline;

  /**
   * @param whole the transaction when the query is all of it, else null
   */
  QueryContext(
      Engine engine,
      EngineOptions options,
      long randomSeed,
      long transactionMillis,
      @Nullable Transaction whole) {
    this.engine = engine;
    this.options = options;
    this.whole = whole;
    this.randomSeed = randomSeed;
    this.clockMillis = engine.nowMillis();
    this.transactionMillis = transactionMillis;
    this.deadline = new Deadline(options);
  }

  @Override
  public long randomSeed() {
    return randomSeed;
  }

  @Override
  public long clockMillis() {
    return clockMillis;
  }

  @Override
  public long transactionMillis() {
    return transactionMillis;
  }

  @Override
  public long realtimeMillis() {
    return engine.nowMillis();
  }

  @Override
  public long nanos() {
    return options.clock().nanos();
  }

  @Override
  public TextNormalizer textNormalizer() {
    return options.textNormalizer();
  }

  @Override
  public ZoneRules zoneRules() {
    return options.zoneRules();
  }

  @Override
  public boolean cancelled() {
    engine.checkUsable();
    return deadline.cancelled();
  }

  @Override
  public long memoryBytes() {
    return options.limits().memoryBytes().getAsLong();
  }

  @Override
  public CsvSource csvSource() {
    return options.csvSource();
  }

  @Override
  public void commitPart() {
    if (whole == null) {
      throw Transaction.notAlone();
    }
    whole.commitPart();
  }

  @Override
  public UserFunctions functions() {
    return options.functions();
  }

  @Override
  public ProcedureRegistry procedures() {
    return options.procedures();
  }
}
