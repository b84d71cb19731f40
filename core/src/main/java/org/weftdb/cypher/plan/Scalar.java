package org.weftdb.cypher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.type.TypeExpression;

/**
 * An expression of a plan: names are resolved to slots, patterns inside expressions are planned,
 * sugar is gone. The executor compiles it; rewrite rules match on it.
 *
 * <p>What can fail on the values it meets has the place it comes from as its last component.
 *
 * <p>Labels, types and property keys stay names, because a plan outlives the catalog it was made
 * with; the executor resolves them when a query starts.
 */
public sealed interface Scalar {

  /**
   * A value known when planning: null, Boolean, Long, Double, String, or a list or map of these.
   */
  record Constant(@Nullable Object value) implements Scalar {}

  /** The value that the caller gave for {@code $name}. */
  record Parameter(String name) implements Scalar {}

  /** The value of a column, or of a variable bound inside an expression. */
  record Slot(int slot, SlotKind kind, String name) implements Scalar {}

  /** {@code subject.key} where the subject is a node, relationship, map or null. */
  record Property(Scalar subject, String key, Origin origin) implements Scalar {
    public Property(Scalar subject, String key) {
      this(subject, key, Origin.NONE);
    }
  }

  /** {@code subject:A:B} on a node (all labels) or {@code r:T} on a relationship. */
  record HasLabels(Scalar subject, List<String> labels) implements Scalar {
    public HasLabels {
      labels = List.copyOf(labels);
    }
  }

  /** {@code n:%}: whether a node has a label at all; true for a relationship. */
  record HasAnyLabel(Scalar subject) implements Scalar {}

  /**
   * {@code n:$(names)}: the same as {@link HasLabels} for names that are computed, a string or a
   * list of strings; all of them or any.
   */
  record HasDynamicLabels(Scalar subject, Scalar names, boolean all) implements Scalar {}

  /**
   * Every {@code stride}th element of a list from one on: element {@code offset + i * stride} for
   * each i below {@code (size - spare) / stride}.
   */
  record Strided(Scalar list, int offset, int stride, int spare) implements Scalar {}

  /** A call of a scalar function by its canonical lower-case name; arguments are checked. */
  record Call(String function, List<Scalar> arguments, Origin origin) implements Scalar {
    public Call {
      arguments = List.copyOf(arguments);
    }

    public Call(String function, List<Scalar> arguments) {
      this(function, arguments, Origin.NONE);
    }
  }

  /** Operators with one operand. */
  enum UnaryOperator {
    NOT,
    NEGATE,
    PLUS,
    IS_NULL,
    IS_NOT_NULL
  }

  record Unary(UnaryOperator operator, Scalar operand, Origin origin) implements Scalar {
    public Unary(UnaryOperator operator, Scalar operand) {
      this(operator, operand, Origin.NONE);
    }
  }

  /** What is done with a value and a type. */
  enum TypeOperation {
    IS,
    IS_NOT,
    CAST,
    TRY_CAST
  }

  /** {@code operand IS :: type} and casts. */
  record Typed(TypeOperation operation, Scalar operand, TypeExpression type, Origin origin)
      implements Scalar {}

  /** Operators with two operands. AND and OR are n-ary: {@link And}, {@link Or}. */
  enum BinaryOperator {
    ADD,
    CONCATENATE,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MODULO,
    POWER,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    XOR,
    IN,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS,
    MATCHES
  }

  record Binary(BinaryOperator operator, Scalar left, Scalar right, Origin origin)
      implements Scalar {
    public Binary(BinaryOperator operator, Scalar left, Scalar right) {
      this(operator, left, right, Origin.NONE);
    }
  }

  /**
   * Operands joined by arithmetic operators, computed from left to right: what a tree of {@link
   * Binary} means that leans to the left, without its height.
   */
  record Chain(List<Scalar> operands, List<BinaryOperator> operators, Origin origin)
      implements Scalar {
    public Chain {
      operands = List.copyOf(operands);
      operators = List.copyOf(operators);
    }
  }

  record And(List<Scalar> operands) implements Scalar {
    public And {
      operands = List.copyOf(operands);
    }
  }

  record Or(List<Scalar> operands) implements Scalar {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /** {@code subject[index]}: list element, or map, node or relationship property by name. */
  record Subscript(Scalar subject, Scalar index, Origin origin) implements Scalar {
    public Subscript(Scalar subject, Scalar index) {
      this(subject, index, Origin.NONE);
    }
  }

  /** {@code subject[from..to]}; a missing bound is null. */
  record Slice(Scalar subject, @Nullable Scalar from, @Nullable Scalar to, Origin origin)
      implements Scalar {}

  record ListLiteral(List<Scalar> elements) implements Scalar {
    public ListLiteral {
      elements = List.copyOf(elements);
    }
  }

  /** Keys and values in the order they were written. */
  record MapLiteral(List<String> keys, List<Scalar> values) implements Scalar {
    public MapLiteral {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }
  }

  /**
   * {@code subject {.*, .a, b: x}}; {@code all} says that {@code .*} was written. Plain property
   * selectors come as entries whose value is a {@link Property}.
   */
  record MapProjection(Scalar subject, boolean all, List<String> keys, List<Scalar> values)
      implements Scalar {
    public MapProjection {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }
  }

  /** {@code [variable IN list WHERE filter | result]}; a missing part is null. */
  record ListComprehension(
      int slot, Scalar list, @Nullable Scalar filter, @Nullable Scalar result, Origin origin)
      implements Scalar {}

  /** {@code all|any|none|single(variable IN list WHERE predicate)}. */
  enum QuantifierKind {
    ALL,
    ANY,
    NONE,
    SINGLE
  }

  record Quantifier(QuantifierKind kind, int slot, Scalar list, Scalar predicate, Origin origin)
      implements Scalar {}

  /** {@code reduce(accumulator = initial, variable IN list | step)}. */
  record Reduce(
      int accumulatorSlot, Scalar initial, int slot, Scalar list, Scalar step, Origin origin)
      implements Scalar {}

  /**
   * {@code CASE}: with a subject the conditions are compared with it by {@code =}, without one they
   * are predicates. The subject is evaluated once.
   */
  record Case(
      @Nullable Scalar subject,
      List<Scalar> conditions,
      List<Scalar> results,
      @Nullable Scalar otherwise)
      implements Scalar {
    public Case {
      conditions = List.copyOf(conditions);
      results = List.copyOf(results);
    }
  }

  /** What a nested plan answers. */
  enum NestedKind {
    /** True when it has a row. */
    EXISTS,
    /** The number of its rows. */
    COUNT,
    /** The list of the values of {@code result} over its rows. */
    COLLECT
  }

  /**
   * A plan that runs once for each value of its arguments: {@code EXISTS}, a pattern predicate, a
   * pattern comprehension. Its leaf is {@link Plan.Argument}; it reads the columns of the row it is
   * evaluated for under their own slots.
   */
  record Nested(NestedKind kind, Plan plan, @Nullable Scalar result) implements Scalar {}

  /**
   * The path through alternating node and relationship slots: {@code nodes.size() ==
   * relationships.size() + 1}. A relationship slot of kind {@link SlotKind#RELATIONSHIP_LIST}
   * stands for a variable-length part; its list is always in the order from the left node to the
   * right one.
   */
  record PathOf(List<Slot> nodes, List<Slot> relationships) implements Scalar {
    public PathOf {
      nodes = List.copyOf(nodes);
      relationships = List.copyOf(relationships);
    }
  }
}
