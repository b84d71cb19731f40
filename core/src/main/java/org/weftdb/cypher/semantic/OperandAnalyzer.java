package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.MapEntry;
import org.weftdb.error.ErrorCode;

/** Checks literals with parts, and what follows an operand: keys, places and labels. */
final class OperandAnalyzer {
  private static final CypherType INDEXED =
      CypherType.LIST.or(CypherType.MAP).or(CypherType.ENTITY);
  private static final CypherType WITH_PROPERTIES =
      CypherType.ENTITY
          .or(CypherType.MAP)
          .or(CypherType.TEMPORAL)
          .or(CypherType.DURATION)
          .or(CypherType.POINT);

  private final AnalysisContext context;
  private final ExpressionAnalyzer expressions;

  OperandAnalyzer(AnalysisContext context, ExpressionAnalyzer expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  CypherType list(Expression.ListLiteral list, Scope scope) {
    CypherType element = CypherType.NULL;
    for (Expression expression : list.elements()) {
      element = element.or(expressions.type(expression, scope));
    }
    return CypherType.listOf(element);
  }

  CypherType map(Expression.MapLiteral map, Scope scope) {
    for (MapEntry entry : map.entries()) {
      expressions.type(entry.value(), scope);
    }
    return CypherType.MAP;
  }

  CypherType property(Expression.Property property, Scope scope) {
    CypherType subject = expressions.type(property.subject(), scope);
    boolean path = !subject.isNull() && subject.isAlways(CypherType.PATH);
    ErrorCode code = path ? ErrorCode.INVALID_ARGUMENT_TYPE : ErrorCode.INVALID_OPERAND_TYPE;
    expressions.expect(code, WITH_PROPERTIES, subject, property.subject().span());
    context.notices().read(subject, property);
    return CypherType.ANY;
  }

  CypherType subscript(Expression.Subscript subscript, Scope scope) {
    CypherType subject = expressions.type(subscript.subject(), scope);
    expressions.expect(
        ErrorCode.INVALID_OPERAND_TYPE, INDEXED, subject, subscript.subject().span());
    expressions.type(subscript.index(), scope);
    return subject.isAlways(CypherType.LIST) ? subject.element() : CypherType.ANY;
  }

  CypherType slice(Expression.Slice slice, Scope scope) {
    CypherType subject = expressions.type(slice.subject(), scope);
    expressions.expect(
        ErrorCode.INVALID_OPERAND_TYPE, CypherType.LIST, subject, slice.subject().span());
    for (Expression bound : present(slice.from(), slice.to())) {
      expressions.expect(CypherType.INTEGER, expressions.type(bound, scope), bound.span());
    }
    return subject.isAlways(CypherType.LIST) ? subject : CypherType.LIST;
  }

  private static List<Expression> present(@Nullable Expression first, @Nullable Expression second) {
    List<Expression> present = new ArrayList<>(2);
    if (first != null) {
      present.add(first);
    }
    if (second != null) {
      present.add(second);
    }
    return present;
  }

  CypherType labelPredicate(Expression.LabelPredicate predicate, Scope scope) {
    context.notices().tested(labelled(predicate.subject(), scope), predicate);
    return CypherType.BOOLEAN;
  }

  private CypherType labelled(Expression subject, Scope scope) {
    CypherType type = expressions.type(subject, scope);
    expressions.expect(CypherType.ENTITY, type, subject.span());
    return type;
  }

  CypherType labelTest(Expression.LabelTest test, Scope scope) {
    for (Expression names : test.labels().expressions()) {
      expressions.expect(
          CypherType.STRING.or(CypherType.LIST), expressions.type(names, scope), names.span());
    }
    context.notices().tested(labelled(test.subject(), scope), test);
    return CypherType.BOOLEAN;
  }
}
