package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands for an expression that is needed more than once.
 *
 * @param value the expression itself, or the variable that it is bound to
 * @param bound the expression when it is bound
 */
record SharedScalar(Scalar value, @Nullable Scalar bound) {
  /** An expression of at most so many parts is computed twice rather than bound. */
  private static final int MOST_COPIED = 8;

  /**
   * Lets an expression be used more than once: it is bound when it would not give the same value
   * twice, or when it is large, for a copy of a copy of a copy would take an exponential time.
   */
  static SharedScalar of(Scalar value, Slots slots) {
    if (isSmall(value) && FunctionNames.isDeterministic(value)) {
      return new SharedScalar(value, null);
    }
    int slot = slots.addAnonymous();
    return new SharedScalar(new Scalar.Slot(slot, SlotKind.VALUE, slots.name(slot)), value);
  }

  /** What uses the copies, where the variable is bound: {@code [b IN [value] | result][0]}. */
  Scalar around(Scalar result) {
    if (bound == null || !(value instanceof Scalar.Slot slot)) {
      return result;
    }
    Scalar list = new Scalar.ListLiteral(List.of(bound));
    return new Scalar.Subscript(
        new Scalar.ListComprehension(slot.slot(), list, null, result, Origin.NONE),
        new Scalar.Constant(0L));
  }

  private static boolean isSmall(Scalar scalar) {
    List<Scalar> open = new ArrayList<>();
    open.add(scalar);
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i) instanceof Scalar.Nested || open.size() > MOST_COPIED) {
        return false;
      }
      open.addAll(Operands.of(open.get(i)));
    }
    return true;
  }
}
