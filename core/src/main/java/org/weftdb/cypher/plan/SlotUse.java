package org.weftdb.cypher.plan;

import java.util.BitSet;
import java.util.List;

/** Which slots expressions and operators read. */
public final class SlotUse {
  private final BitSet slots = new BitSet();

  /** The slots that an expression mentions, those it binds itself among them. */
  public static BitSet of(Scalar scalar) {
    SlotUse use = new SlotUse();
    use.read(scalar);
    return use.slots;
  }

  /** The slots that the operators of a whole plan read. */
  public static BitSet of(Plan plan) {
    SlotUse use = new SlotUse();
    use.read(plan);
    return use.slots;
  }

  /** The slots that an operator itself and its inner plans read. */
  public static BitSet ofOperator(Plan plan) {
    SlotUse use = new SlotUse();
    for (Scalar scalar : Operands.of(plan)) {
      use.read(scalar);
    }
    use.readOwn(plan);
    for (int i = 1; i < plan.children().size(); i++) {
      use.read(plan.children().get(i));
    }
    return use.slots;
  }

  private void read(Scalar scalar) {
    if (scalar instanceof Scalar.Slot slot) {
      slots.set(slot.slot());
    }
    for (Scalar operand : Operands.of(scalar)) {
      read(operand);
    }
    if (scalar instanceof Scalar.Nested nested) {
      read(nested.plan());
    }
  }

  /** A chain of operators is a loop; only unions and inner plans recurse. */
  private void read(Plan plan) {
    Plan at = plan;
    while (true) {
      for (Scalar scalar : Operands.of(at)) {
        read(scalar);
      }
      readOwn(at);
      List<Plan> children = at.children();
      if (children.isEmpty()) {
        return;
      }
      for (int i = 1; i < children.size(); i++) {
        read(children.get(i));
      }
      at = children.get(0);
    }
  }

  private void readOwn(Plan plan) {
    switch (plan) {
      case Plan.Expand p -> hop(p.hop());
      case Plan.Intersect p -> {
        hop(p.first());
        hop(p.second());
      }
      case Plan.VariableLengthExpand p -> hop(p.hop());
      case Plan.ShortestPaths p -> hop(p.hop());
      case Plan.SelectedPaths p -> {
        slots.set(p.first());
        if (p.into()) {
          slots.set(p.last());
        }
      }
      case Plan.FirstBetween p -> all(List.of(p.start(), p.end(), p.length()));
      case Plan.Distinct p -> all(p.slots());
      case Plan.Union p -> {
        all(p.leftSlots());
        all(p.rightSlots());
      }
      case Plan.Create p -> ends(p.relationships());
      case Plan.Merge p -> ends(p.relationships());
      default -> {}
    }
  }

  private void hop(Plan.Hop hop) {
    slots.set(hop.from());
    if (hop.into()) {
      slots.set(hop.to());
    }
    all(hop.distinctFrom());
  }

  private void ends(List<Plan.NewRelationship> relationships) {
    for (Plan.NewRelationship relationship : relationships) {
      slots.set(relationship.start());
      slots.set(relationship.end());
    }
  }

  private void all(List<Integer> some) {
    for (int slot : some) {
      slots.set(slot);
    }
  }
}
