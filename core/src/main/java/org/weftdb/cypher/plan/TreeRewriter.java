package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a plan from its leaves upward, giving each operator and each expression the chance to
 * become another one.
 */
public abstract class TreeRewriter {

  /** What an operator becomes whose inputs and expressions are rewritten; itself by default. */
  protected Plan operator(Plan plan) {
    return plan;
  }

  /**
   * What an expression becomes instead of being rewritten operand by operand; null, as it is by
   * default, when it is rewritten.
   */
  protected @Nullable Scalar whole(Scalar scalar) {
    return null;
  }

  /** What an expression becomes whose operands are rewritten; itself by default. */
  protected Scalar expression(Scalar scalar) {
    return scalar;
  }

  /** What the inner plan of an operator or an expression becomes; by default it is rewritten. */
  protected Plan inner(Plan plan) {
    return rewrite(plan);
  }

  /** Rewrites a whole plan. A chain of operators is a loop; only unions and inner plans recurse. */
  public final Plan rewrite(Plan plan) {
    List<Plan> chain = new ArrayList<>();
    Plan leaf = plan;
    while (!leaf.children().isEmpty() && !(leaf instanceof Plan.Union)) {
      chain.add(leaf);
      leaf = leaf.children().get(0);
    }
    Plan result = operator(rebuild(leaf, leaf));
    for (int i = chain.size() - 1; i >= 0; i--) {
      result = operator(rebuild(chain.get(i), result));
    }
    return result;
  }

  /** Rewrites an expression. */
  public final Scalar rewrite(Scalar scalar) {
    Scalar replaced = whole(scalar);
    return replaced == null ? expression(rebuild(scalar)) : replaced;
  }

  private Plan selectedPaths(Plan.SelectedPaths paths, Plan input) {
    List<PathPiece> pieces = new ArrayList<>();
    for (PathPiece piece : paths.pieces()) {
      pieces.add(
          new PathPiece(
              piece.relationship(),
              piece.repeated(),
              piece.minimum(),
              piece.maximum(),
              piece.repetition(),
              maybe(piece.each())));
    }
    List<List<Scalar>> nodeConditions = new ArrayList<>();
    for (List<Scalar> conditions : paths.nodeConditions()) {
      nodeConditions.add(all(conditions));
    }
    return new Plan.SelectedPaths(
        input,
        paths.nodes(),
        pieces,
        paths.into(),
        paths.reversed(),
        selection(paths.selection()),
        nodeConditions,
        maybe(paths.condition()));
  }

  private Selection selection(Selection selection) {
    return new Selection(selection.choice(), rewrite(selection.count()), selection.origin());
  }

  private Plan.Ids ids(Plan.Ids ids) {
    return new Plan.Ids(rewrite(ids.value()), ids.many(), ids.ofElements());
  }

  private @Nullable Scalar maybe(@Nullable Scalar scalar) {
    return scalar == null ? null : rewrite(scalar);
  }

  private List<Scalar> all(List<Scalar> scalars) {
    return each(scalars, this::rewrite);
  }

  /** The elements of a list rewritten; the list itself when none becomes another one. */
  private static <T> List<T> each(List<T> elements, UnaryOperator<T> rewriting) {
    List<T> result = elements;
    for (int i = 0; i < elements.size(); i++) {
      T rewritten = rewriting.apply(elements.get(i));
      if (result == elements && rewritten != elements.get(i)) {
        result = new ArrayList<>(elements);
      }
      if (result != elements) {
        result.set(i, rewritten);
      }
    }
    return result;
  }

  /** The operator on a rewritten input, which leaves and unions do not use. */
  final Plan rebuild(Plan plan, Plan input) {
    return switch (plan) {
      case Plan.Start p -> p;
      case Plan.Argument p -> p;
      case Plan.AllNodesScan p -> new Plan.AllNodesScan(input, p.node());
      case Plan.NodeByLabelScan p -> new Plan.NodeByLabelScan(input, p.node(), p.labels());
      case Plan.NodeByIdSeek p -> new Plan.NodeByIdSeek(input, p.node(), ids(p.ids()));
      case Plan.RelationshipByIdSeek p ->
          new Plan.RelationshipByIdSeek(
              input, p.relationship(), p.from(), p.to(), p.direction(), ids(p.ids()));
      case Plan.NodeIndexSeek p ->
          new Plan.NodeIndexSeek(
              input, p.node(), p.label(), p.property(), range(p.range()), p.descending());
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
              range(p.range()),
              p.descending());
      case Plan.Expand p -> new Plan.Expand(input, p.hop());
      case Plan.Intersect p -> new Plan.Intersect(input, p.first(), p.second(), p.distinct());
      case Plan.VariableLengthExpand p ->
          new Plan.VariableLengthExpand(
              input,
              p.hop(),
              p.minimum(),
              p.maximum(),
              p.reversed(),
              p.eachSlot(),
              maybe(p.each()),
              p.repetition());
      case Plan.ShortestPaths p ->
          new Plan.ShortestPaths(
              input,
              p.hop(),
              p.minimum(),
              p.maximum(),
              p.reversed(),
              selection(p.selection()),
              p.repetition(),
              maybe(p.each()),
              maybe(p.condition()));
      case Plan.SelectedPaths p -> selectedPaths(p, input);
      case Plan.FirstBetween p ->
          new Plan.FirstBetween(input, p.start(), p.end(), p.length(), selection(p.selection()));
      case Plan.OptionalApply p ->
          new Plan.OptionalApply(input, inner(p.inner()), p.nullableSlots());
      case Plan.ValueHashJoin p ->
          new Plan.ValueHashJoin(
              input, inner(p.inner()), rewrite(p.outerKey()), rewrite(p.innerKey()), p.slots());
      case Plan.Subquery p -> new Plan.Subquery(input, inner(p.inner()), p.kind(), p.slots());
      case Plan.SubqueryInTransactions p ->
          new Plan.SubqueryInTransactions(
              input,
              inner(p.inner()),
              p.kind(),
              p.slots(),
              rewrite(p.batchSize()),
              p.onError(),
              p.statusSlot());
      case Plan.Filter p -> new Plan.Filter(input, rewrite(p.predicate()));
      case Plan.Project p -> new Plan.Project(input, assignments(p.columns()));
      case Plan.GroupBy p ->
          new Plan.GroupBy(input, assignments(p.keys()), aggregates(p.aggregates()));
      case Plan.Distinct p -> new Plan.Distinct(input, p.slots());
      case Plan.Sort p -> new Plan.Sort(input, sortKeys(p.keys()), maybe(p.limit()));
      case Plan.Skip p -> new Plan.Skip(input, rewrite(p.count()), p.origin());
      case Plan.Limit p -> new Plan.Limit(input, rewrite(p.count()), p.origin());
      case Plan.Unwind p -> new Plan.Unwind(input, rewrite(p.list()), p.slot());
      case Plan.LoadCsv p ->
          new Plan.LoadCsv(
              input,
              rewrite(p.source()),
              p.withHeaders(),
              p.separator(),
              p.slot(),
              p.lineSlot(),
              p.fileSlot(),
              p.origin());
      case Plan.ProcedureCall p ->
          new Plan.ProcedureCall(input, p.name(), all(p.arguments()), p.yields(), p.origin());
      case Plan.Union p ->
          new Plan.Union(
              rewrite(p.left()), p.leftSlots(), rewrite(p.right()), p.rightSlots(), p.slots());
      case Plan.Eager p -> new Plan.Eager(input);
      case Plan.Create p ->
          new Plan.Create(input, nodes(p.nodes()), relationships(p.relationships()));
      case Plan.Merge p ->
          new Plan.Merge(
              input,
              inner(p.match()),
              nodes(p.nodes()),
              relationships(p.relationships()),
              updates(p.onCreate()),
              updates(p.onMatch()),
              p.origin());
      case Plan.Apply p -> new Plan.Apply(input, updates(p.updates()), p.origin());
      case Plan.Delete p -> new Plan.Delete(input, all(p.targets()), p.detach(), p.origin());
      case Plan.ChangeSchema p -> p;
    };
  }

  private IndexRange range(IndexRange range) {
    return switch (range) {
      case IndexRange.Equal r -> new IndexRange.Equal(rewrite(r.value()));
      case IndexRange.AnyOf r -> new IndexRange.AnyOf(rewrite(r.list()));
      case IndexRange.Between r ->
          new IndexRange.Between(
              maybe(r.lower()), r.lowerInclusive(), maybe(r.upper()), r.upperInclusive());
      case IndexRange.Prefix r -> new IndexRange.Prefix(rewrite(r.prefix()));
      case IndexRange.Any r -> r;
      case IndexRange.Containing r -> new IndexRange.Containing(rewrite(r.part()));
      case IndexRange.SamePlace r -> new IndexRange.SamePlace(rewrite(r.value()));
      case IndexRange.Near r -> new IndexRange.Near(rewrite(r.center()), rewrite(r.radius()));
      case IndexRange.InBox r ->
          new IndexRange.InBox(rewrite(r.lowerLeft()), rewrite(r.upperRight()));
      case IndexRange.Tuple r -> {
        List<IndexRange> parts = new ArrayList<>();
        for (IndexRange part : r.parts()) {
          parts.add(range(part));
        }
        yield new IndexRange.Tuple(r.keys(), parts);
      }
    };
  }

  private List<Plan.Assignment> assignments(List<Plan.Assignment> assignments) {
    return each(
        assignments,
        a -> {
          Scalar value = rewrite(a.value());
          return value == a.value() ? a : new Plan.Assignment(a.slot(), a.kind(), a.name(), value);
        });
  }

  private List<Plan.Aggregate> aggregates(List<Plan.Aggregate> aggregates) {
    return each(
        aggregates,
        a -> {
          List<Scalar> arguments = all(a.arguments());
          return arguments == a.arguments()
              ? a
              : new Plan.Aggregate(a.slot(), a.function(), a.distinct(), arguments, a.origin());
        });
  }

  private List<Plan.SortKey> sortKeys(List<Plan.SortKey> keys) {
    return each(
        keys,
        key -> {
          Scalar value = rewrite(key.value());
          return value == key.value() ? key : new Plan.SortKey(value, key.descending());
        });
  }

  private List<Plan.NewNode> nodes(List<Plan.NewNode> nodes) {
    List<Plan.NewNode> result = new ArrayList<>(nodes.size());
    for (Plan.NewNode n : nodes) {
      result.add(
          new Plan.NewNode(
              n.slot(), n.labels(), all(n.dynamicLabels()), maybe(n.properties()), n.origin()));
    }
    return result;
  }

  private List<Plan.NewRelationship> relationships(List<Plan.NewRelationship> relationships) {
    List<Plan.NewRelationship> result = new ArrayList<>(relationships.size());
    for (Plan.NewRelationship r : relationships) {
      result.add(
          new Plan.NewRelationship(
              r.slot(),
              r.type(),
              maybe(r.dynamicType()),
              r.start(),
              r.end(),
              maybe(r.properties()),
              r.origin()));
    }
    return result;
  }

  private List<Update> updates(List<Update> updates) {
    List<Update> result = new ArrayList<>(updates.size());
    for (Update update : updates) {
      result.add(
          switch (update) {
            case Update.SetProperty u ->
                new Update.SetProperty(rewrite(u.subject()), u.key(), rewrite(u.value()));
            case Update.SetProperties u ->
                new Update.SetProperties(rewrite(u.subject()), rewrite(u.map()), u.merge());
            case Update.SetDynamicProperty u ->
                new Update.SetDynamicProperty(
                    rewrite(u.subject()), rewrite(u.key()), rewrite(u.value()));
            case Update.SetDynamicLabels u ->
                new Update.SetDynamicLabels(rewrite(u.subject()), rewrite(u.names()));
            case Update.RemoveDynamicLabels u ->
                new Update.RemoveDynamicLabels(rewrite(u.subject()), rewrite(u.names()));
            case Update.SetLabels u -> new Update.SetLabels(rewrite(u.subject()), u.labels());
            case Update.RemoveLabels u -> new Update.RemoveLabels(rewrite(u.subject()), u.labels());
          });
    }
    return result;
  }

  private Scalar rebuild(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant s -> s;
      case Scalar.Parameter s -> s;
      case Scalar.Slot s -> s;
      case Scalar.Property s -> new Scalar.Property(rewrite(s.subject()), s.key(), s.origin());
      case Scalar.HasLabels s -> new Scalar.HasLabels(rewrite(s.subject()), s.labels());
      case Scalar.Strided s ->
          new Scalar.Strided(rewrite(s.list()), s.offset(), s.stride(), s.spare());
      case Scalar.HasAnyLabel s -> new Scalar.HasAnyLabel(rewrite(s.subject()));
      case Scalar.HasDynamicLabels s ->
          new Scalar.HasDynamicLabels(rewrite(s.subject()), rewrite(s.names()), s.all());
      case Scalar.Call s -> new Scalar.Call(s.function(), all(s.arguments()), s.origin());
      case Scalar.Unary s -> new Scalar.Unary(s.operator(), rewrite(s.operand()), s.origin());
      case Scalar.Typed s ->
          new Scalar.Typed(s.operation(), rewrite(s.operand()), s.type(), s.origin());
      case Scalar.Binary s ->
          new Scalar.Binary(s.operator(), rewrite(s.left()), rewrite(s.right()), s.origin());
      case Scalar.Chain s -> new Scalar.Chain(all(s.operands()), s.operators(), s.origin());
      case Scalar.And s -> new Scalar.And(all(s.operands()));
      case Scalar.Or s -> new Scalar.Or(all(s.operands()));
      case Scalar.Subscript s ->
          new Scalar.Subscript(rewrite(s.subject()), rewrite(s.index()), s.origin());
      case Scalar.Slice s ->
          new Scalar.Slice(rewrite(s.subject()), maybe(s.from()), maybe(s.to()), s.origin());
      case Scalar.ListLiteral s -> new Scalar.ListLiteral(all(s.elements()));
      case Scalar.MapLiteral s -> new Scalar.MapLiteral(s.keys(), all(s.values()));
      case Scalar.MapProjection s ->
          new Scalar.MapProjection(rewrite(s.subject()), s.all(), s.keys(), all(s.values()));
      case Scalar.ListComprehension s ->
          new Scalar.ListComprehension(
              s.slot(), rewrite(s.list()), maybe(s.filter()), maybe(s.result()), s.origin());
      case Scalar.Quantifier s ->
          new Scalar.Quantifier(
              s.kind(), s.slot(), rewrite(s.list()), rewrite(s.predicate()), s.origin());
      case Scalar.Reduce s ->
          new Scalar.Reduce(
              s.accumulatorSlot(),
              rewrite(s.initial()),
              s.slot(),
              rewrite(s.list()),
              rewrite(s.step()),
              s.origin());
      case Scalar.Case s ->
          new Scalar.Case(
              maybe(s.subject()), all(s.conditions()), all(s.results()), maybe(s.otherwise()));
      case Scalar.Nested s -> new Scalar.Nested(s.kind(), inner(s.plan()), maybe(s.result()));
      case Scalar.PathOf s -> s;
    };
  }
}
