package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.Index;
import org.weftdb.graph.IndexCursor;
import org.weftdb.graph.KeyRange;
import org.weftdb.value.Point;
import org.weftdb.value.PointBox;
import org.weftdb.value.ValueSet;

/** Asks an index for what an {@code IndexRange} says, for one row after another. */
final class IndexLookup {
  /** The range with its expressions compiled. */
  sealed interface Range {
    record Equal(Evaluator value) implements Range {}

    record AnyOf(Evaluator list) implements Range {}

    record Between(
        @Nullable Evaluator lower,
        boolean lowerInclusive,
        @Nullable Evaluator upper,
        boolean upperInclusive)
        implements Range {}

    record Prefix(Evaluator prefix) implements Range {}

    record Any() implements Range {}

    record Containing(Evaluator part) implements Range {}

    record SamePlace(Evaluator value) implements Range {}

    record Near(Evaluator center, Evaluator radius) implements Range {}

    record InBox(Evaluator lowerLeft, Evaluator upperRight) implements Range {}

    record Tuple(List<Range> parts) implements Range {}
  }

  private final QueryState state;
  private final Range range;
  private final boolean descending;
  private final List<IndexCursor> cursors = new ArrayList<>();
  private int current;
  private final QueryMemory.Share memory;
  private long[] drained = {};
  private int drainedSize;
  private int drainedPosition;

  /**
   * @param descending whether what is found by one range comes against the order of the index
   */
  IndexLookup(QueryState state, Range range, boolean descending) {
    this.state = state;
    this.range = range;
    this.descending = descending;
    this.memory = state.memory.share("reading an index before writing");
  }

  /**
   * Begins with another row.
   *
   * @param everything gives all entities that could be in the index
   */
  void start(Index index, Supplier<IndexCursor> everything, Batch batch, int row) {
    cursors.clear();
    current = 0;
    switch (range) {
      case Range.AnyOf anyOf -> addEach(index, anyOf.list().value(batch, row));
      case Range.Containing containing -> {
        if (containing.part().value(batch, row) instanceof String part) {
          cursors.add(index.containing(part));
        }
      }
      case Range.SamePlace same -> {
        Object value = same.value().value(batch, row);
        if (value instanceof Point point) {
          cursors.add(index.within(PointBox.between(point, point)));
        } else if (value != null) {
          cursors.add(everything.get());
        }
      }
      case Range.Near near ->
          addNear(index, near.center().value(batch, row), near.radius().value(batch, row));
      case Range.InBox box ->
          addInBox(index, box.lowerLeft().value(batch, row), box.upperRight().value(batch, row));
      case Range.Tuple tuple -> add(index, tuple.parts(), batch, row);
      case Range.Equal equal -> {
        Object value = equal.value().value(batch, row);
        if (value != null) {
          cursors.add(index.find(List.of(new KeyRange.Equal(value)), descending));
        }
      }
      case Range.Between between -> add(index, List.of(between), batch, row);
      case Range.Prefix prefix -> add(index, List.of(prefix), batch, row);
      case Range.Any any -> add(index, List.of(any), batch, row);
    }
    if (state.transaction != null) {
      drain();
    }
  }

  private void addEach(Index index, @Nullable Object list) {
    if (list == null) {
      return;
    }
    if (!(list instanceof List<?> values)) {
      throw Evaluator.mismatch("a List after IN", list);
    }
    ValueSet seen = new ValueSet();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value != null && seen.add(value)) {
        cursors.add(index.equal(value));
      }
    }
  }

  /** What is no point or no number is left to the condition, which is not true then. */
  private void addNear(Index index, @Nullable Object center, @Nullable Object radius) {
    if (center instanceof Point point && radius instanceof Number number) {
      PointBox box = PointBox.around(point, number.doubleValue());
      if (box != null) {
        cursors.add(index.within(box));
      }
    } else if (center != null && radius != null) {
      cursors.add(index.all());
    }
  }

  private void addInBox(Index index, @Nullable Object lowerLeft, @Nullable Object upperRight) {
    if (lowerLeft instanceof Point from && upperRight instanceof Point to) {
      if (from.system() == to.system()) {
        cursors.add(index.within(PointBox.between(from, to)));
      }
    } else if (lowerLeft != null && upperRight != null) {
      cursors.add(index.all());
    }
  }

  /** Adds what has all keys in their ranges; nothing when one of these is of nothing. */
  private void add(Index index, List<Range> parts, Batch batch, int row) {
    List<KeyRange> keys = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      KeyRange key = keyRange(parts.get(i), batch, row);
      if (key == null) {
        return;
      }
      keys.add(key);
    }
    cursors.add(index.find(keys, descending));
  }

  private static @Nullable KeyRange keyRange(Range range, Batch batch, int row) {
    return switch (range) {
      case Range.Equal equal -> {
        Object value = equal.value().value(batch, row);
        yield value == null ? null : new KeyRange.Equal(value);
      }
      case Range.Between between -> {
        Evaluator lower = between.lower();
        Evaluator upper = between.upper();
        Object from = lower == null ? null : lower.value(batch, row);
        Object to = upper == null ? null : upper.value(batch, row);
        boolean unknown = (lower != null && from == null) || (upper != null && to == null);
        yield unknown
            ? null
            : new KeyRange.Between(from, between.lowerInclusive(), to, between.upperInclusive());
      }
      case Range.Prefix prefix ->
          prefix.prefix().value(batch, row) instanceof String text
              ? new KeyRange.Prefix(text)
              : null;
      case Range.Any any -> new KeyRange.Any();
      default -> throw new IllegalStateException("no range of a key: " + range);
    };
  }

  /** In a transaction a cursor does not outlive a write, so all is read at once. */
  private void drain() {
    drainedSize = 0;
    drainedPosition = 0;
    for (int i = 0; i < cursors.size(); i++) {
      while (true) {
        if (drained.length == drainedSize) {
          int length = Math.max(16, drainedSize * 2);
          state.work(drainedSize);
          memory.set((long) Long.BYTES * length);
          drained = Arrays.copyOf(drained, length);
        }
        int n = cursors.get(i).fill(drained, drainedSize, drained.length - drainedSize);
        state.graph.readFromIndex(n);
        if (n == 0) {
          break;
        }
        drainedSize += n;
      }
    }
  }

  /** Gives the next ids; 0 at the end. */
  int fill(long[] out, int offset, int max) {
    if (state.transaction != null) {
      int n = Math.min(max, drainedSize - drainedPosition);
      System.arraycopy(drained, drainedPosition, out, offset, n);
      drainedPosition += n;
      return n;
    }
    while (current < cursors.size()) {
      int n = cursors.get(current).fill(out, offset, max);
      state.graph.readFromIndex(n);
      if (n > 0) {
        return n;
      }
      current++;
    }
    return 0;
  }
}
