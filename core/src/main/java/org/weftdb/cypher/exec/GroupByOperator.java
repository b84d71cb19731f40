package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/** One row for each distinct combination of keys, with aggregates over the rows that have it. */
final class GroupByOperator extends Operator {
  private final QueryState state;
  private final Operator input;
  private final Evaluator[] keys;
  private final int[] keySlots;
  private final Supplier<Accumulator[]> makeAccumulators;
  private final int[] aggregateSlots;
  private final Batch output;

  private final QueryMemory.Share memory;
  private GroupTable table;
  private Accumulator[] accumulators = {};
  private int[] groups = new int[Batch.FIRST_ROWS];
  private boolean grouped;
  private int given;

  GroupByOperator(
      Frame frame,
      Evaluator[] keys,
      int[] keySlots,
      Supplier<Accumulator[]> makeAccumulators,
      int[] aggregateSlots) {
    this.state = frame.state();
    this.input = frame.input();
    this.output = frame.newBatch();
    this.keys = keys;
    this.keySlots = keySlots;
    this.makeAccumulators = makeAccumulators;
    this.aggregateSlots = aggregateSlots;
    this.memory = state.memory.share("grouping and aggregating rows");
    this.table = new GroupTable(keys.length);
  }

  @Override
  void open() {
    input.open();
    table = new GroupTable(keys.length);
    accumulators = makeAccumulators.get();
    grouped = false;
    given = 0;
  }

  @Override
  @Nullable Batch next() {
    if (!grouped) {
      group();
      grouped = true;
    }
    state.checkCancelled();
    int count = Math.min(table.size() - given, Batch.MAXIMUM_ROWS);
    if (count == 0) {
      return null;
    }
    for (int i = 0; i < keys.length; i++) {
      table.keys(i, given, count, output.own(keySlots[i]));
    }
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].results(given, count, output.own(aggregateSlots[i]));
    }
    given += count;
    output.all(count);
    return output;
  }

  private void group() {
    Vector[] columns = new Vector[keys.length];
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      state.checkCancelled();
      int rows = batch.rows();
      if (groups.length < rows) {
        groups = new int[rows];
      }
      for (int i = 0; i < keys.length; i++) {
        columns[i] = keys[i].evaluate(batch, batch.selection, rows);
      }
      if (keys.length == 0 && table.size() > 0) {
        Arrays.fill(groups, 0, rows, 0);
      } else {
        table.find(columns, batch, groups);
      }
      long bytes = table.bytes();
      for (Accumulator accumulator : accumulators) {
        accumulator.add(batch, groups, table.size());
        bytes += accumulator.bytes();
      }
      memory.set(bytes);
    }
    if (keys.length == 0 && table.size() == 0) {
      Batch noRow = new Batch(output.columns.length);
      table.addEmptyGroup();
      for (Accumulator accumulator : accumulators) {
        accumulator.addEmptyGroup(noRow);
      }
    }
  }
}
