package org.weftdb.cypher.exec;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.IndexRange;
import org.weftdb.cypher.plan.PathPiece;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.Update;

/**
 * Which slots expressions and inner plans read. Slots are unique in a statement, so it does no harm
 * that those which an expression or inner plan itself fills are reported too.
 */
final class Slots {
  private Slots() {}

  static BitSet copy(BitSet slots) {
    BitSet copy = new BitSet();
    copy.or(slots);
    return copy;
  }

  static BitSet both(BitSet a, BitSet b) {
    BitSet both = copy(a);
    both.and(b);
    return both;
  }

  static BitSet of(List<Integer> slots) {
    BitSet set = new BitSet();
    addAll(slots, set);
    return set;
  }

  static int[] array(List<Integer> slots) {
    int[] array = new int[slots.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = slots.get(i);
    }
    return array;
  }

  static void addAll(List<Integer> slots, BitSet target) {
    for (int i = 0; i < slots.size(); i++) {
      target.set(slots.get(i));
    }
  }

  static void readAll(List<? extends Scalar> scalars, BitSet target) {
    for (int i = 0; i < scalars.size(); i++) {
      read(scalars.get(i), target);
    }
  }

  /** Adds the slots that an expression reads. */
  static void read(@Nullable Scalar scalar, BitSet target) {
    if (scalar == null) {
      return;
    }
    switch (scalar) {
      case Scalar.Constant constant -> {}
      case Scalar.Parameter parameter -> {}
      case Scalar.Slot slot -> target.set(slot.slot());
      case Scalar.Property property -> read(property.subject(), target);
      case Scalar.HasLabels hasLabels -> read(hasLabels.subject(), target);
      case Scalar.Strided strided -> read(strided.list(), target);
      case Scalar.HasAnyLabel test -> read(test.subject(), target);
      case Scalar.HasDynamicLabels test -> {
        read(test.subject(), target);
        read(test.names(), target);
      }
      case Scalar.Call call -> readAll(call.arguments(), target);
      case Scalar.Unary unary -> read(unary.operand(), target);
      case Scalar.Typed typed -> read(typed.operand(), target);
      case Scalar.Binary binary -> {
        read(binary.left(), target);
        read(binary.right(), target);
      }
      case Scalar.Chain chain -> readAll(chain.operands(), target);
      case Scalar.And and -> readAll(and.operands(), target);
      case Scalar.Or or -> readAll(or.operands(), target);
      case Scalar.Subscript subscript -> {
        read(subscript.subject(), target);
        read(subscript.index(), target);
      }
      case Scalar.Slice slice -> {
        read(slice.subject(), target);
        read(slice.from(), target);
        read(slice.to(), target);
      }
      case Scalar.ListLiteral list -> readAll(list.elements(), target);
      case Scalar.MapLiteral map -> readAll(map.values(), target);
      case Scalar.MapProjection map -> {
        read(map.subject(), target);
        readAll(map.values(), target);
      }
      case Scalar.ListComprehension comprehension -> {
        read(comprehension.list(), target);
        read(comprehension.filter(), target);
        read(comprehension.result(), target);
      }
      case Scalar.Quantifier quantifier -> {
        read(quantifier.list(), target);
        read(quantifier.predicate(), target);
      }
      case Scalar.Reduce reduce -> {
        read(reduce.initial(), target);
        read(reduce.list(), target);
        read(reduce.step(), target);
      }
      case Scalar.Case choice -> {
        read(choice.subject(), target);
        readAll(choice.conditions(), target);
        readAll(choice.results(), target);
        read(choice.otherwise(), target);
      }
      case Scalar.Nested nested -> {
        readPlan(nested.plan(), target);
        read(nested.result(), target);
      }
      case Scalar.PathOf path -> {
        readAll(path.nodes(), target);
        readAll(path.relationships(), target);
      }
    }
  }

  /** Adds the slots that the operators of a plan read. */
  static void readPlan(Plan plan, BitSet target) {
    Plan current = plan;
    while (true) {
      readOperator(current, target);
      List<Plan> children = current.children();
      if (children.isEmpty()) {
        return;
      }
      for (int i = 1; i < children.size(); i++) {
        readPlan(children.get(i), target);
      }
      current = children.get(0);
    }
  }

  /** Adds the slots that one operator reads, without those that its inputs read. */
  static void readOperator(Plan plan, BitSet target) {
    switch (plan) {
      case Plan.Start start -> {}
      case Plan.Argument argument -> {}
      case Plan.AllNodesScan scan -> {}
      case Plan.NodeByLabelScan scan -> {}
      case Plan.NodeByIdSeek seek -> read(seek.ids().value(), target);
      case Plan.RelationshipByIdSeek seek -> read(seek.ids().value(), target);
      case Plan.NodeIndexSeek seek -> readRange(seek.range(), target);
      case Plan.StoreCount count -> {}
      case Plan.RelationshipTypeScan scan -> {}
      case Plan.RelationshipIndexSeek seek -> readRange(seek.range(), target);
      case Plan.Expand expand -> readHop(expand.hop(), target);
      case Plan.Intersect intersect -> {
        readHop(intersect.first(), target);
        readHop(intersect.second(), target);
      }
      case Plan.VariableLengthExpand expand -> {
        readHop(expand.hop(), target);
        read(expand.each(), target);
      }
      case Plan.ShortestPaths paths -> {
        readHop(paths.hop(), target);
        read(paths.each(), target);
        read(paths.condition(), target);
      }
      case Plan.SelectedPaths paths -> {
        target.set(paths.nodes().get(0));
        if (paths.into()) {
          target.set(paths.nodes().get(paths.nodes().size() - 1));
        }
        for (PathPiece piece : paths.pieces()) {
          read(piece.each(), target);
        }
        for (List<Scalar> conditions : paths.nodeConditions()) {
          conditions.forEach(condition -> read(condition, target));
        }
        read(paths.condition(), target);
      }
      case Plan.FirstBetween first -> {
        target.set(first.start());
        target.set(first.end());
        target.set(first.length());
      }
      case Plan.OptionalApply apply -> {}
      case Plan.ValueHashJoin join -> read(join.outerKey(), target);
      case Plan.Subquery subquery -> {}
      case Plan.SubqueryInTransactions subquery -> read(subquery.batchSize(), target);
      case Plan.Filter filter -> read(filter.predicate(), target);
      case Plan.Project project -> readAssignments(project.columns(), target);
      case Plan.GroupBy group -> {
        readAssignments(group.keys(), target);
        for (Plan.Aggregate aggregate : group.aggregates()) {
          readAll(aggregate.arguments(), target);
        }
      }
      case Plan.Distinct distinct -> addAll(distinct.slots(), target);
      case Plan.Sort sort -> {
        for (Plan.SortKey key : sort.keys()) {
          read(key.value(), target);
        }
        read(sort.limit(), target);
      }
      case Plan.Skip skip -> read(skip.count(), target);
      case Plan.Limit limit -> read(limit.count(), target);
      case Plan.Unwind unwind -> read(unwind.list(), target);
      case Plan.LoadCsv load -> read(load.source(), target);
      case Plan.ProcedureCall call -> readAll(call.arguments(), target);
      case Plan.Union union -> {
        addAll(union.leftSlots(), target);
        addAll(union.rightSlots(), target);
      }
      case Plan.Eager eager -> {}
      case Plan.Create create -> readPattern(create.nodes(), create.relationships(), target);
      case Plan.Merge merge -> {
        readPattern(merge.nodes(), merge.relationships(), target);
        for (Update update : merge.onCreate()) {
          readUpdate(update, target);
        }
        for (Update update : merge.onMatch()) {
          readUpdate(update, target);
        }
      }
      case Plan.Apply apply -> {
        for (Update update : apply.updates()) {
          readUpdate(update, target);
        }
      }
      case Plan.Delete delete -> readAll(delete.targets(), target);
      case Plan.ChangeSchema index -> {}
    }
  }

  private static void readAssignments(List<Plan.Assignment> columns, BitSet target) {
    for (Plan.Assignment column : columns) {
      read(column.value(), target);
    }
  }

  private static void readHop(Plan.Hop hop, BitSet target) {
    target.set(hop.from());
    if (hop.into()) {
      target.set(hop.to());
    }
    addAll(hop.distinctFrom(), target);
  }

  private static void readRange(IndexRange range, BitSet target) {
    switch (range) {
      case IndexRange.Equal equal -> read(equal.value(), target);
      case IndexRange.AnyOf anyOf -> read(anyOf.list(), target);
      case IndexRange.Between between -> {
        read(between.lower(), target);
        read(between.upper(), target);
      }
      case IndexRange.Prefix prefix -> read(prefix.prefix(), target);
      case IndexRange.Any any -> {}
      case IndexRange.Containing containing -> read(containing.part(), target);
      case IndexRange.SamePlace same -> read(same.value(), target);
      case IndexRange.Near near -> {
        read(near.center(), target);
        read(near.radius(), target);
      }
      case IndexRange.InBox box -> {
        read(box.lowerLeft(), target);
        read(box.upperRight(), target);
      }
      case IndexRange.Tuple tuple -> {
        for (IndexRange part : tuple.parts()) {
          readRange(part, target);
        }
      }
    }
  }

  private static void readPattern(
      List<Plan.NewNode> nodes, List<Plan.NewRelationship> relationships, BitSet target) {
    for (Plan.NewNode node : nodes) {
      readAll(node.dynamicLabels(), target);
      read(node.properties(), target);
    }
    for (Plan.NewRelationship relationship : relationships) {
      target.set(relationship.start());
      target.set(relationship.end());
      read(relationship.dynamicType(), target);
      read(relationship.properties(), target);
    }
  }

  private static void readUpdate(Update update, BitSet target) {
    switch (update) {
      case Update.SetProperty set -> {
        read(set.subject(), target);
        read(set.value(), target);
      }
      case Update.SetProperties set -> {
        read(set.subject(), target);
        read(set.map(), target);
      }
      case Update.SetDynamicProperty set -> {
        read(set.subject(), target);
        read(set.key(), target);
        read(set.value(), target);
      }
      case Update.SetDynamicLabels set -> {
        read(set.subject(), target);
        read(set.names(), target);
      }
      case Update.RemoveDynamicLabels remove -> {
        read(remove.subject(), target);
        read(remove.names(), target);
      }
      case Update.SetLabels set -> read(set.subject(), target);
      case Update.RemoveLabels remove -> read(remove.subject(), target);
    }
  }
}
