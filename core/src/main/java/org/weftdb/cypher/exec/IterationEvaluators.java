package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Scalar.QuantifierKind;
import org.weftdb.value.ValueEquality;

/**
 * Expressions that bind a variable to one list element after another, and those that compute no
 * more of their operands than they need.
 */
final class IterationEvaluators {
  private IterationEvaluators() {}

  /** Elements of a new list whose memory is counted at once, less one; a bit mask. */
  private static final int COUNT_MASK = 255;

  private static @Nullable List<?> list(@Nullable Object value, Origin origin) {
    if (value == null || value instanceof List<?>) {
      return (List<?>) value;
    }
    throw origin.locate(Evaluator.mismatch("a List after IN", value));
  }

  /** {@code [x IN list WHERE filter | result]}. */
  static final class ListComprehension extends Evaluator {
    private final QueryState state;
    private final int slot;
    private final Evaluator list;
    private final @Nullable Evaluator filter;
    private final @Nullable Evaluator element;
    private final Origin origin;

    ListComprehension(
        QueryState state,
        int slot,
        Evaluator list,
        @Nullable Evaluator filter,
        @Nullable Evaluator element,
        Origin origin) {
      this.origin = origin;
      this.state = state;
      this.slot = slot;
      this.list = list;
      this.filter = filter;
      this.element = element;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      List<?> elements = list(list.value(batch, row), origin);
      if (elements == null) {
        return null;
      }
      List<@Nullable Object> made = new ArrayList<>();
      Object last = null;
      for (int i = 0; i < elements.size(); i++) {
        state.work(1);
        Object each = elements.get(i);
        state.locals[slot] = each;
        if (passes(batch, row)) {
          Object result = element == null ? each : element.value(batch, row);
          made.add(result);
          if ((made.size() & COUNT_MASK) == 0) {
            count(result, result == last);
          }
          last = result;
        }
      }
      return made;
    }

    private boolean passes(Batch batch, int row) {
      if (filter == null) {
        return true;
      }
      long before = state.memory.made();
      boolean passes = isTrue(filter.value(batch, row));
      state.memory.makeAgain(before);
      return passes;
    }

    /** Counts some elements like the last of them; large new ones have counted themselves. */
    private void count(@Nullable Object value, boolean repeated) {
      long size = repeated ? 8 : Math.min(ValueSize.of(value), QueryMemory.WORTH_COUNTING);
      state.memory.make((COUNT_MASK + 1) * size, "a list comprehension");
    }
  }

  /** {@code all|any|none|single(x IN list WHERE predicate)}, three-valued. */
  static final class Quantifier extends Evaluator {
    private final QueryState state;
    private final QuantifierKind kind;
    private final int slot;
    private final Evaluator list;
    private final Evaluator predicate;
    private final Origin origin;

    Quantifier(
        QueryState state,
        QuantifierKind kind,
        int slot,
        Evaluator list,
        Evaluator predicate,
        Origin origin) {
      this.origin = origin;
      this.state = state;
      this.kind = kind;
      this.slot = slot;
      this.list = list;
      this.predicate = predicate;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      List<?> elements = list(list.value(batch, row), origin);
      if (elements == null) {
        return null;
      }
      int matches = 0;
      boolean unknown = false;
      long before = state.memory.made();
      for (int i = 0; i < elements.size(); i++) {
        state.work(1);
        state.locals[slot] = elements.get(i);
        Boolean truth = asBoolean(predicate.value(batch, row));
        state.memory.makeAgain(before);
        if (truth == null) {
          unknown = true;
        } else if (!truth) {
          if (kind == QuantifierKind.ALL) {
            return false;
          }
        } else {
          matches++;
          switch (kind) {
            case ANY -> {
              return true;
            }
            case NONE -> {
              return false;
            }
            case SINGLE -> {
              if (matches > 1) {
                return false;
              }
            }
            case ALL -> {}
          }
        }
      }
      if (unknown) {
        return null;
      }
      return switch (kind) {
        case ALL, NONE -> true;
        case ANY -> false;
        case SINGLE -> matches == 1;
      };
    }
  }

  /** {@code reduce(accumulator = initial, x IN list | step)}. */
  static final class Reduce extends Evaluator {
    private final QueryState state;
    private final int accumulatorSlot;
    private final Evaluator initial;
    private final int slot;
    private final Evaluator list;
    private final Evaluator step;
    private final Origin origin;

    Reduce(
        QueryState state,
        int accumulatorSlot,
        Evaluator initial,
        int slot,
        Evaluator list,
        Evaluator step,
        Origin origin) {
      this.origin = origin;
      this.state = state;
      this.accumulatorSlot = accumulatorSlot;
      this.initial = initial;
      this.slot = slot;
      this.list = list;
      this.step = step;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object accumulated = initial.value(batch, row);
      List<?> elements = list(list.value(batch, row), origin);
      if (elements == null) {
        return null;
      }
      QueryMemory memory = state.memory;
      long before = memory.made();
      for (int i = 0; i < elements.size(); i++) {
        state.work(1);
        state.locals[accumulatorSlot] = accumulated;
        state.locals[slot] = elements.get(i);
        accumulated = step.value(batch, row);
        if (memory.made() > before) {
          // What the steps before have made is garbage now, except what is in the result.
          memory.makeAgain(before);
          memory.make(ValueSize.of(accumulated), "reduce()");
        }
      }
      return accumulated;
    }
  }

  /** {@code CASE}. */
  static final class Case extends Evaluator {
    private final @Nullable Evaluator subject;
    private final Evaluator[] conditions;
    private final Evaluator[] results;
    private final @Nullable Evaluator otherwise;

    Case(
        @Nullable Evaluator subject,
        Evaluator[] conditions,
        Evaluator[] results,
        @Nullable Evaluator otherwise) {
      this.subject = subject;
      this.conditions = conditions;
      this.results = results;
      this.otherwise = otherwise;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object compared = subject == null ? null : subject.value(batch, row);
      for (int i = 0; i < conditions.length; i++) {
        Object condition = conditions[i].value(batch, row);
        boolean holds =
            subject == null ? isTrue(condition) : isTrue(ValueEquality.equal(compared, condition));
        if (holds) {
          return results[i].value(batch, row);
        }
      }
      return otherwise == null ? null : otherwise.value(batch, row);
    }
  }

  /** {@code coalesce}, which does not compute what follows the first value that is not null. */
  static final class Coalesce extends Evaluator {
    private final Evaluator[] operands;

    Coalesce(Evaluator[] operands) {
      this.operands = operands;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      for (Evaluator operand : operands) {
        Object value = operand.value(batch, row);
        if (value != null) {
          return value;
        }
      }
      return null;
    }
  }
}
