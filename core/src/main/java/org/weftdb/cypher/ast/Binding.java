package org.weftdb.cypher.ast;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.BinaryOperator;
import org.weftdb.cypher.ast.Expression.LogicalOperator;

/**
 * How strongly operators bind, from the weakest to the strongest. What binds equally strong
 * associates to the left, powers too, and signs bind stronger than powers do.
 */
public final class Binding {
  /** OR, and what an expression that stands alone binds like at least. */
  public static final int OR = 1;

  public static final int XOR = 2;
  public static final int AND = 3;
  public static final int NOT = 4;

  /** {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >}, {@code >=}. */
  public static final int COMPARISON = 5;

  /** IN, STARTS WITH, ENDS WITH, CONTAINS, {@code =~} and what begins with IS. */
  public static final int PREDICATE = 6;

  /** {@code +}, {@code -}, {@code ||}. */
  public static final int SUM = 7;

  /** {@code *}, {@code /}, {@code %}. */
  public static final int PRODUCT = 8;

  public static final int POWER = 9;

  /** A sign before an operand. */
  public static final int SIGN = 10;

  /** What needs no parentheses anywhere. */
  public static final int OPERAND = 11;

  private Binding() {}

  public static int of(LogicalOperator operator) {
    return switch (operator) {
      case OR -> OR;
      case XOR -> XOR;
      case AND -> AND;
    };
  }

  public static int of(BinaryOperator operator) {
    return switch (operator) {
      case ADD, SUBTRACT, CONCATENATE -> SUM;
      case MULTIPLY, DIVIDE, MODULO -> PRODUCT;
      case POWER -> POWER;
      case IN, STARTS_WITH, ENDS_WITH, CONTAINS, REGEX_MATCH -> PREDICATE;
    };
  }

  /** What stands on the left of the operator that an expression consists of, or null. */
  static @Nullable Expression leftOperand(Expression expression) {
    return switch (expression) {
      case Expression.Logical logical -> logical.operands().get(0);
      case Expression.Comparison comparison -> comparison.operands().get(0);
      case Expression.Binary binary -> binary.left();
      case Expression.Chain chain -> chain.operands().get(0);
      case Expression.IsNull isNull -> isNull.operand();
      case Expression.TypeTest test -> test.operand();
      default -> null;
    };
  }

  /** Of the operator that an expression consists of; an operand when it has none. */
  public static int of(Expression expression) {
    return switch (expression) {
      case Expression.Logical logical -> of(logical.operator());
      case Expression.Not not -> NOT;
      case Expression.Comparison comparison -> COMPARISON;
      case Expression.IsNull isNull -> PREDICATE;
      case Expression.TypeTest test -> PREDICATE;
      case Expression.Binary binary -> of(binary.operator());
      case Expression.Chain chain -> of(chain.operators().get(0));
      case Expression.Negate negate -> SIGN;
      case Expression.UnaryPlus plus -> SIGN;
      default -> OPERAND;
    };
  }
}
