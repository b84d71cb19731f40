package org.weftdb.cypher.exec;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Repeatable;
import org.weftdb.cypher.plan.RowOrder;
import org.weftdb.cypher.plan.Scalar;

/**
 * Compiles plans that run for rows of another plan, and the operators and expressions with them.
 */
final class InnerCompiler {
  private final QueryState state;
  private final ScalarCompiler scalars;
  private final WriteCompiler writes;
  private final PlanCompiler plans;

  /** What leaves of the inner plan in work give, and which columns those have. */
  private @Nullable Argument argument;

  private BitSet argumentColumns = new BitSet();

  InnerCompiler(
      QueryState state, ScalarCompiler scalars, WriteCompiler writes, PlanCompiler plans) {
    this.state = state;
    this.scalars = scalars;
    this.writes = writes;
    this.plans = plans;
  }

  /** The leaf of the inner plan in work. */
  PlanCompiler.Built argument() {
    if (argument == null) {
      throw new IllegalStateException("an Argument outside an inner plan");
    }
    return new PlanCompiler.Built(argument.leaf(plans.slots()), Slots.copy(argumentColumns));
  }

  private record BuiltInner(InnerPlan plan, BitSet provided) {}

  private BuiltInner inner(Plan plan, BitSet above, BitSet columns, BitSet locals) {
    int rowSlot = plans.newSlot();
    Argument outerArgument = argument;
    BitSet outerColumns = argumentColumns;
    Argument own = new Argument(state, columns, locals, rowSlot);
    argument = own;
    argumentColumns = Slots.copy(columns);
    argumentColumns.or(locals);
    argumentColumns.set(rowSlot);
    boolean ordered = RowOrder.isOfArgument(plan);
    BitSet read = Slots.copy(above);
    if (ordered) {
      read.set(rowSlot);
    }
    BitSet outerLocals = scalars.takeLocals();
    PlanCompiler.Built root = plans.build(plan, read);
    scalars.restoreLocals(outerLocals);
    argument = outerArgument;
    argumentColumns = outerColumns;
    return new BuiltInner(new InnerPlan(own, root.operator(), rowSlot, ordered), root.provided());
  }

  PlanCompiler.Built inTransactions(
      Plan.SubqueryInTransactions subquery, PlanCompiler.Built in, BitSet above) {
    BitSet reads = Slots.copy(above);
    Slots.readPlan(subquery.inner(), reads);
    Frame frame = plans.frame(in, reads);
    BitSet carried = frame.carried();
    InTransactionsOperator.Kept kept = new InTransactionsOperator.Kept(frame);
    Evaluator size = scalars.compile(subquery.batchSize(), new BitSet());
    BitSet wanted = Slots.copy(above);
    wanted.or(carried);
    int first = plans.slots();
    PlanCompiler.Built built =
        subquery(subquery.inner(), subquery.kind(), new PlanCompiler.Built(kept, carried), wanted);
    int end = plans.slots();
    BitSet added = Slots.both(above, built.provided());
    added.andNot(carried);
    BitSet provided = Slots.copy(carried);
    provided.or(added);
    if (subquery.statusSlot() >= 0) {
      provided.set(subquery.statusSlot());
    }
    InTransactionsOperator operator =
        new InTransactionsOperator(
            new Frame(state, in.operator(), carried, plans.slots()),
            kept,
            built.operator(),
            () -> {
              plans.useSlots(first);
              Operator again =
                  subquery(
                          subquery.inner(),
                          subquery.kind(),
                          new PlanCompiler.Built(kept, carried),
                          wanted)
                      .operator();
              plans.useSlots(end);
              return again;
            },
            size,
            subquery,
            new Carry(added).slots());
    return new PlanCompiler.Built(operator, provided);
  }

  PlanCompiler.Built subquery(
      Plan plan, Plan.SubqueryKind kind, PlanCompiler.Built in, BitSet above) {
    return switch (kind) {
      case RETURNING -> innerRows(plan, false, in, above);
      case OPTIONAL -> innerRows(plan, true, in, above);
      case UNIT -> {
        BitSet reads = new BitSet();
        Slots.readPlan(plan, reads);
        BuiltInner inner =
            inner(plan, new BitSet(), Slots.both(reads, in.provided()), new BitSet());
        yield new PlanCompiler.Built(
            new UnitSubqueryOperator(state, in.operator(), inner.plan()), in.provided());
      }
    };
  }

  PlanCompiler.Built innerRows(Plan plan, boolean optional, PlanCompiler.Built in, BitSet above) {
    BitSet innerReads = new BitSet();
    Slots.readPlan(plan, innerReads);
    BitSet fromInner = Slots.copy(above);
    fromInner.andNot(in.provided());
    BitSet fromOuter = Slots.both(innerReads, in.provided());
    BuiltInner inner = inner(plan, fromInner, fromOuter, new BitSet());
    fromInner.and(inner.provided());
    int[] innerSlots = new Carry(fromInner).slots();
    InnerPlan rows = inner.plan();
    if (!rows.ordered && isRepeated(plan, fromOuter)) {
      rows = rows.repeated(state, innerSlots, plans.slots());
    }
    InnerRowsOperator operator =
        new InnerRowsOperator(plans.frame(in, above), rows, innerSlots, optional);
    BitSet provided = Slots.both(above, in.provided());
    provided.or(fromInner);
    return new PlanCompiler.Built(operator, provided);
  }

  /** Whether an inner plan has the same rows for every row around it. */
  private boolean isRepeated(Plan plan, BitSet fromOuter) {
    return state.transaction == null && fromOuter.isEmpty() && Repeatable.isRepeatable(plan);
  }

  /** Compiles an inner plan in an expression. */
  Evaluator nested(Scalar.Nested nested, BitSet columns, BitSet locals, ScalarCompiler compiler) {
    BitSet above = new BitSet();
    Slots.read(nested.result(), above);
    BitSet read = Slots.copy(above);
    Slots.readPlan(nested.plan(), read);
    BitSet localsRead = Slots.both(read, locals);
    BitSet columnsRead = Slots.both(read, columns);
    BuiltInner inner = inner(nested.plan(), above, columnsRead, localsRead);
    Scalar result = nested.result();
    Evaluator element = null;
    if (result != null) {
      BitSet outerLocals = compiler.takeLocals();
      element = compiler.compile(result, inner.provided());
      compiler.restoreLocals(outerLocals);
    }
    columnsRead.or(localsRead);
    boolean constant =
        isRepeated(nested.plan(), columnsRead)
            && (result == null || Repeatable.isRepeatable(result));
    Evaluator each =
        new NestedEvaluator(state, nested.kind(), inner.plan(), element, !localsRead.isEmpty());
    return constant ? new OnceEvaluator(state.memory, each) : each;
  }

  PlanCompiler.Built merge(Plan.Merge merge, PlanCompiler.Built in, BitSet above) {
    BitSet matchReads = new BitSet();
    Slots.readPlan(merge.match(), matchReads);
    BitSet output = Slots.copy(above);
    Slots.readOperator(merge, output);
    EntityMaker maker = writes.maker(merge.nodes(), merge.relationships(), in.provided());
    WriteCompiler.addMade(maker, output);
    BitSet fromInner = Slots.copy(output);
    fromInner.andNot(in.provided());
    BuiltInner inner =
        inner(merge.match(), fromInner, Slots.both(matchReads, in.provided()), new BitSet());
    fromInner.and(inner.provided());
    Frame frame = plans.frame(in, output);
    BitSet provided = Slots.copy(frame.carried());
    provided.or(fromInner);
    MergeOperator operator =
        new MergeOperator(
            frame,
            inner.plan(),
            maker,
            writes.updates(merge.onCreate(), provided),
            writes.updates(merge.onMatch(), provided),
            new Carry(fromInner).slots(),
            merge.origin());
    return new PlanCompiler.Built(operator, provided);
  }
}
