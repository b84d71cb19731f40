package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Effects;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;

/**
 * Turns a plan into operators for one execution. Going down it knows which slots are read above, so
 * that each operator copies only those; coming up it knows which columns the rows have.
 */
final class PlanCompiler {
  /** An operator and the slots that its batches have. */
  record Built(Operator operator, BitSet provided) {}

  private final QueryState state;
  private final ScalarCompiler scalars;
  private final WriteCompiler writes;
  private final RangeCompiler ranges;
  private final PathCompiler paths;
  private final GroupCompiler groups;
  private final InnerCompiler inner;

  /** Slots so far: those of the statement and a row number for each inner plan. */
  private int slots;

  PlanCompiler(QueryState state, int slotCount) {
    this.state = state;
    this.slots = slotCount + 1;
    this.scalars = new ScalarCompiler(state, this);
    this.writes = new WriteCompiler(state, scalars);
    this.ranges = new RangeCompiler(scalars);
    this.paths = new PathCompiler(state, scalars, this);
    this.inner = new InnerCompiler(state, scalars, writes, this);
    this.groups = new GroupCompiler(state, scalars, this, slotCount);
  }

  /**
   * Compiles a plan.
   *
   * @param above slots that are read above
   */
  Built build(Plan plan, BitSet above) {
    // Inputs are followed in a loop: a plan may be hundreds of operators deep, and so must be the
    // stack of what recurses along it.
    List<Plan> chain = new ArrayList<>();
    List<BitSet> reads = new ArrayList<>();
    Plan current = plan;
    BitSet read = above;
    for (Plan input = input(current); input != null; input = input(current)) {
      chain.add(current);
      reads.add(read);
      read = readsOfInput(current, read);
      current = input;
    }
    Built built = measured(current, leaf(current));
    for (int i = chain.size() - 1; i >= 0; i--) {
      built = measured(chain.get(i), assemble(chain.get(i), built, reads.get(i)));
    }
    return built;
  }

  private Built measured(Plan plan, Built built) {
    Profile profile = state.profile;
    return profile == null
        ? built
        : new Built(profile.measuring(plan, built.operator()), built.provided());
  }

  /** The plan whose rows an operator works on, or null for a leaf; a union counts as one. */
  private static @Nullable Plan input(Plan plan) {
    if (plan instanceof Plan.GroupBy group) {
      Plan.Expand counted = GroupCompiler.countedHop(group);
      return counted == null ? group.input() : counted.input();
    } else if (plan instanceof Plan.Union || plan.children().isEmpty()) {
      return null;
    }
    return plan.children().get(0);
  }

  /** The slots that an operator's input must have: those read above it and by itself. */
  private static BitSet readsOfInput(Plan plan, BitSet above) {
    BitSet read = new BitSet();
    if (plan instanceof Plan.GroupBy group) {
      Plan.Expand counted = GroupCompiler.countedHop(group);
      if (counted == null) {
        Slots.readOperator(group, read);
      } else {
        Slots.readOperator(counted, read);
        for (Plan.Assignment key : group.keys()) {
          Slots.read(key.value(), read);
        }
      }
      return read;
    }
    read.or(above);
    Slots.readOperator(plan, read);
    if (plan instanceof Plan.OptionalApply apply) {
      Slots.readPlan(apply.inner(), read);
    } else if (plan instanceof Plan.Subquery subquery) {
      Slots.readPlan(subquery.inner(), read);
    } else if (plan instanceof Plan.SubqueryInTransactions subquery) {
      Slots.readPlan(subquery.inner(), read);
    } else if (plan instanceof Plan.Merge merge) {
      Slots.readPlan(merge.match(), read);
    }
    return read;
  }

  private Built leaf(Plan plan) {
    if (plan instanceof Plan.Argument) {
      return inner.argument();
    } else if (plan instanceof Plan.Union union) {
      return union(union);
    } else if (plan instanceof Plan.ChangeSchema change) {
      return new Built(new SchemaOperator(state, change.change(), scalars), new BitSet());
    }
    return new Built(new LeafOperators.Start(slots), new BitSet());
  }

  private Built assemble(Plan plan, Built in, BitSet above) {
    return switch (plan) {
      case Plan.AllNodesScan scan -> {
        yield adding(
            new NodeScans.Scan(frame(in, above), scan.node(), List.of()), in, above, scan.node());
      }
      case Plan.NodeByLabelScan scan -> {
        yield adding(
            new NodeScans.Scan(frame(in, above), scan.node(), scan.labels()),
            in,
            above,
            scan.node());
      }
      case Plan.NodeByIdSeek seek -> {
        Evaluator ids = scalars.compile(seek.ids().value(), in.provided());
        yield adding(new IdSeeks.Nodes(frame(in, above), seek, ids), in, above, seek.node());
      }
      case Plan.RelationshipByIdSeek seek -> {
        Evaluator ids = scalars.compile(seek.ids().value(), in.provided());
        yield adding(
            new IdSeeks.Relationships(frame(in, above), seek, ids, above),
            in,
            above,
            seek.relationship(),
            seek.from(),
            seek.to());
      }
      case Plan.NodeIndexSeek seek -> {
        IndexLookup.Range range = ranges.compile(seek.range(), in.provided());
        yield adding(new IndexSeeks.Nodes(frame(in, above), seek, range), in, above, seek.node());
      }
      case Plan.RelationshipIndexSeek seek -> {
        IndexLookup.Range range = ranges.compile(seek.range(), in.provided());
        yield adding(
            new IndexSeeks.Relationships(frame(in, above), seek, range, above),
            in,
            above,
            seek.relationship(),
            seek.from(),
            seek.to());
      }
      case Plan.StoreCount count ->
          adding(
              new StoreCountOperator(state, in.operator(), count),
              in,
              above,
              Slots.array(count.slots()));
      case Plan.RelationshipTypeScan scan -> {
        yield adding(
            new RelationshipTypeScanOperator(frame(in, above), scan, above),
            in,
            above,
            scan.relationship(),
            scan.from(),
            scan.to());
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
      case Plan.Intersect intersect -> {
        yield adding(
            new IntersectOperator(frame(in, above), intersect, above),
            in,
            above,
            intersect.first().to(),
            intersect.first().relationship(),
            intersect.second().relationship());
      }
      case Plan.VariableLengthExpand expand -> paths.variableLength(expand, in, above);
      case Plan.ShortestPaths found -> paths.shortestPaths(found, in, above);
      case Plan.SelectedPaths found -> paths.selectedPaths(found, in, above);
      case Plan.FirstBetween first ->
          new Built(
              new FirstBetweenOperator(state, in.operator(), first, paths.count(first.selection())),
              in.provided());
      case Plan.OptionalApply apply -> inner.innerRows(apply.inner(), true, in, above);
      case Plan.ValueHashJoin join -> hashJoin(join, in, above);
      case Plan.Subquery subquery -> inner.subquery(subquery.inner(), subquery.kind(), in, above);
      case Plan.SubqueryInTransactions subquery -> inner.inTransactions(subquery, in, above);
      case Plan.Filter filter -> {
        Evaluator predicate = scalars.compile(filter.predicate(), in.provided());
        yield new Built(new RowOperators.Filter(state, in.operator(), predicate), in.provided());
      }
      case Plan.Project project -> project(project, in, above);
      case Plan.GroupBy group -> groups.groupBy(group, in);
      case Plan.Distinct distinct -> {
        yield new Built(
            new RowOperators.Distinct(state, in.operator(), Slots.array(distinct.slots())),
            in.provided());
      }
      case Plan.Sort sort -> sort(sort, in, above);
      case Plan.Skip skip -> {
        Evaluator count = scalars.compile(skip.count(), new BitSet());
        yield new Built(
            new RowOperators.Skip(state, in.operator(), count, skip.origin(), slots),
            in.provided());
      }
      case Plan.Limit limit -> {
        Evaluator count = scalars.compile(limit.count(), new BitSet());
        yield new Built(
            new RowOperators.Limit(
                state,
                in.operator(),
                count,
                limit.origin(),
                Effects.areWritesOf(limit.input()),
                slots),
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
      case Plan.ProcedureCall call -> procedureCall(call, in, above);
      case Plan.LoadCsv load -> {
        Evaluator source = scalars.compile(load.source(), in.provided());
        yield adding(
            new LoadCsvOperator(frame(in, above), load, source),
            in,
            above,
            load.slot(),
            load.lineSlot(),
            load.fileSlot());
      }
      case Plan.Eager eager -> {
        Frame frame = frame(in, above);
        yield new Built(new KeepingOperators.Eager(frame), frame.carried());
      }
      case Plan.Create create -> {
        EntityMaker maker = writes.maker(create.nodes(), create.relationships(), in.provided());
        BitSet provided = Slots.copy(in.provided());
        WriteCompiler.addMade(maker, provided);
        yield new Built(new WriteOperators.Create(state, in.operator(), maker), provided);
      }
      case Plan.Merge merge -> inner.merge(merge, in, above);
      case Plan.Apply apply -> {
        yield new Built(
            new WriteOperators.Apply(
                state,
                in.operator(),
                writes.updates(apply.updates(), in.provided()),
                apply.origin()),
            in.provided());
      }
      case Plan.Delete delete -> {
        Evaluator[] targets = compileAll(delete.targets(), in.provided());
        yield new Built(
            new WriteOperators.Delete(
                state, in.operator(), targets, delete.detach(), delete.origin()),
            in.provided());
      }
      case Plan.Start leaf -> throw notAssembled(leaf);
      case Plan.Argument leaf -> throw notAssembled(leaf);
      case Plan.Union leaf -> throw notAssembled(leaf);
      case Plan.ChangeSchema leaf -> throw notAssembled(leaf);
    };
  }

  private static IllegalStateException notAssembled(Plan leaf) {
    return new IllegalStateException("a leaf has no input: " + leaf);
  }

  private Built union(Plan.Union union) {
    Built left = build(union.left(), Slots.of(union.leftSlots()));
    Built right = build(union.right(), Slots.of(union.rightSlots()));
    return new Built(
        new RowOperators.Union(
            left.operator(),
            Slots.array(union.leftSlots()),
            right.operator(),
            Slots.array(union.rightSlots()),
            new Batch(slots),
            Slots.array(union.slots())),
        Slots.of(union.slots()));
  }

  // ---- Building blocks --------------------------------------------------------------------------

  /** The slots so far. */
  int slots() {
    return slots;
  }

  /** A further slot. */
  int newSlot() {
    return slots++;
  }

  /** Lets a plan that is compiled again have the slots that it had, or goes back behind them. */
  void useSlots(int count) {
    slots = count;
  }

  /** What compiles inner plans. */
  InnerCompiler inner() {
    return inner;
  }

  /** For an operator that makes rows: it copies what is read above and its input has. */
  Frame frame(Built in, BitSet above) {
    return new Frame(state, in.operator(), Slots.both(above, in.provided()), slots);
  }

  static Built adding(Operator operator, Built in, BitSet above, int... added) {
    BitSet provided = Slots.both(above, in.provided());
    for (int slot : added) {
      provided.set(slot);
    }
    return new Built(operator, provided);
  }

  Evaluator[] compileAll(List<? extends Scalar> expressions, BitSet columns) {
    Evaluator[] evaluators = new Evaluator[expressions.size()];
    for (int i = 0; i < evaluators.length; i++) {
      evaluators[i] = scalars.compile(expressions.get(i), columns);
    }
    return evaluators;
  }

  // ---- Operators --------------------------------------------------------------------------------

  private Built procedureCall(Plan.ProcedureCall call, Built in, BitSet above) {
    int[] added = new int[call.yields().size()];
    for (int i = 0; i < added.length; i++) {
      added[i] = call.yields().get(i).slot();
    }
    Evaluator[] arguments = compileAll(call.arguments(), in.provided());
    return adding(new ProcedureCallOperator(frame(in, above), call, arguments), in, above, added);
  }

  private Built hashJoin(Plan.ValueHashJoin join, Built in, BitSet above) {
    BitSet added = Slots.both(above, Slots.of(join.slots()));
    BitSet read = Slots.copy(added);
    Slots.read(join.innerKey(), read);
    Built joined = build(join.inner(), read);
    ValueHashJoinOperator operator =
        new ValueHashJoinOperator(
            frame(in, above),
            scalars.compile(join.outerKey(), in.provided()),
            joined.operator(),
            scalars.compile(join.innerKey(), joined.provided()),
            new Carry(added).slots());
    return adding(operator, in, above, Slots.array(join.slots()));
  }

  private Built project(Plan.Project project, Built in, BitSet above) {
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

  private Built sort(Plan.Sort sort, Built in, BitSet above) {
    int count = sort.keys().size();
    Evaluator[] keys = new Evaluator[count];
    boolean[] descending = new boolean[count];
    for (int i = 0; i < count; i++) {
      keys[i] = scalars.compile(sort.keys().get(i).value(), in.provided());
      descending[i] = sort.keys().get(i).descending();
    }
    Evaluator limit = scalars.compileOrNull(sort.limit(), new BitSet());
    Frame frame = frame(in, above);
    return new Built(new KeepingOperators.Sort(frame, keys, descending, limit), frame.carried());
  }
}
