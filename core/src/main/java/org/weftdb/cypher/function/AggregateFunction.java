package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;

/**
 * The aggregate functions.
 *
 * <p>The first argument is evaluated for each row and {@linkplain Aggregator#add added}; the others
 * ({@code percentileCont(value, percentile)}) are evaluated for the first row of each group and given
 * to {@link #create}. {@code count(*)} is {@link #COUNT} without arguments.
 */
public enum AggregateFunction {
  AVG("avg", 1, 1),
  COLLECT("collect", 1, 1),
  COUNT("count", 0, 1),
  MAX("max", 1, 1),
  MIN("min", 1, 1),
  PERCENTILE_CONT("percentileCont", 2, 2),
  PERCENTILE_DISC("percentileDisc", 2, 2),
  ST_DEV("stDev", 1, 1),
  ST_DEV_P("stDevP", 1, 1),
  SUM("sum", 1, 1);

  private final String functionName;
  private final int minimumArguments;
  private final int maximumArguments;

  AggregateFunction(String functionName, int minimumArguments, int maximumArguments) {
    this.functionName = functionName;
    this.minimumArguments = minimumArguments;
    this.maximumArguments = maximumArguments;
  }

  /** The name as it is usually written, such as {@code percentileCont}. */
  public String functionName() {
    return functionName;
  }

  public int minimumArguments() {
    return minimumArguments;
  }

  public int maximumArguments() {
    return maximumArguments;
  }

  /**
   * A new aggregator for one group.
   *
   * @param constants the arguments after the first, for the first row of the group; for a group
   *     without rows those that need no row
   * @throws org.weftdb.error.WeftException when a constant has the wrong type or is out of range
   */
  public Aggregator create(@Nullable Object... constants) {
    return switch (this) {
      case AVG -> new AverageAggregator();
      case COLLECT -> new CollectAggregator();
      case COUNT -> new CountAggregator();
      case MAX -> new ExtremeAggregator(1);
      case MIN -> new ExtremeAggregator(-1);
      case PERCENTILE_CONT -> new PercentileAggregator(this, constants[0]);
      case PERCENTILE_DISC -> new PercentileAggregator(this, constants[0]);
      case ST_DEV -> new DeviationAggregator(this);
      case ST_DEV_P -> new DeviationAggregator(this);
      case SUM -> new SumAggregator();
    };
  }
}
