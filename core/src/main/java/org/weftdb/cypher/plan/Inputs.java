package org.weftdb.cypher.plan;

/** Puts operators on other inputs. */
public final class Inputs {
  private Inputs() {}

  /** The same operator on another input; inner plans stay. */
  public static Plan replaceFirst(Plan plan, Plan input) {
    return switch (plan) {
      case Plan.Start p -> throw noInput(p);
      case Plan.Argument p -> throw noInput(p);
      case Plan.ChangeSchema p -> throw noInput(p);
      case Plan.AllNodesScan p -> new Plan.AllNodesScan(input, p.node());
      case Plan.NodeByLabelScan p -> new Plan.NodeByLabelScan(input, p.node(), p.labels());
      case Plan.NodeByIdSeek p -> new Plan.NodeByIdSeek(input, p.node(), p.ids());
      case Plan.RelationshipByIdSeek p ->
          new Plan.RelationshipByIdSeek(
              input, p.relationship(), p.from(), p.to(), p.direction(), p.ids());
      case Plan.NodeIndexSeek p ->
          new Plan.NodeIndexSeek(
              input, p.node(), p.label(), p.property(), p.range(), p.descending());
      case Plan.StoreCount p -> new Plan.StoreCount(input, p.ofNodes(), p.name(), p.slots());
      case Plan.RelationshipTypeScan p ->
          new Plan.RelationshipTypeScan(
              input, p.relationship(), p.from(), p.to(), p.direction(), p.types());
      case Plan.RelationshipIndexSeek p ->
          new Plan.RelationshipIndexSeek(
              input,
              p.relationship(),
              p.from(),
              p.to(),
              p.direction(),
              p.type(),
              p.property(),
              p.range(),
              p.descending());
      case Plan.Expand p -> new Plan.Expand(input, p.hop());
      case Plan.VariableLengthExpand p ->
          new Plan.VariableLengthExpand(
              input,
              p.hop(),
              p.minimum(),
              p.maximum(),
              p.reversed(),
              p.eachSlot(),
              p.each(),
              p.repetition());
      case Plan.ShortestPaths p ->
          new Plan.ShortestPaths(
              input,
              p.hop(),
              p.minimum(),
              p.maximum(),
              p.reversed(),
              p.selection(),
              p.repetition(),
              p.each(),
              p.condition());
      case Plan.SelectedPaths p ->
          new Plan.SelectedPaths(
              input,
              p.nodes(),
              p.pieces(),
              p.into(),
              p.reversed(),
              p.selection(),
              p.nodeConditions(),
              p.condition());
      case Plan.FirstBetween p ->
          new Plan.FirstBetween(input, p.start(), p.end(), p.length(), p.selection());
      case Plan.OptionalApply p -> new Plan.OptionalApply(input, p.inner(), p.nullableSlots());
      case Plan.ValueHashJoin p ->
          new Plan.ValueHashJoin(input, p.inner(), p.outerKey(), p.innerKey(), p.slots());
      case Plan.Subquery p -> new Plan.Subquery(input, p.inner(), p.kind(), p.slots());
      case Plan.SubqueryInTransactions p ->
          new Plan.SubqueryInTransactions(
              input, p.inner(), p.kind(), p.slots(), p.batchSize(), p.onError(), p.statusSlot());
      case Plan.Filter p -> new Plan.Filter(input, p.predicate());
      case Plan.Project p -> new Plan.Project(input, p.columns());
      case Plan.GroupBy p -> new Plan.GroupBy(input, p.keys(), p.aggregates());
      case Plan.Distinct p -> new Plan.Distinct(input, p.slots());
      case Plan.Sort p -> new Plan.Sort(input, p.keys(), p.limit());
      case Plan.Skip p -> new Plan.Skip(input, p.count(), p.origin());
      case Plan.Limit p -> new Plan.Limit(input, p.count(), p.origin());
      case Plan.Unwind p -> new Plan.Unwind(input, p.list(), p.slot());
      case Plan.LoadCsv p ->
          new Plan.LoadCsv(
              input,
              p.source(),
              p.withHeaders(),
              p.separator(),
              p.slot(),
              p.lineSlot(),
              p.fileSlot(),
              p.origin());
      case Plan.ProcedureCall p ->
          new Plan.ProcedureCall(input, p.name(), p.arguments(), p.yields(), p.origin());
      case Plan.Union p ->
          new Plan.Union(input, p.leftSlots(), p.right(), p.rightSlots(), p.slots());
      case Plan.Eager p -> new Plan.Eager(input);
      case Plan.Create p -> new Plan.Create(input, p.nodes(), p.relationships());
      case Plan.Merge p ->
          new Plan.Merge(
              input,
              p.match(),
              p.nodes(),
              p.relationships(),
              p.onCreate(),
              p.onMatch(),
              p.origin());
      case Plan.Apply p -> new Plan.Apply(input, p.updates(), p.origin());
      case Plan.Delete p -> new Plan.Delete(input, p.targets(), p.detach(), p.origin());
    };
  }

  /** A subquery with another inner plan. */
  static Plan replaceInner(Plan plan, Plan inner) {
    return switch (plan) {
      case Plan.Subquery p -> new Plan.Subquery(p.input(), inner, p.kind(), p.slots());
      case Plan.SubqueryInTransactions p ->
          new Plan.SubqueryInTransactions(
              p.input(), inner, p.kind(), p.slots(), p.batchSize(), p.onError(), p.statusSlot());
      default -> throw new IllegalArgumentException("is no subquery: " + plan);
    };
  }

  private static IllegalArgumentException noInput(Plan plan) {
    return new IllegalArgumentException("has no input: " + plan);
  }
}
