package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.FunctionSignature;

/**
 * The aggregate functions.
 *
 * <p>The first argument is evaluated for each row and {@linkplain Aggregator#add added}; the others
 * ({@code percentileCont(value, percentile)}) are evaluated for the first row of each group and
 * given to {@link #create}. {@code count(*)} is {@link #COUNT} with a value that is never null.
 */
public enum AggregateFunction {
  AVG(
      "avg(input :: INTEGER | FLOAT | DURATION) :: INTEGER | FLOAT | DURATION",
      "The average of numbers or durations."),
  COLLECT("collect(input :: ANY) :: LIST<ANY>", "The values, without nulls, as a list."),
  COUNT(
      "count(input :: ANY) :: INTEGER",
      "How many values there are without nulls; of count(*) how many rows."),
  MAX("max(input :: ANY) :: ANY", "The greatest value."),
  MIN("min(input :: ANY) :: ANY", "The least value."),
  PERCENTILE_CONT(
      "percentileCont(input :: INTEGER | FLOAT, percentile :: INTEGER | FLOAT) :: FLOAT",
      "The value at a percentile from 0.0 to 1.0, interpolated between two values."),
  PERCENTILE_DISC(
      "percentileDisc(input :: INTEGER | FLOAT, percentile :: INTEGER | FLOAT)"
          + " :: INTEGER | FLOAT",
      "The value nearest to a percentile from 0.0 to 1.0."),
  ST_DEV("stDev(input :: INTEGER | FLOAT) :: FLOAT", "The standard deviation of a sample."),
  ST_DEV_P(
      "stDevP(input :: INTEGER | FLOAT) :: FLOAT", "The standard deviation of a whole population."),
  SUM(
      "sum(input :: INTEGER | FLOAT | DURATION) :: INTEGER | FLOAT | DURATION",
      "The sum of numbers or durations; 0 without any.");

  private final FunctionDescription description;
  private final FunctionSignature signature;

  AggregateFunction(String text, String description) {
    SignatureText parsed = new SignatureText(text);
    this.description = parsed.description(FunctionCategory.AGGREGATING, description, true, true);
    this.signature = parsed.signature(true, true);
  }

  /** The name as it is usually written, such as {@code percentileCont}. */
  public String functionName() {
    return description.name();
  }

  /** What a reader is told of it. */
  public FunctionDescription description() {
    return description;
  }

  /** The numbers and types of its arguments. */
  public FunctionSignature signature() {
    return signature;
  }

  /** Whether its aggregators keep all values, so that they take memory for each row. */
  public boolean keepsValues() {
    return switch (this) {
      case COLLECT, PERCENTILE_CONT, PERCENTILE_DISC -> true;
      case AVG, COUNT, MAX, MIN, ST_DEV, ST_DEV_P, SUM -> false;
    };
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
