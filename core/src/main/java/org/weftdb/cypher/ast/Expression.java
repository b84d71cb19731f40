package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.type.TypeExpression;

/**
 * Something that has a value in a row.
 *
 * <p>Long flat chains stay flat: AND, OR, XOR and comparisons hold lists. Other binary operators
 * nest to the left, and the parser bounds how deep.
 */
public sealed interface Expression extends AstNode {

  /** A value written out, other than lists and maps, which have expressions inside. */
  sealed interface Literal extends Expression
      permits NullLiteral, BooleanLiteral, IntegerLiteral, FloatLiteral, StringLiteral {}

  record NullLiteral(Span span) implements Literal {}

  record BooleanLiteral(boolean value, Span span) implements Literal {}

  record IntegerLiteral(long value, Span span) implements Literal {}

  record FloatLiteral(double value, Span span) implements Literal {}

  record StringLiteral(String value, Span span) implements Literal {}

  /** {@code [a, b]}. */
  record ListLiteral(List<Expression> elements, Span span) implements Expression {
    public ListLiteral {
      elements = List.copyOf(elements);
    }
  }

  /** {@code {key: value}}; of equal keys the last one counts. */
  record MapLiteral(List<MapEntry> entries, Span span) implements Expression {
    public MapLiteral {
      entries = List.copyOf(entries);
    }
  }

  /** {@code $name}; a number is a name too. */
  record Parameter(String name, Span span) implements Expression {}

  /** A variable, used or declared. */
  record Variable(String name, Span span) implements Expression {}

  /** {@code subject.key}. */
  record Property(Expression subject, String key, Span span) implements Expression {}

  /** {@code subject[index]}: an element of a list, or a property or map entry by its name. */
  record Subscript(Expression subject, Expression index, Span span) implements Expression {}

  /** {@code subject[from..to]}. */
  record Slice(Expression subject, @Nullable Expression from, @Nullable Expression to, Span span)
      implements Expression {}

  /** {@code subject:Label:Label}: whether a node has all the labels, or a relationship the type. */
  record LabelPredicate(Expression subject, List<String> labels, Span span) implements Expression {
    public LabelPredicate {
      labels = List.copyOf(labels);
      Checks.notEmpty(labels, "no labels");
    }
  }

  /** {@code subject:A|!B}: whether the labels of a node, or the type, are as described. */
  record LabelTest(Expression subject, LabelExpression labels, Span span) implements Expression {}

  /** {@code NOT operand}. */
  record Not(Expression operand, Span span) implements Expression {}

  /** {@code -operand}; a number with a minus sign is a literal. */
  record Negate(Expression operand, Span span) implements Expression {}

  /** {@code +operand}. */
  record UnaryPlus(Expression operand, Span span) implements Expression {}

  /** {@code operand IS [NOT] NULL}. */
  record IsNull(Expression operand, boolean negated, Span span) implements Expression {}

  /** {@code operand IS [NOT] :: type}. */
  record TypeTest(Expression operand, TypeExpression type, boolean negated, Span span)
      implements Expression {}

  /** {@code CAST(operand AS type)}, also written {@code operand::type}, and {@code TRY_CAST}. */
  record Cast(Expression operand, TypeExpression type, boolean orNull, Span span)
      implements Expression {}

  /** {@code left operator right}. */
  record Binary(BinaryOperator operator, Expression left, Expression right, Span span)
      implements Expression {}

  /**
   * {@code a + b - c ...}: many operands joined by arithmetic operators that bind equally strong,
   * computed from left to right; an operator between every two operands. The parser makes one of a
   * long row only, where a tree of {@link Binary} would be as high as the row is long.
   */
  record Chain(List<Expression> operands, List<BinaryOperator> operators, Span span)
      implements Expression {
    public Chain {
      operands = List.copyOf(operands);
      operators = List.copyOf(operators);
      Checks.that(
          operators.size() >= 2 && operands.size() == operators.size() + 1,
          "needs an operator between every two operands");
    }
  }

  /** The operators of {@link Binary} and {@link Chain}. */
  enum BinaryOperator {
    ADD("+"),
    CONCATENATE("||"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%"),
    POWER("^"),
    IN("IN"),
    STARTS_WITH("STARTS WITH"),
    ENDS_WITH("ENDS WITH"),
    CONTAINS("CONTAINS"),
    REGEX_MATCH("=~");

    private final String symbol;

    BinaryOperator(String symbol) {
      this.symbol = symbol;
    }

    /** As it is written in a query. */
    public String symbol() {
      return symbol;
    }
  }

  /** {@code a AND b AND c}, and the same for OR and XOR; at least two operands. */
  record Logical(LogicalOperator operator, List<Expression> operands, Span span)
      implements Expression {
    public Logical {
      operands = List.copyOf(operands);
      Checks.that(operands.size() >= 2, "needs two operands");
    }
  }

  /** The operators of {@link Logical}; their names are their spelling. */
  enum LogicalOperator {
    AND,
    OR,
    XOR
  }

  /**
   * {@code a < b <= c}: the conjunction of {@code a < b} and {@code b <= c}; an operator between
   * every two operands.
   */
  record Comparison(List<Expression> operands, List<ComparisonOperator> operators, Span span)
      implements Expression {
    public Comparison {
      operands = List.copyOf(operands);
      operators = List.copyOf(operators);
      Checks.that(
          !operators.isEmpty() && operands.size() == operators.size() + 1,
          "needs an operator between every two operands");
    }
  }

  /** The operators of {@link Comparison}. */
  enum ComparisonOperator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    ComparisonOperator(String symbol) {
      this.symbol = symbol;
    }

    /** As it is written in a query. */
    public String symbol() {
      return symbol;
    }
  }

  /**
   * {@code name([DISTINCT] arguments)}; aggregates, {@code exists(...)} and the temporal and
   * spatial constructors too.
   *
   * @param name with its namespaces, joined by dots, as written
   */
  record FunctionCall(String name, boolean distinct, List<Expression> arguments, Span span)
      implements Expression {
    public FunctionCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code count(*)}. */
  record CountStar(Span span) implements Expression {}

  /**
   * {@code CASE [operand] WHEN ... THEN ... [ELSE otherwise] END}.
   *
   * @param operand what every condition is compared with, or null for conditions that are booleans
   */
  record Case(
      @Nullable Expression operand,
      List<CaseBranch> branches,
      @Nullable Expression otherwise,
      Span span)
      implements Expression {
    public Case {
      branches = List.copyOf(branches);
      Checks.notEmpty(branches, "CASE needs a WHEN");
    }

    /** Whether a condition is more than one value that the operand must equal. */
    public boolean isExtended() {
      for (CaseBranch branch : branches) {
        if (branch.conditions().size() > 1
            || CaseBranch.isAboutOperand(branch.conditions().get(0))) {
          return true;
        }
      }
      return false;
    }
  }

  /** The operand of the CASE around, which {@code WHEN > 3} compares without naming it. */
  record CaseOperand(Span span) implements Expression {}

  /** {@code [variable IN list WHERE where | projection]}. */
  record ListComprehension(
      Variable variable,
      Expression list,
      @Nullable Expression where,
      @Nullable Expression projection,
      Span span)
      implements Expression {}

  /** {@code [path = pattern WHERE where | projection]}. */
  record PatternComprehension(
      @Nullable Variable path,
      PathPattern pattern,
      @Nullable Expression where,
      Expression projection,
      Span span)
      implements Expression {}

  /** {@code all(variable IN list WHERE condition)} and its kin. */
  record Quantifier(
      QuantifierKind kind, Variable variable, Expression list, Expression condition, Span span)
      implements Expression {}

  /** The kinds of {@link Quantifier}. */
  enum QuantifierKind {
    ALL("all"),
    ANY("any"),
    NONE("none"),
    SINGLE("single");

    private final String word;

    QuantifierKind(String word) {
      this.word = word;
    }

    /** As it is written in a query. */
    public String word() {
      return word;
    }
  }

  /** {@code reduce(accumulator = initial, variable IN list | step)}. */
  record Reduce(
      Variable accumulator,
      Expression initial,
      Variable variable,
      Expression list,
      Expression step,
      Span span)
      implements Expression {}

  /** {@code subject {.key, other, key: value, .*}}. */
  record MapProjection(Variable subject, List<MapProjectionItem> items, Span span)
      implements Expression {
    public MapProjection {
      items = List.copyOf(items);
    }
  }

  /** A pattern used as a condition: whether it occurs; at least one relationship. */
  record PatternPredicate(PathPattern pattern, Span span) implements Expression {
    public PatternPredicate {
      Checks.that(!pattern.connections().isEmpty(), "needs a relationship");
    }
  }

  /** {@code shortestPath(pattern)} or {@code allShortestPaths(pattern)} as an expression. */
  record ShortestPath(PathSelection selection, PathPattern pattern, Span span)
      implements Expression {
    public ShortestPath {
      Checks.that(selection.isFunction(), "selects among paths");
    }
  }

  /**
   * {@code EXISTS { query }}: whether the query has a row. {@code EXISTS { pattern WHERE condition
   * }} is a query of one MATCH; the query need not end with RETURN.
   */
  record ExistsSubquery(Query query, Span span) implements Expression {}

  /** {@code COUNT { query }}: how many rows the query has; written like {@link ExistsSubquery}. */
  record CountSubquery(Query query, Span span) implements Expression {}

  /** {@code COLLECT { query }}: the values of the query's only column. */
  record CollectSubquery(Query query, Span span) implements Expression {}
}
