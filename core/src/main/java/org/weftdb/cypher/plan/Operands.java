package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The expressions directly inside an operator or an expression, in the order of evaluation. */
public final class Operands {
  private final List<Scalar> found = new ArrayList<>();

  private Operands() {}

  /** The expressions of an operator itself, not of the operators below it. */
  public static List<Scalar> of(Plan plan) {
    Operands operands = new Operands();
    operands.collect(plan);
    return Collections.unmodifiableList(operands.found);
  }

  /** The operands of an expression; for a nested plan, its result. */
  public static List<Scalar> of(Scalar scalar) {
    Operands operands = new Operands();
    operands.collect(scalar);
    return Collections.unmodifiableList(operands.found);
  }

  /** The plans that the expressions of an operator run, those inside other such plans left out. */
  static List<Plan> plansOf(Plan plan) {
    List<Plan> plans = new ArrayList<>();
    List<Scalar> open = new ArrayList<>(of(plan));
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i) instanceof Scalar.Nested nested) {
        plans.add(nested.plan());
      }
      open.addAll(of(open.get(i)));
    }
    return plans;
  }

  private void add(@Nullable Scalar scalar) {
    if (scalar != null) {
      found.add(scalar);
    }
  }

  private void collect(Plan plan) {
    switch (plan) {
      case Plan.Start p -> {}
      case Plan.Argument p -> {}
      case Plan.AllNodesScan p -> {}
      case Plan.NodeByLabelScan p -> {}
      case Plan.NodeByIdSeek p -> add(p.ids().value());
      case Plan.RelationshipByIdSeek p -> add(p.ids().value());
      case Plan.NodeIndexSeek p -> collect(p.range());
      case Plan.StoreCount p -> {}
      case Plan.RelationshipTypeScan p -> {}
      case Plan.RelationshipIndexSeek p -> collect(p.range());
      case Plan.Expand p -> {}
      case Plan.Intersect p -> {}
      case Plan.VariableLengthExpand p -> add(p.each());
      case Plan.ShortestPaths p -> {
        add(p.each());
        add(p.condition());
        add(p.selection().count());
      }
      case Plan.SelectedPaths p -> {
        for (PathPiece piece : p.pieces()) {
          add(piece.each());
        }
        for (List<Scalar> conditions : p.nodeConditions()) {
          found.addAll(conditions);
        }
        add(p.condition());
        add(p.selection().count());
      }
      case Plan.FirstBetween p -> add(p.selection().count());
      case Plan.OptionalApply p -> {}
      case Plan.ValueHashJoin p -> {
        add(p.outerKey());
        add(p.innerKey());
      }
      case Plan.Subquery p -> {}
      case Plan.SubqueryInTransactions p -> add(p.batchSize());
      case Plan.Filter p -> add(p.predicate());
      case Plan.Project p -> assignments(p.columns());
      case Plan.GroupBy p -> {
        assignments(p.keys());
        for (Plan.Aggregate aggregate : p.aggregates()) {
          found.addAll(aggregate.arguments());
        }
      }
      case Plan.Distinct p -> {}
      case Plan.Sort p -> {
        for (Plan.SortKey key : p.keys()) {
          add(key.value());
        }
        add(p.limit());
      }
      case Plan.Skip p -> add(p.count());
      case Plan.Limit p -> add(p.count());
      case Plan.Unwind p -> add(p.list());
      case Plan.LoadCsv p -> add(p.source());
      case Plan.ProcedureCall p -> found.addAll(p.arguments());
      case Plan.Union p -> {}
      case Plan.Eager p -> {}
      case Plan.Create p -> created(p.nodes(), p.relationships());
      case Plan.Merge p -> {
        created(p.nodes(), p.relationships());
        updates(p.onCreate());
        updates(p.onMatch());
      }
      case Plan.Apply p -> updates(p.updates());
      case Plan.Delete p -> found.addAll(p.targets());
      case Plan.ChangeSchema p -> {}
    }
  }

  private void collect(IndexRange range) {
    switch (range) {
      case IndexRange.Equal r -> add(r.value());
      case IndexRange.AnyOf r -> add(r.list());
      case IndexRange.Between r -> {
        add(r.lower());
        add(r.upper());
      }
      case IndexRange.Prefix r -> add(r.prefix());
      case IndexRange.Any r -> {}
      case IndexRange.Containing r -> add(r.part());
      case IndexRange.SamePlace r -> add(r.value());
      case IndexRange.Near r -> {
        add(r.center());
        add(r.radius());
      }
      case IndexRange.InBox r -> {
        add(r.lowerLeft());
        add(r.upperRight());
      }
      case IndexRange.Tuple r -> r.parts().forEach(this::collect);
    }
  }

  private void assignments(List<Plan.Assignment> assignments) {
    for (Plan.Assignment assignment : assignments) {
      add(assignment.value());
    }
  }

  private void created(List<Plan.NewNode> nodes, List<Plan.NewRelationship> relationships) {
    for (Plan.NewNode node : nodes) {
      found.addAll(node.dynamicLabels());
      add(node.properties());
    }
    for (Plan.NewRelationship relationship : relationships) {
      add(relationship.dynamicType());
      add(relationship.properties());
    }
  }

  private void updates(List<Update> updates) {
    for (Update update : updates) {
      switch (update) {
        case Update.SetProperty u -> {
          add(u.subject());
          add(u.value());
        }
        case Update.SetProperties u -> {
          add(u.subject());
          add(u.map());
        }
        case Update.SetDynamicProperty u -> {
          add(u.subject());
          add(u.key());
          add(u.value());
        }
        case Update.SetDynamicLabels u -> {
          add(u.subject());
          add(u.names());
        }
        case Update.RemoveDynamicLabels u -> {
          add(u.subject());
          add(u.names());
        }
        case Update.SetLabels u -> add(u.subject());
        case Update.RemoveLabels u -> add(u.subject());
      }
    }
  }

  private void collect(Scalar scalar) {
    switch (scalar) {
      case Scalar.Constant s -> {}
      case Scalar.Parameter s -> {}
      case Scalar.Slot s -> {}
      case Scalar.Property s -> add(s.subject());
      case Scalar.HasLabels s -> add(s.subject());
      case Scalar.HasAnyLabel s -> add(s.subject());
      case Scalar.Strided s -> add(s.list());
      case Scalar.HasDynamicLabels s -> {
        add(s.subject());
        add(s.names());
      }
      case Scalar.Call s -> found.addAll(s.arguments());
      case Scalar.Unary s -> add(s.operand());
      case Scalar.Typed s -> add(s.operand());
      case Scalar.Binary s -> {
        add(s.left());
        add(s.right());
      }
      case Scalar.Chain s -> found.addAll(s.operands());
      case Scalar.And s -> found.addAll(s.operands());
      case Scalar.Or s -> found.addAll(s.operands());
      case Scalar.Subscript s -> {
        add(s.subject());
        add(s.index());
      }
      case Scalar.Slice s -> {
        add(s.subject());
        add(s.from());
        add(s.to());
      }
      case Scalar.ListLiteral s -> found.addAll(s.elements());
      case Scalar.MapLiteral s -> found.addAll(s.values());
      case Scalar.MapProjection s -> {
        add(s.subject());
        found.addAll(s.values());
      }
      case Scalar.ListComprehension s -> {
        add(s.list());
        add(s.filter());
        add(s.result());
      }
      case Scalar.Quantifier s -> {
        add(s.list());
        add(s.predicate());
      }
      case Scalar.Reduce s -> {
        add(s.initial());
        add(s.list());
        add(s.step());
      }
      case Scalar.Case s -> {
        add(s.subject());
        found.addAll(s.conditions());
        found.addAll(s.results());
        add(s.otherwise());
      }
      case Scalar.Nested s -> add(s.result());
      case Scalar.PathOf s -> {
        found.addAll(s.nodes());
        found.addAll(s.relationships());
      }
    }
  }
}
