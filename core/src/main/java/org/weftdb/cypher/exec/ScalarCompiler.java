package org.weftdb.cypher.exec;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.FunctionDefinition;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;

/** Compiles expressions for one execution. */
final class ScalarCompiler {
  private final QueryState state;
  private final PlanCompiler plans;

  /** Slots of the variables that expressions around the one in work bind. */
  private final BitSet locals = new BitSet();

  /** Slots that the rows have for which the expression in work is evaluated. */
  private BitSet columns = new BitSet();

  ScalarCompiler(QueryState state, PlanCompiler plans) {
    this.state = state;
    this.plans = plans;
  }

  /** Whether the expression in work is part of one that is computed once. */
  private boolean insideOnce;

  /** Whether the expression in work can make values of any size. */
  private boolean grows;

  /** Compiles an expression over rows that have some columns. */
  Evaluator compile(Scalar scalar, BitSet rowColumns) {
    BitSet before = columns;
    columns = rowColumns;
    boolean outerGrows = grows;
    grows = false;
    Evaluator evaluator = compile(scalar);
    if (grows) {
      evaluator = new HeldEvaluator(state.memory, evaluator);
    }
    grows = outerGrows;
    columns = before;
    return evaluator;
  }

  /** Compiles an expression that may be missing. */
  @Nullable Evaluator compileOrNull(@Nullable Scalar scalar, BitSet rowColumns) {
    return scalar == null ? null : compile(scalar, rowColumns);
  }

  /** Compiles an expression that sees one more variable, bound by who evaluates it. */
  Evaluator compileWithLocal(Scalar scalar, int slot, BitSet rowColumns) {
    locals.set(slot);
    Evaluator evaluator = compile(scalar, rowColumns);
    locals.clear(slot);
    return evaluator;
  }

  /** The same with several variables. */
  Evaluator compileWithLocals(Scalar scalar, BitSet slots, BitSet rowColumns) {
    BitSet outer = (BitSet) locals.clone();
    locals.or(slots);
    Evaluator evaluator = compile(scalar, rowColumns);
    locals.clear();
    locals.or(outer);
    return evaluator;
  }

  private Evaluator[] compileAll(List<? extends Scalar> scalars) {
    Evaluator[] evaluators = new Evaluator[scalars.size()];
    for (int i = 0; i < evaluators.length; i++) {
      evaluators[i] = compile(scalars.get(i));
    }
    return evaluators;
  }

  private @Nullable Evaluator compileOrNull(@Nullable Scalar scalar) {
    return scalar == null ? null : compile(scalar);
  }

  private Evaluator compile(Scalar scalar) {
    boolean once = !insideOnce && SteadyScalars.isWorthKeeping(scalar);
    if (!once) {
      return compileEach(scalar);
    }
    insideOnce = true;
    Evaluator evaluator = new OnceEvaluator(state.memory, compileEach(scalar));
    insideOnce = false;
    return evaluator;
  }

  private Evaluator compileEach(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant constant -> new LeafEvaluators.Constant(constant.value());
      case Scalar.Parameter parameter -> parameter(parameter.name());
      case Scalar.Slot slot ->
          locals.get(slot.slot())
              ? new LeafEvaluators.Local(state, slot.slot())
              : new LeafEvaluators.Column(slot.slot());
      case Scalar.Property property ->
          new PropertyEvaluator(
              state, compile(property.subject()), property.key(), property.origin());
      case Scalar.Strided strided ->
          new CollectionEvaluators.Strided(
              compile(strided.list()), strided.offset(), strided.stride(), strided.spare());
      case Scalar.HasAnyLabel test -> new LabelEvaluators.HasAny(state, compile(test.subject()));
      case Scalar.HasDynamicLabels test ->
          new LabelEvaluators.HasDynamic(
              state, compile(test.subject()), compile(test.names()), test.all());
      case Scalar.HasLabels test ->
          new HasLabelsEvaluator(state, compile(test.subject()), test.labels());
      case Scalar.Call call -> call(call);
      case Scalar.Unary unary -> unary(unary);
      case Scalar.Typed typed -> {
        grows = true;
        yield new TypeEvaluator(state, typed, compile(typed.operand()));
      }
      case Scalar.Binary binary -> binary(binary);
      case Scalar.Chain chain -> {
        grows = true;
        yield new ChainEvaluator(state, chain, compileAll(chain.operands()));
      }
      case Scalar.And and -> new LogicEvaluators.Junction(compileAll(and.operands()), false);
      case Scalar.Or or -> new LogicEvaluators.Junction(compileAll(or.operands()), true);
      case Scalar.Subscript subscript ->
          new CollectionEvaluators.Subscript(
              state, compile(subscript.subject()), compile(subscript.index()), subscript.origin());
      case Scalar.Slice slice -> slice(slice);
      case Scalar.ListLiteral list ->
          new CollectionEvaluators.ListLiteral(compileAll(list.elements()));
      case Scalar.MapLiteral map ->
          new CollectionEvaluators.MapLiteral(map.keys(), compileAll(map.values()));
      case Scalar.MapProjection map ->
          new CollectionEvaluators.MapProjection(
              state,
              compile(map.subject()),
              map.all(),
              new CollectionEvaluators.MapLiteral(map.keys(), compileAll(map.values())));
      case Scalar.ListComprehension comprehension -> comprehension(comprehension);
      case Scalar.Quantifier quantifier -> quantifier(quantifier);
      case Scalar.Reduce reduce -> reduce(reduce);
      case Scalar.Case choice ->
          new IterationEvaluators.Case(
              compileOrNull(choice.subject()),
              compileAll(choice.conditions()),
              compileAll(choice.results()),
              compileOrNull(choice.otherwise()));
      case Scalar.Nested nested -> {
        grows = true;
        yield plans.inner().nested(nested, columns, locals, this);
      }
      case Scalar.PathOf path ->
          new PathEvaluator(state, compileAll(path.nodes()), compileAll(path.relationships()));
    };
  }

  private Evaluator slice(Scalar.Slice slice) {
    grows = true;
    return new CollectionEvaluators.Slice(
        state,
        compile(slice.subject()),
        compileOrNull(slice.from()),
        compileOrNull(slice.to()),
        slice.origin());
  }

  private Evaluator parameter(String name) {
    if (!state.parameters.containsKey(name)) {
      throw new WeftException(
          ErrorCode.MISSING_PARAMETER, "the query needs a value for the parameter $" + name);
    }
    return new LeafEvaluators.Constant(state.parameters.get(name));
  }

  private Evaluator call(Scalar.Call call) {
    if (call.function().equals("coalesce")) {
      return new IterationEvaluators.Coalesce(compileAll(call.arguments()));
    }
    FunctionDefinition definition = FunctionRegistry.standard().scalar(call.function());
    UserFunction own = definition == null ? state.function(call.function()) : null;
    if (own != null) {
      return new UserCallEvaluator(state, own, compileAll(call.arguments()), call.origin());
    }
    if (definition == null) {
      throw new WeftException(
          ErrorCode.UNKNOWN_FUNCTION, "there is no function " + call.function());
    }
    grows = true;
    return new CallEvaluator(state, definition, compileAll(call.arguments()), call.origin());
  }

  private Evaluator unary(Scalar.Unary unary) {
    Evaluator operand = compile(unary.operand());
    return switch (unary.operator()) {
      case NOT -> new LogicEvaluators.Not(operand);
      case IS_NULL -> new LogicEvaluators.NullTest(operand, true);
      case IS_NOT_NULL -> new LogicEvaluators.NullTest(operand, false);
      case NEGATE -> new Sign(operand, true, unary.origin());
      case PLUS -> new Sign(operand, false, unary.origin());
    };
  }

  /** Unary minus and plus. */
  private static final class Sign extends Evaluator {
    private final Evaluator operand;
    private final boolean negate;
    private final Origin origin;

    Sign(Evaluator operand, boolean negate, Origin origin) {
      this.origin = origin;
      this.operand = operand;
      this.negate = negate;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object value = operand.value(batch, row);
      try {
        return negate ? Arithmetic.negate(value) : Arithmetic.plus(value);
      } catch (WeftException failure) {
        throw origin.locate(failure);
      }
    }
  }

  private Evaluator binary(Scalar.Binary binary) {
    Evaluator left = compile(binary.left());
    Evaluator right = compile(binary.right());
    grows |=
        binary.operator() == Scalar.BinaryOperator.ADD
            || binary.operator() == Scalar.BinaryOperator.CONCATENATE;
    return switch (binary.operator()) {
      case ADD, CONCATENATE, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
          new ArithmeticEvaluator(state, binary.operator(), left, right, binary.origin());
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          new ComparisonEvaluator(binary.operator(), left, right);
      case XOR -> new LogicEvaluators.Xor(left, right);
      case IN -> new CollectionEvaluators.In(state, left, right, binary.origin());
      case STARTS_WITH, ENDS_WITH, CONTAINS -> new TextEvaluator(binary.operator(), left, right);
      case MATCHES -> new RegexEvaluator(state, left, right, binary.origin());
    };
  }

  private Evaluator comprehension(Scalar.ListComprehension comprehension) {
    grows = true;
    Evaluator list = compile(comprehension.list());
    locals.set(comprehension.slot());
    Evaluator filter = compileOrNull(comprehension.filter());
    Evaluator element = compileOrNull(comprehension.result());
    locals.clear(comprehension.slot());
    return new IterationEvaluators.ListComprehension(
        state, comprehension.slot(), list, filter, element, comprehension.origin());
  }

  private Evaluator quantifier(Scalar.Quantifier quantifier) {
    Evaluator list = compile(quantifier.list());
    locals.set(quantifier.slot());
    Evaluator predicate = compile(quantifier.predicate());
    locals.clear(quantifier.slot());
    return new IterationEvaluators.Quantifier(
        state, quantifier.kind(), quantifier.slot(), list, predicate, quantifier.origin());
  }

  private Evaluator reduce(Scalar.Reduce reduce) {
    grows = true;
    Evaluator initial = compile(reduce.initial());
    Evaluator list = compile(reduce.list());
    locals.set(reduce.accumulatorSlot());
    locals.set(reduce.slot());
    Evaluator step = compile(reduce.step());
    locals.clear(reduce.accumulatorSlot());
    locals.clear(reduce.slot());
    return new IterationEvaluators.Reduce(
        state, reduce.accumulatorSlot(), initial, reduce.slot(), list, step, reduce.origin());
  }

  /** The locals bound around what is compiled next; an inner plan sees them as columns. */
  BitSet takeLocals() {
    BitSet taken = Slots.copy(locals);
    locals.clear();
    return taken;
  }

  void restoreLocals(BitSet taken) {
    locals.clear();
    locals.or(taken);
  }
}
