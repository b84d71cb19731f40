package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.AggregateFunction;
import org.weftdb.cypher.function.Aggregator;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ValueSet;
import org.weftdb.value.Vector;

/** One aggregate over all groups. */
abstract class Accumulator {

  /** Takes the selected rows of a batch; the {@code k}th belongs to {@code groups[k]}. */
  abstract void add(Batch batch, int[] groups, int groupCount);

  /** Fills a vector with the results of some groups. */
  abstract void results(int firstGroup, int count, Vector target);

  /** Makes room for a group that has no rows. */
  abstract void addEmptyGroup(Batch noRow);

  /**
   * Accumulators for new groups.
   *
   * @param arguments of each aggregate, compiled
   */
  static Accumulator[] of(List<Plan.Aggregate> aggregates, Evaluator[][] arguments) {
    Accumulator[] accumulators = new Accumulator[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      Plan.Aggregate aggregate = aggregates.get(i);
      AggregateFunction function = FunctionRegistry.standard().aggregate(aggregate.function());
      if (function == null) {
        throw new WeftException(
            ErrorCode.UNKNOWN_FUNCTION, "there is no aggregate function " + aggregate.function());
      }
      if (function == AggregateFunction.COUNT && !aggregate.distinct()) {
        accumulators[i] = new Count(arguments[i].length == 0 ? null : arguments[i][0]);
        continue;
      }
      boolean[] readsRow = new boolean[arguments[i].length];
      for (int j = 0; j < readsRow.length; j++) {
        BitSet read = new BitSet();
        Slots.read(aggregate.arguments().get(j), read);
        readsRow[j] = !read.isEmpty();
      }
      accumulators[i] =
          new General(function, arguments[i], readsRow, aggregate.distinct(), aggregate.origin());
    }
    return accumulators;
  }

  /** About how many bytes the groups take so far. */
  abstract long bytes();

  /** {@code count(*)}, and {@code count(x)} without DISTINCT. */
  static final class Count extends Accumulator {
    private final @Nullable Evaluator argument;
    private long[] counts = new long[16];

    Count(@Nullable Evaluator argument) {
      this.argument = argument;
    }

    @Override
    void add(Batch batch, int[] groups, int groupCount) {
      if (counts.length < groupCount) {
        counts = Arrays.copyOf(counts, Math.max(groupCount, counts.length * 2));
      }
      int rows = batch.rows();
      if (argument == null) {
        if (groupCount == 1) {
          counts[0] += rows;
          return;
        }
        for (int k = 0; k < rows; k++) {
          counts[groups[k]]++;
        }
        return;
      }
      Vector values = argument.evaluate(batch, batch.selection, rows);
      for (int k = 0; k < rows; k++) {
        if (!values.isNull(batch.row(k))) {
          counts[groups[k]]++;
        }
      }
    }

    @Override
    long bytes() {
      return 8L * counts.length;
    }

    @Override
    void addEmptyGroup(Batch noRow) {}

    @Override
    void results(int firstGroup, int count, Vector target) {
      target.reset(Vector.Kind.INTEGER, count);
      System.arraycopy(counts, firstGroup, target.longs, 0, count);
    }
  }

  /** {@code count(*)} over rows each of which stands for several. */
  static final class WeightedCount extends Accumulator {
    private final int weightSlot;
    private long[] counts = new long[16];

    /**
     * @param weightSlot slot that says for how many rows a row stands
     */
    WeightedCount(int weightSlot) {
      this.weightSlot = weightSlot;
    }

    @Override
    void add(Batch batch, int[] groups, int groupCount) {
      if (counts.length < groupCount) {
        counts = Arrays.copyOf(counts, Math.max(groupCount, counts.length * 2));
      }
      long[] weights = batch.column(weightSlot).longs;
      int rows = batch.rows();
      for (int k = 0; k < rows; k++) {
        counts[groups[k]] += weights[batch.row(k)];
      }
    }

    @Override
    long bytes() {
      return 8L * counts.length;
    }

    @Override
    void addEmptyGroup(Batch noRow) {}

    @Override
    void results(int firstGroup, int count, Vector target) {
      target.reset(Vector.Kind.INTEGER, count);
      System.arraycopy(counts, firstGroup, target.longs, 0, count);
    }
  }

  /** Any aggregate, with an {@link Aggregator} for each group. */
  static final class General extends Accumulator {
    /** What an aggregator takes that has seen nothing, and what a value in a set takes. */
    private static final int GROUP_BYTES = 96;

    private static final int SEEN_BYTES = 48;

    private final AggregateFunction function;
    private final Evaluator[] arguments;
    private final boolean[] readsRow;
    private final boolean distinct;
    private final Origin origin;
    private Aggregator[] aggregators = new Aggregator[16];
    private ValueSet[] seen = new ValueSet[16];
    private int size;
    private long bytes;

    /**
     * @param readsRow for each argument whether it needs a row
     */
    General(
        AggregateFunction function,
        Evaluator[] arguments,
        boolean[] readsRow,
        boolean distinct,
        Origin origin) {
      this.origin = origin;
      this.function = function;
      this.arguments = arguments;
      this.readsRow = readsRow;
      this.distinct = distinct;
    }

    @Override
    void add(Batch batch, int[] groups, int groupCount) {
      try {
        addRows(batch, groups, groupCount);
      } catch (WeftException failure) {
        throw origin.locate(failure);
      }
    }

    private void addRows(Batch batch, int[] groups, int groupCount) {
      int rows = batch.rows();
      makeGroups(batch, groups, rows, groupCount);
      Vector values = arguments[0].evaluate(batch, batch.selection, rows);
      if (distinct) {
        for (int k = 0; k < rows; k++) {
          Object value = values.value(batch.row(k));
          if (value != null && seen[groups[k]].add(value)) {
            bytes += SEEN_BYTES + ValueSize.of(value);
            aggregators[groups[k]].add(value);
          }
        }
      } else if (values.kind == Vector.Kind.INTEGER) {
        for (int k = 0; k < rows; k++) {
          int row = batch.row(k);
          if (!values.hasNulls || !values.isNull(row)) {
            aggregators[groups[k]].addLong(values.longs[row]);
          }
        }
      } else if (values.kind == Vector.Kind.FLOAT) {
        for (int k = 0; k < rows; k++) {
          int row = batch.row(k);
          if (!values.hasNulls || !values.isNull(row)) {
            aggregators[groups[k]].addDouble(values.doubles[row]);
          }
        }
      } else {
        for (int k = 0; k < rows; k++) {
          aggregators[groups[k]].add(values.value(batch.row(k)));
        }
      }
      if (function.keepsValues() && !distinct) {
        bytes += ValueSize.of(values, batch.selection, 0, rows);
      }
    }

    @Override
    long bytes() {
      return bytes;
    }

    /** Groups are numbered as they come, so each new one is met in order. */
    private void makeGroups(Batch batch, int[] groups, int rows, int groupCount) {
      for (int k = 0; k < rows && size < groupCount; k++) {
        if (groups[k] == size) {
          @Nullable Object[] constants = new @Nullable Object[arguments.length - 1];
          for (int i = 1; i < arguments.length; i++) {
            constants[i - 1] = arguments[i].value(batch, batch.row(k));
          }
          makeGroup(constants);
        }
      }
    }

    private void makeGroup(@Nullable Object[] constants) {
      if (size == aggregators.length) {
        aggregators = Arrays.copyOf(aggregators, size * 2);
        seen = Arrays.copyOf(seen, size * 2);
      }
      if (distinct) {
        seen[size] = new ValueSet();
      }
      bytes += GROUP_BYTES;
      aggregators[size++] = function.create(constants);
    }

    @Override
    void addEmptyGroup(Batch noRow) {
      @Nullable Object[] constants = new @Nullable Object[arguments.length - 1];
      for (int i = 1; i < arguments.length; i++) {
        constants[i - 1] = readsRow[i] ? (Object) 0.0 : arguments[i].value(noRow, 0);
      }
      makeGroup(constants);
    }

    @Override
    void results(int firstGroup, int count, Vector target) {
      for (int i = 0; i < count; i++) {
        Object value = result(firstGroup + i);
        if (i == 0) {
          target.reset(Evaluator.kindOf(value), count);
        }
        target.set(i, value);
      }
    }

    private @Nullable Object result(int group) {
      try {
        return aggregators[group].result();
      } catch (WeftException failure) {
        throw origin.locate(failure);
      }
    }
  }
}
