package org.weftdb.cypher.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The slots of expressions that are computed already, found by equal expressions. A few are
 * compared one by one, more are told apart by a hash first.
 */
final class ScalarTable {
  private static final int COMPARED = 8;

  private record Entry(Scalar scalar, Scalar.Slot slot) {}

  private final List<Entry> first = new ArrayList<>();
  private final Map<Integer, List<Entry>> rest = new HashMap<>();

  /** Adds an expression, unless an equal one is there. */
  void putIfAbsent(Scalar scalar, Scalar.Slot slot) {
    if (find(scalar) != null) {
      return;
    }
    Entry entry = new Entry(scalar, slot);
    if (first.size() < COMPARED) {
      first.add(entry);
    } else {
      rest.computeIfAbsent(hash(scalar), hash -> new ArrayList<>()).add(entry);
    }
  }

  /** The slot of an equal expression, or null. */
  Scalar.@Nullable Slot find(Scalar scalar) {
    Scalar.Slot found = find(first, scalar);
    if (found != null || rest.isEmpty()) {
      return found;
    }
    List<Entry> alike = rest.get(hash(scalar));
    return alike == null ? null : find(alike, scalar);
  }

  private static Scalar.@Nullable Slot find(List<Entry> entries, Scalar scalar) {
    for (Entry entry : entries) {
      if (entry.scalar().equals(scalar)) {
        return entry.slot();
      }
    }
    return null;
  }

  /** Of all parts, without recursion: nested plans may be deep. */
  private static int hash(Scalar root) {
    int hash = 0;
    Deque<Object> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      switch (open.pop()) {
        case Scalar scalar -> {
          List<Scalar> operands = Operands.of(scalar);
          hash = 31 * hash + 7 * own(scalar) + operands.size();
          operands.forEach(open::push);
          if (scalar instanceof Scalar.Nested nested) {
            open.push(nested.plan());
          }
        }
        case Plan plan -> {
          Operands.of(plan).forEach(open::push);
          plan.children().forEach(open::push);
        }
        default -> throw new IllegalStateException("no part of a plan");
      }
    }
    return hash;
  }

  private static int own(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant s -> Objects.hashCode(s.value());
      case Scalar.Parameter s -> s.name().hashCode();
      case Scalar.Slot s -> s.slot();
      case Scalar.Property s -> s.key().hashCode();
      case Scalar.HasLabels s -> s.labels().hashCode();
      case Scalar.Call s -> s.function().hashCode();
      case Scalar.Binary s -> s.operator().ordinal();
      case Scalar.MapLiteral s -> s.keys().hashCode();
      default -> 0;
    };
  }
}
