package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.AggregateFunction;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Turns a plan into operators for one execution. Going down it knows which slots are read above, so
 * that each operator copies only those; coming up it knows which columns the rows have.
 */
final class PlanCompiler {
  /** An operator and the slots that its batches have. */
  record Built(Operator operator, BitSet provided) {}

  private final QueryState state;
  private final ScalarCompiler scalars;

  /** Slots so far: those of the statement and a row number for each inner plan. */
  private int slots;

  /**
   * A slot for the degrees that a grouping adds up; made before the operators below, whose batches
   * must have it.
   */
  private final Map<Plan.GroupBy, Integer> countSlots = new IdentityHashMap<>();

  /** What leaves of the inner plan in work give, and which columns those have. */
  private @Nullable Argument argument;

  private BitSet argumentColumns = new BitSet();

  PlanCompiler(QueryState state, int slotCount) {
    this.state = state;
    this.slots = slotCount;
    this.scalars = new ScalarCompiler(state, this);
  }

  /**
   * Compiles a plan. A chain of operators is a loop, so that a long query does not need a deep
   * stack; only unions and inner plans recurse.
   *
   * @param above slots that are read above
   */
  Built build(Plan plan, BitSet above) {
    List<Plan> chain = new ArrayList<>();
    List<BitSet> reads = new ArrayList<>();
    Plan leaf = plan;
    BitSet read = above;
    while (!leaf.children().isEmpty() && !(leaf instanceof Plan.Union)) {
      if (leaf instanceof Plan.GroupBy group && countedHop(group) != null) {
        countSlots.put(group, slots++);
      }
      chain.add(leaf);
      reads.add(read);
      read = readOfInput(leaf, read);
      leaf = inputOf(leaf);
    }
    Built built = operator(leaf, read, new Built(new LeafOperators.Start(slots), new BitSet()));
    for (int i = chain.size() - 1; i >= 0; i--) {
      built = operator(chain.get(i), reads.get(i), built);
    }
    return built;
  }

  /** Whose rows an operator is compiled to take; a counted hop is part of its grouping. */
  private static Plan inputOf(Plan plan) {
    Plan.Expand counted = plan instanceof Plan.GroupBy group ? countedHop(group) : null;
    return counted == null ? plan.children().get(0) : counted.input();
  }

  /** The slots that an operator and those above it read of its input. */
  private static BitSet readOfInput(Plan plan, BitSet above) {
    BitSet read = plan instanceof Plan.GroupBy ? new BitSet() : Slots.copy(above);
    Plan.Expand counted = plan instanceof Plan.GroupBy group ? countedHop(group) : null;
    if (counted != null && plan instanceof Plan.GroupBy group) {
      for (Plan.Assignment key : group.keys()) {
        Slots.read(key.value(), read);
      }
      Slots.readOperator(counted, read);
      return read;
    }
    Slots.readOperator(plan, read);
    if (plan instanceof Plan.OptionalApply apply) {
      Slots.readPlan(apply.inner(), read);
    } else if (plan instanceof Plan.Merge merge) {
      Slots.readPlan(merge.match(), read);
    }
    return read;
  }

  /**
   * Compiles one operator.
   *
   * @param above slots that are read above
   * @param in its input, of no use to a leaf
   */
  private Built operator(Plan plan, BitSet above, Built in) {
    return switch (plan) {
      case Plan.Start start -> new Built(new LeafOperators.Start(slots), new BitSet());
      case Plan.Argument leaf -> argument();
      case Plan.AllNodesScan scan -> {
        yield adding(
            new NodeScans.Scan(frame(in, above), scan.node(), null), in, above, scan.node());
      }
      case Plan.NodeByLabelScan scan -> {
        yield adding(
            new NodeScans.Scan(frame(in, above), scan.node(), scan.label()),
            in,
            above,
            scan.node());
      }
      case Plan.NodeByIdSeek seek -> {
        Evaluator id = scalars.compile(seek.id(), in.provided());
        yield adding(
            new NodeScans.IdSeek(frame(in, above), seek.node(), id), in, above, seek.node());
      }
      case Plan.NodeIndexSeek seek -> {
        IndexLookup.Range range = range(seek.range(), in.provided());
        yield adding(new IndexSeeks.Nodes(frame(in, above), seek, range), in, above, seek.node());
      }
      case Plan.RelationshipIndexSeek seek -> {
        IndexLookup.Range range = range(seek.range(), in.provided());
        yield adding(
            new IndexSeeks.Relationships(frame(in, above), seek, range),
            in,
            above,
            seek.relationship(),
            seek.from(),
            seek.to());
      }
      case Plan.Expand expand -> {
        Plan.Hop hop = expand.hop();
        yield adding(
            new ExpandOperator(frame(in, above), hop, above),
            in,
            above,
            hop.relationship(),
            hop.to());
      }
      case Plan.VariableLengthExpand expand -> variableLength(expand, above, in);
      case Plan.OptionalApply apply -> optional(apply, above, in);
      case Plan.Filter filter -> {
        Evaluator predicate = scalars.compile(filter.predicate(), in.provided());
        yield new Built(new RowOperators.Filter(state, in.operator(), predicate), in.provided());
      }
      case Plan.Project project -> project(project, in);
      case Plan.GroupBy group -> groupBy(group, in);
      case Plan.Distinct distinct -> {
        yield new Built(
            new RowOperators.Distinct(state, in.operator(), Slots.array(distinct.slots())),
            in.provided());
      }
      case Plan.Sort sort -> sort(sort, above, in);
      case Plan.Skip skip -> {
        Evaluator count = scalars.compile(skip.count(), new BitSet());
        yield new Built(new RowOperators.Skip(state, in.operator(), count, slots), in.provided());
      }
      case Plan.Limit limit -> {
        Evaluator count = scalars.compile(limit.count(), new BitSet());
        yield new Built(
            new RowOperators.Limit(state, in.operator(), count, writes(limit.input()), slots),
            in.provided());
      }
      case Plan.Unwind unwind -> {
        Evaluator list = scalars.compile(unwind.list(), in.provided());
        yield adding(
            new RowOperators.Unwind(
                frame(in, above), list, unwind.slot(), above.get(unwind.slot())),
            in,
            above,
            unwind.slot());
      }
      case Plan.Union union -> {
        Built left = build(union.left(), Slots.of(union.leftSlots()));
        Built right = build(union.right(), Slots.of(union.rightSlots()));
        yield new Built(
            new RowOperators.Union(
                left.operator(),
                Slots.array(union.leftSlots()),
                right.operator(),
                Slots.array(union.rightSlots()),
                new Batch(slots),
                Slots.array(union.slots())),
            Slots.of(union.slots()));
      }
      case Plan.Eager eager -> {
        Frame frame = frame(in, above);
        yield new Built(new KeepingOperators.Eager(frame), frame.carried());
      }
      case Plan.Create create -> {
        EntityMaker maker = maker(create.nodes(), create.relationships(), in.provided());
        BitSet provided = Slots.copy(in.provided());
        addMade(maker, provided);
        yield new Built(new WriteOperators.Create(state, in.operator(), maker), provided);
      }
      case Plan.Merge merge -> merge(merge, above, in);
      case Plan.Apply apply -> {
        yield new Built(
            new WriteOperators.Apply(state, in.operator(), updates(apply.updates(), in.provided())),
            in.provided());
      }
      case Plan.Delete delete -> {
        Evaluator[] targets = compileAll(delete.targets(), in.provided());
        yield new Built(
            new WriteOperators.Delete(state, in.operator(), targets, delete.detach()),
            in.provided());
      }
      case Plan.CreateIndex index ->
          new Built(new WriteOperators.CreateIndex(state, index), new BitSet());
      case Plan.DropIndex index ->
          new Built(new WriteOperators.DropIndex(state, index), new BitSet());
    };
  }

  // ---- Building blocks --------------------------------------------------------------------------

  /** For an operator that makes rows: it copies what is read above and its input has. */
  private Frame frame(Built in, BitSet above) {
    return new Frame(state, in.operator(), Slots.both(above, in.provided()), slots);
  }

  private static Built adding(Operator operator, Built in, BitSet above, int... added) {
    BitSet provided = Slots.both(above, in.provided());
    for (int slot : added) {
      provided.set(slot);
    }
    return new Built(operator, provided);
  }

  private Evaluator[] compileAll(List<? extends Scalar> expressions, BitSet columns) {
    Evaluator[] evaluators = new Evaluator[expressions.size()];
    for (int i = 0; i < evaluators.length; i++) {
      evaluators[i] = scalars.compile(expressions.get(i), columns);
    }
    return evaluators;
  }

  private @Nullable Evaluator compileOrNull(@Nullable Scalar expression, BitSet columns) {
    return expression == null ? null : scalars.compile(expression, columns);
  }

  private IndexLookup.Range range(Plan.IndexRange range, BitSet columns) {
    return switch (range) {
      case Plan.IndexRange.Equal equal ->
          new IndexLookup.Range.Equal(scalars.compile(equal.value(), columns));
      case Plan.IndexRange.AnyOf anyOf ->
          new IndexLookup.Range.AnyOf(scalars.compile(anyOf.list(), columns));
      case Plan.IndexRange.Between between ->
          new IndexLookup.Range.Between(
              compileOrNull(between.lower(), columns),
              between.lowerInclusive(),
              compileOrNull(between.upper(), columns),
              between.upperInclusive());
      case Plan.IndexRange.Prefix prefix ->
          new IndexLookup.Range.Prefix(scalars.compile(prefix.prefix(), columns));
    };
  }

  // ---- Operators --------------------------------------------------------------------------------

  private Built variableLength(
      Plan.VariableLengthExpand expand, BitSet above, Built in) {
    Plan.Hop hop = expand.hop();
    Scalar condition = expand.each();
    Evaluator each =
        condition == null
            ? null
            : scalars.compileWithLocal(condition, expand.eachSlot(), in.provided());
    VariableLengthExpandOperator operator =
        new VariableLengthExpandOperator(frame(in, above), expand, each, above);
    return adding(operator, in, above, hop.relationship(), hop.to());
  }

  private Built project(Plan.Project project, Built in) {
    int count = project.columns().size();
    int[] targets = new int[count];
    Evaluator[] values = new Evaluator[count];
    BitSet provided = Slots.copy(in.provided());
    for (int i = 0; i < count; i++) {
      Plan.Assignment column = project.columns().get(i);
      targets[i] = column.slot();
      values[i] = scalars.compile(column.value(), in.provided());
      provided.set(column.slot());
    }
    return new Built(new RowOperators.Project(in.operator(), targets, values), provided);
  }

  /** The hop whose rows a grouping does nothing with but count, or null. */
  private static Plan.@Nullable Expand countedHop(Plan.GroupBy group) {
    if (!(group.input() instanceof Plan.Expand expand)
        || expand.hop().into()
        || group.aggregates().isEmpty()) {
      return null;
    }
    Plan.Hop hop = expand.hop();
    for (Plan.Aggregate aggregate : group.aggregates()) {
      boolean rows =
          aggregate.arguments().isEmpty()
              || (aggregate.arguments().get(0) instanceof Scalar.Slot counted
                  && (counted.slot() == hop.relationship() || counted.slot() == hop.to()));
      if (aggregate.distinct() || !aggregate.function().equals("count") || !rows) {
        return null;
      }
    }
    BitSet read = new BitSet();
    for (Plan.Assignment key : group.keys()) {
      Slots.read(key.value(), read);
    }
    return read.get(hop.relationship()) || read.get(hop.to()) ? null : expand;
  }

  /** A grouping that counts the rows of a hop: the sum of degrees. */
  private Built countHop(Plan.GroupBy group, Plan.Expand expand, Built in) {
    int countSlot = Objects.requireNonNull(countSlots.get(group));
    Operator degrees = new DegreeOperator(state, in.operator(), expand.hop(), countSlot);
    return grouping(
        group,
        new Built(degrees, in.provided()),
        () -> {
          Accumulator[] counts = new Accumulator[group.aggregates().size()];
          for (int i = 0; i < counts.length; i++) {
            counts[i] = new Accumulator.WeightedCount(countSlot);
          }
          return counts;
        });
  }

  private Built groupBy(Plan.GroupBy group, Built in) {
    Plan.Expand counted = countedHop(group);
    if (counted != null) {
      return countHop(group, counted, in);
    }
    Evaluator[][] arguments = new Evaluator[group.aggregates().size()][];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = compileAll(group.aggregates().get(i).arguments(), in.provided());
    }
    return grouping(group, in, () -> accumulators(group.aggregates(), arguments));
  }

  private Built grouping(Plan.GroupBy group, Built in, Supplier<Accumulator[]> makeAccumulators) {
    BitSet provided = new BitSet();
    int[] keySlots = new int[group.keys().size()];
    Evaluator[] keys = new Evaluator[keySlots.length];
    for (int i = 0; i < keySlots.length; i++) {
      Plan.Assignment key = group.keys().get(i);
      keySlots[i] = key.slot();
      keys[i] = scalars.compile(key.value(), in.provided());
      provided.set(key.slot());
    }
    int[] aggregateSlots = new int[group.aggregates().size()];
    for (int i = 0; i < aggregateSlots.length; i++) {
      aggregateSlots[i] = group.aggregates().get(i).slot();
      provided.set(aggregateSlots[i]);
    }
    GroupByOperator operator =
        new GroupByOperator(
            new Frame(state, in.operator(), new BitSet(), slots),
            keys,
            keySlots,
            makeAccumulators,
            aggregateSlots);
    return new Built(operator, provided);
  }

  private static Accumulator[] accumulators(
      List<Plan.Aggregate> aggregates, Evaluator[][] arguments) {
    Accumulator[] accumulators = new Accumulator[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      Plan.Aggregate aggregate = aggregates.get(i);
      AggregateFunction function = FunctionRegistry.standard().aggregate(aggregate.function());
      if (function == null) {
        throw new WeftException(
            ErrorCode.UNKNOWN_FUNCTION, "there is no aggregate function " + aggregate.function());
      }
      if (function == AggregateFunction.COUNT && !aggregate.distinct()) {
        accumulators[i] = new Accumulator.Count(arguments[i].length == 0 ? null : arguments[i][0]);
        continue;
      }
      boolean[] readsRow = new boolean[arguments[i].length];
      for (int j = 0; j < readsRow.length; j++) {
        BitSet read = new BitSet();
        Slots.read(aggregate.arguments().get(j), read);
        readsRow[j] = !read.isEmpty();
      }
      accumulators[i] =
          new Accumulator.General(function, arguments[i], readsRow, aggregate.distinct());
    }
    return accumulators;
  }

  private Built sort(Plan.Sort sort, BitSet above, Built in) {
    int count = sort.keys().size();
    Evaluator[] keys = new Evaluator[count];
    boolean[] descending = new boolean[count];
    for (int i = 0; i < count; i++) {
      keys[i] = scalars.compile(sort.keys().get(i).value(), in.provided());
      descending[i] = sort.keys().get(i).descending();
    }
    Evaluator limit = compileOrNull(sort.limit(), new BitSet());
    Frame frame = frame(in, above);
    return new Built(new KeepingOperators.Sort(frame, keys, descending, limit), frame.carried());
  }

  // ---- Inner plans ------------------------------------------------------------------------------

  private Built argument() {
    if (argument == null) {
      throw new IllegalStateException("an Argument outside an inner plan");
    }
    return new Built(argument.leaf(slots), Slots.copy(argumentColumns));
  }

  private record BuiltInner(InnerPlan plan, BitSet provided) {}

  private BuiltInner inner(Plan plan, BitSet above, BitSet columns, BitSet locals) {
    int rowSlot = slots++;
    Argument outerArgument = argument;
    BitSet outerColumns = argumentColumns;
    Argument own = new Argument(state, columns, locals, rowSlot);
    argument = own;
    argumentColumns = Slots.copy(columns);
    argumentColumns.or(locals);
    argumentColumns.set(rowSlot);
    boolean ordered = isOrdered(plan);
    BitSet read = Slots.copy(above);
    if (ordered) {
      read.set(rowSlot);
    }
    BitSet outerLocals = scalars.takeLocals();
    Built root = build(plan, read);
    scalars.restoreLocals(outerLocals);
    argument = outerArgument;
    argumentColumns = outerColumns;
    return new BuiltInner(new InnerPlan(own, root.operator(), rowSlot, ordered), root.provided());
  }

  /** Whether the rows of a plan come in the order of the argument's rows they were made of. */
  private static boolean isOrdered(Plan plan) {
    return switch (plan) {
      case Plan.Argument leaf -> true;
      case Plan.AllNodesScan scan -> isOrdered(scan.input());
      case Plan.NodeByLabelScan scan -> isOrdered(scan.input());
      case Plan.NodeByIdSeek seek -> isOrdered(seek.input());
      case Plan.NodeIndexSeek seek -> isOrdered(seek.input());
      case Plan.RelationshipIndexSeek seek -> isOrdered(seek.input());
      case Plan.Expand expand -> isOrdered(expand.input());
      case Plan.VariableLengthExpand expand -> isOrdered(expand.input());
      case Plan.OptionalApply apply -> isOrdered(apply.input());
      case Plan.Filter filter -> isOrdered(filter.input());
      case Plan.Project project -> isOrdered(project.input());
      case Plan.Unwind unwind -> isOrdered(unwind.input());
      case Plan.Start start -> false;
      case Plan.GroupBy group -> false;
      case Plan.Distinct distinct -> false;
      case Plan.Sort sort -> false;
      case Plan.Skip skip -> false;
      case Plan.Limit limit -> false;
      case Plan.Union union -> false;
      case Plan.Eager eager -> false;
      case Plan.Create create -> false;
      case Plan.Merge merge -> false;
      case Plan.Apply apply -> false;
      case Plan.Delete delete -> false;
      case Plan.CreateIndex index -> false;
      case Plan.DropIndex index -> false;
    };
  }

  private Built optional(Plan.OptionalApply apply, BitSet above, Built in) {
    BitSet innerReads = new BitSet();
    Slots.readPlan(apply.inner(), innerReads);
    BitSet fromInner = Slots.copy(above);
    fromInner.andNot(in.provided());
    BuiltInner inner =
        inner(apply.inner(), fromInner, Slots.both(innerReads, in.provided()), new BitSet());
    fromInner.and(inner.provided());
    OptionalApplyOperator operator =
        new OptionalApplyOperator(frame(in, above), inner.plan(), new Carry(fromInner).slots());
    BitSet provided = Slots.both(above, in.provided());
    provided.or(fromInner);
    return new Built(operator, provided);
  }

  /** Compiles an inner plan in an expression. */
  Evaluator nested(Scalar.Nested nested, BitSet columns, BitSet locals, ScalarCompiler compiler) {
    BitSet above = new BitSet();
    Slots.read(nested.result(), above);
    BitSet read = Slots.copy(above);
    Slots.readPlan(nested.plan(), read);
    BitSet localsRead = Slots.both(read, locals);
    BuiltInner inner = inner(nested.plan(), above, Slots.both(read, columns), localsRead);
    Scalar result = nested.result();
    Evaluator element = null;
    if (result != null) {
      BitSet outerLocals = compiler.takeLocals();
      element = compiler.compile(result, inner.provided());
      compiler.restoreLocals(outerLocals);
    }
    return new NestedEvaluator(nested.kind(), inner.plan(), element, !localsRead.isEmpty());
  }

  // ---- Writes -----------------------------------------------------------------------------------

  private Built merge(Plan.Merge merge, BitSet above, Built in) {
    BitSet matchReads = new BitSet();
    Slots.readPlan(merge.match(), matchReads);
    BitSet output = Slots.copy(above);
    Slots.readOperator(merge, output);
    EntityMaker maker = maker(merge.nodes(), merge.relationships(), in.provided());
    addMade(maker, output);
    BitSet fromInner = Slots.copy(output);
    fromInner.andNot(in.provided());
    BuiltInner inner =
        inner(merge.match(), fromInner, Slots.both(matchReads, in.provided()), new BitSet());
    fromInner.and(inner.provided());
    Frame frame = frame(in, output);
    BitSet provided = Slots.copy(frame.carried());
    provided.or(fromInner);
    MergeOperator operator =
        new MergeOperator(
            frame,
            inner.plan(),
            maker,
            updates(merge.onCreate(), provided),
            updates(merge.onMatch(), provided),
            new Carry(fromInner).slots());
    return new Built(operator, provided);
  }

  private static void addMade(EntityMaker maker, BitSet slots) {
    for (EntityMaker.NodeMaker node : maker.nodes) {
      slots.set(node.slot());
    }
    for (EntityMaker.RelationshipMaker relationship : maker.relationships) {
      slots.set(relationship.slot());
    }
  }

  private EntityMaker maker(
      List<Plan.NewNode> nodes, List<Plan.NewRelationship> relationships, BitSet columns) {
    BitSet visible = Slots.copy(columns);
    for (Plan.NewNode node : nodes) {
      visible.set(node.slot());
    }
    for (Plan.NewRelationship relationship : relationships) {
      visible.set(relationship.slot());
    }
    EntityMaker.NodeMaker[] nodeMakers = new EntityMaker.NodeMaker[nodes.size()];
    for (int i = 0; i < nodeMakers.length; i++) {
      Plan.NewNode node = nodes.get(i);
      nodeMakers[i] =
          new EntityMaker.NodeMaker(
              node.slot(),
              labels(node.labels()),
              new EntityMaker.Properties(state, compileOrNull(node.properties(), visible)));
    }
    EntityMaker.RelationshipMaker[] relationshipMakers =
        new EntityMaker.RelationshipMaker[relationships.size()];
    for (int i = 0; i < relationshipMakers.length; i++) {
      Plan.NewRelationship relationship = relationships.get(i);
      relationshipMakers[i] =
          new EntityMaker.RelationshipMaker(
              relationship.slot(),
              relationship.type(),
              relationship.start(),
              relationship.end(),
              new EntityMaker.Properties(state, compileOrNull(relationship.properties(), visible)));
    }
    return new EntityMaker(state, nodeMakers, relationshipMakers);
  }

  private Names.Label[] labels(List<String> names) {
    Names.Label[] labels = new Names.Label[names.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = new Names.Label(state, names.get(i));
    }
    return labels;
  }

  private Updates[] updates(List<Plan.Update> plans, BitSet columns) {
    Updates[] updates = new Updates[plans.size()];
    for (int i = 0; i < updates.length; i++) {
      updates[i] =
          switch (plans.get(i)) {
            case Plan.Update.SetProperty set ->
                new Updates.SetProperty(
                    state,
                    scalars.compile(set.subject(), columns),
                    set.key(),
                    scalars.compile(set.value(), columns));
            case Plan.Update.SetProperties set ->
                new Updates.SetProperties(
                    state,
                    scalars.compile(set.subject(), columns),
                    scalars.compile(set.map(), columns),
                    set.merge());
            case Plan.Update.SetLabels set ->
                new Updates.SetLabels(
                    state, scalars.compile(set.subject(), columns), labels(set.labels()));
            case Plan.Update.RemoveLabels remove ->
                new Updates.RemoveLabels(
                    state, scalars.compile(remove.subject(), columns), labels(remove.labels()));
          };
    }
    return updates;
  }

  /** Whether a plan changes the graph. */
  private static boolean writes(Plan plan) {
    Plan at = plan;
    while (true) {
      if (at instanceof Plan.Create
          || at instanceof Plan.Merge
          || at instanceof Plan.Apply
          || at instanceof Plan.Delete) {
        return true;
      }
      List<Plan> children = at.children();
      if (children.isEmpty()) {
        return false;
      }
      for (int i = 1; i < children.size(); i++) {
        if (writes(children.get(i))) {
          return true;
        }
      }
      at = children.get(0);
    }
  }
}
