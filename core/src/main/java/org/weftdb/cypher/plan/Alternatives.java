package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns alternatives for one property into a list, which an index can be asked for: {@code n.p = 1
 * OR n.p IN [2, $x]} becomes {@code n.p IN [1, 2, $x]}. Null is unknown in both alike.
 */
final class Alternatives {
  private final List<Scalar> values = new ArrayList<>();
  private @Nullable Scalar property;

  private Alternatives() {}

  /** The condition as a list to be in, or itself when it is something else. */
  static Scalar merged(Scalar condition) {
    if (!(condition instanceof Scalar.Or or)) {
      return condition;
    }
    Alternatives alternatives = new Alternatives();
    for (Scalar operand : or.operands()) {
      if (!alternatives.add(operand)) {
        return condition;
      }
    }
    return alternatives.property == null
        ? condition
        : new Scalar.Binary(
            Scalar.BinaryOperator.IN,
            alternatives.property,
            new Scalar.ListLiteral(alternatives.values));
  }

  private boolean add(Scalar operand) {
    if (!(operand instanceof Scalar.Binary binary)) {
      return false;
    } else if (binary.operator() == Scalar.BinaryOperator.EQUAL) {
      return isOf(binary.left())
          ? add(binary.left(), List.of(binary.right()))
          : isOf(binary.right()) && add(binary.right(), List.of(binary.left()));
    }
    return binary.operator() == Scalar.BinaryOperator.IN
        && isOf(binary.left())
        && binary.right() instanceof Scalar.ListLiteral list
        && add(binary.left(), list.elements());
  }

  /** Whether it is the property of a variable, and the same as before. */
  private boolean isOf(Scalar scalar) {
    return scalar instanceof Scalar.Property found
        && found.subject() instanceof Scalar.Slot
        && (property == null || property.equals(scalar));
  }

  private boolean add(Scalar found, List<Scalar> more) {
    property = found;
    for (Scalar value : more) {
      // What could fail is only looked at when what stands before it does not hold.
      if (!(value instanceof Scalar.Constant || value instanceof Scalar.Parameter)) {
        return false;
      }
      values.add(value);
    }
    return true;
  }
}
