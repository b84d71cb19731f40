package org.weftdb.cypher.semantic;

import java.util.List;
import org.weftdb.cypher.ast.CaseBranch;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Span;

/** Checks operators and finds out what they give. */
final class OperatorAnalyzer {
  private static final CypherType NUMBER_OR_TIME =
      CypherType.NUMBER.or(CypherType.TEMPORAL).or(CypherType.DURATION);
  private static final CypherType SIGNED = CypherType.NUMBER.or(CypherType.DURATION);

  private final ExpressionAnalyzer expressions;

  OperatorAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  CypherType signed(Expression operand, Scope scope) {
    CypherType type = expressions.type(operand, scope);
    expressions.expect(SIGNED, type, operand.span());
    return type;
  }

  CypherType chain(Expression.Chain chain, Scope scope) {
    List<Expression> operands = chain.operands();
    int start = chain.span().start();
    CypherType left = expressions.type(operands.get(0), scope);
    for (int i = 0; i < chain.operators().size(); i++) {
      Span place = new Span(start, operands.get(i).span().end());
      Expression operand = operands.get(i + 1);
      CypherType right = expressions.type(operand, scope);
      left = binary(chain.operators().get(i), left, place, right, operand.span());
    }
    return left;
  }

  CypherType binary(
      Expression.BinaryOperator operator,
      CypherType left,
      Span leftPlace,
      CypherType right,
      Span rightPlace) {
    return switch (operator) {
      case ADD -> sum(left, right);
      case CONCATENATE -> {
        CypherType parts = CypherType.STRING.or(CypherType.LIST).or(CypherType.BYTES);
        expressions.expect(parts, left, leftPlace);
        expressions.expect(parts, right, rightPlace);
        if (left.isAlways(CypherType.STRING) && !left.isNull()) {
          expressions.expect(CypherType.STRING, right, rightPlace);
        } else if (left.isAlways(CypherType.LIST) && !left.isNull()) {
          expressions.expect(CypherType.LIST, right, rightPlace);
        } else if (left.isAlways(CypherType.BYTES) && !left.isNull()) {
          expressions.expect(CypherType.BYTES, right, rightPlace);
          yield CypherType.BYTES;
        }
        yield sum(left, right);
      }
      case SUBTRACT, MULTIPLY, DIVIDE -> {
        expressions.expect(NUMBER_OR_TIME, left, leftPlace);
        expressions.expect(NUMBER_OR_TIME, right, rightPlace);
        yield sum(left, right);
      }
      case MODULO -> {
        expressions.expect(CypherType.NUMBER, left, leftPlace);
        expressions.expect(CypherType.NUMBER, right, rightPlace);
        yield sum(left, right);
      }
      case POWER -> {
        expressions.expect(CypherType.NUMBER, left, leftPlace);
        expressions.expect(CypherType.NUMBER, right, rightPlace);
        yield CypherType.FLOAT;
      }
      case IN -> {
        expressions.expect(CypherType.LIST, right, rightPlace);
        yield CypherType.BOOLEAN;
      }
      case STARTS_WITH, ENDS_WITH, CONTAINS, REGEX_MATCH -> CypherType.BOOLEAN;
    };
  }

  private static CypherType sum(CypherType left, CypherType right) {
    if (left.isNull() || right.isNull()) {
      return CypherType.NULL;
    }
    if (left.isAlways(CypherType.INTEGER) && right.isAlways(CypherType.INTEGER)) {
      return CypherType.INTEGER;
    }
    if (left.isAlways(CypherType.NUMBER) && right.isAlways(CypherType.NUMBER)) {
      boolean real = left.isAlways(CypherType.FLOAT) || right.isAlways(CypherType.FLOAT);
      return real ? CypherType.FLOAT : CypherType.NUMBER;
    }
    if (left.isAlways(CypherType.STRING) && right.isAlways(CypherType.STRING)) {
      return CypherType.STRING;
    }
    if (left.isAlways(CypherType.LIST) || right.isAlways(CypherType.LIST)) {
      return CypherType.LIST;
    }
    return CypherType.ANY;
  }

  CypherType logical(Expression.Logical logical, Scope scope) {
    for (Expression operand : logical.operands()) {
      expressions.condition(operand, scope);
    }
    return CypherType.BOOLEAN;
  }

  CypherType comparison(Expression.Comparison comparison, Scope scope) {
    for (Expression operand : comparison.operands()) {
      expressions.type(operand, scope);
    }
    return CypherType.BOOLEAN;
  }

  CypherType conditional(Expression.Case conditional, Scope scope) {
    if (conditional.operand() != null) {
      expressions.type(conditional.operand(), scope);
    }
    CypherType result =
        conditional.otherwise() == null
            ? CypherType.NULL
            : expressions.type(conditional.otherwise(), scope);
    for (CaseBranch branch : conditional.branches()) {
      for (Expression condition : branch.conditions()) {
        if (conditional.operand() == null) {
          expressions.condition(condition, scope);
        } else {
          expressions.type(condition, scope);
        }
      }
      result = result.or(expressions.type(branch.result(), scope));
    }
    return result;
  }
}
