package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that say nothing but which types a relationship has: {@code r:A}, {@code type(r) =
 * 'A'}, {@code type(r) IN ['A', 'B']}, and alternatives of these.
 */
final class TypeConditions {
  private TypeConditions() {}

  /**
   * Gives a relationship of a pattern the types that a condition asks for, when it has none so far.
   *
   * @return whether the condition is of this kind, so that it holds for all that is found
   */
  static boolean take(PatternGraph graph, Scalar condition) {
    for (PatternRelationship relationship : graph.relationships) {
      boolean open =
          !relationship.bound()
              && relationship.length() == null
              && relationship.types().isEmpty()
              && relationship.dynamicType() == null;
      List<String> types = open ? types(condition, relationship.slot()) : null;
      if (types != null) {
        graph.relationships.set(relationship.index(), relationship.withTypes(types));
        return true;
      }
    }
    return false;
  }

  /** The types that the relationship in a slot must have any of, or null when it says else. */
  private static @Nullable List<String> types(Scalar condition, int slot) {
    return switch (condition) {
      case Scalar.HasLabels has ->
          has.labels().size() == 1 && isSlot(has.subject(), slot) ? has.labels() : null;
      case Scalar.Binary binary -> ofType(binary, slot);
      case Scalar.Or or -> {
        Set<String> all = new LinkedHashSet<>();
        for (Scalar operand : or.operands()) {
          List<String> some = types(operand, slot);
          if (some == null) {
            yield null;
          }
          all.addAll(some);
        }
        yield new ArrayList<>(all);
      }
      default -> null;
    };
  }

  private static @Nullable List<String> ofType(Scalar.Binary binary, int slot) {
    if (binary.operator() == Scalar.BinaryOperator.EQUAL) {
      boolean turned = isType(binary.right(), slot);
      String name = name(turned ? binary.left() : binary.right());
      return name != null && isType(turned ? binary.right() : binary.left(), slot)
          ? List.of(name)
          : null;
    }
    if (binary.operator() != Scalar.BinaryOperator.IN
        || !isType(binary.left(), slot)
        || !(binary.right() instanceof Scalar.ListLiteral list)) {
      return null;
    }
    Set<String> names = new LinkedHashSet<>();
    for (Scalar element : list.elements()) {
      String name = name(element);
      if (name == null) {
        return null;
      }
      names.add(name);
    }
    // No types would mean any type.
    return names.isEmpty() ? null : new ArrayList<>(names);
  }

  private static @Nullable String name(Scalar scalar) {
    return scalar instanceof Scalar.Constant constant && constant.value() instanceof String name
        ? name
        : null;
  }

  private static boolean isType(Scalar scalar, int slot) {
    return scalar instanceof Scalar.Call call
        && call.function().equals("type")
        && call.arguments().size() == 1
        && isSlot(call.arguments().get(0), slot);
  }

  private static boolean isSlot(Scalar scalar, int slot) {
    return scalar instanceof Scalar.Slot found
        && found.slot() == slot
        && found.kind() == SlotKind.RELATIONSHIP;
  }
}
