package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;

/**
 * The aggregate functions.
 *
 * <p>The first argument is evaluated for each row and {@linkplain Aggregator#add added}; the others
 * ({@code percentileCont(value, percentile)}) are evaluated for the first row of each group and
 * given to {@link #create}. {@code count(*)} is {@link #COUNT} with a value that is never null.
 */
public enum AggregateFunction {
  AVG("avg", FunctionSignature.aggregate(1, 1, Summable.TYPE, Summable.TYPE)),
  COLLECT("collect", FunctionSignature.aggregate(1, 1, CypherType.LIST)),
  COUNT("count", FunctionSignature.aggregate(1, 1, CypherType.INTEGER)),
  MAX("max", FunctionSignature.aggregate(1, 1, CypherType.ANY)),
  MIN("min", FunctionSignature.aggregate(1, 1, CypherType.ANY)),
  PERCENTILE_CONT(
      "percentileCont",
      FunctionSignature.aggregate(2, 2, CypherType.FLOAT, CypherType.NUMBER, CypherType.NUMBER)),
  PERCENTILE_DISC(
      "percentileDisc",
      FunctionSignature.aggregate(2, 2, CypherType.NUMBER, CypherType.NUMBER, CypherType.NUMBER)),
  ST_DEV("stDev", FunctionSignature.aggregate(1, 1, CypherType.FLOAT, CypherType.NUMBER)),
  ST_DEV_P("stDevP", FunctionSignature.aggregate(1, 1, CypherType.FLOAT, CypherType.NUMBER)),
  SUM("sum", FunctionSignature.aggregate(1, 1, Summable.TYPE, Summable.TYPE));

  /** What sum and avg take and give. */
  private static final class Summable {
    static final CypherType TYPE = CypherType.NUMBER.or(CypherType.DURATION);
  }

  private final String functionName;
  private final FunctionSignature signature;

  AggregateFunction(String functionName, FunctionSignature signature) {
    this.functionName = functionName;
    this.signature = signature;
  }

  /** The name as it is usually written, such as {@code percentileCont}. */
  public String functionName() {
    return functionName;
  }

  /** The numbers and types of its arguments. */
  public FunctionSignature signature() {
    return signature;
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
