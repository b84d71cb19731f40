package org.weftdb.cypher.semantic;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.CaseBranch;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.MapEntry;
import org.weftdb.cypher.ast.MapProjectionItem;

/** Finds aggregates in expressions; those of subqueries are none of theirs. */
final class Aggregates {
  private final AnalysisContext context;

  Aggregates(AnalysisContext context) {
    this.context = context;
  }

  boolean isAggregate(Expression expression) {
    if (expression instanceof Expression.FunctionCall call) {
      FunctionSignature signature = context.function(call.name());
      return signature != null && signature.aggregate();
    }
    return expression instanceof Expression.CountStar;
  }

  boolean in(@Nullable Expression expression) {
    return switch (expression) {
      case null -> false;
      case Expression.Literal literal -> false;
      case Expression.Parameter parameter -> false;
      case Expression.Variable variable -> false;
      case Expression.CountStar count -> true;
      case Expression.CaseOperand operand -> false;
      case Expression.FunctionCall call -> isAggregate(call) || inAny(call.arguments());
      case Expression.ListLiteral list -> inAny(list.elements());
      case Expression.MapLiteral map -> in(map);
      case Expression.Property property -> in(property.subject());
      case Expression.Subscript subscript -> in(subscript.subject()) || in(subscript.index());
      case Expression.Slice slice -> in(slice.subject()) || in(slice.from()) || in(slice.to());
      case Expression.LabelPredicate predicate -> in(predicate.subject());
      case Expression.LabelTest test -> in(test.subject()) || inAny(test.labels().expressions());
      case Expression.Not not -> in(not.operand());
      case Expression.Negate negate -> in(negate.operand());
      case Expression.UnaryPlus plus -> in(plus.operand());
      case Expression.IsNull isNull -> in(isNull.operand());
      case Expression.TypeTest test -> in(test.operand());
      case Expression.Cast cast -> in(cast.operand());
      case Expression.Binary binary -> in(binary.left()) || in(binary.right());
      case Expression.Chain chain -> inAny(chain.operands());
      case Expression.Logical logical -> inAny(logical.operands());
      case Expression.Comparison comparison -> inAny(comparison.operands());
      case Expression.Case conditional -> in(conditional);
      case Expression.ListComprehension comprehension ->
          in(comprehension.list()) || in(comprehension.where()) || in(comprehension.projection());
      case Expression.PatternComprehension comprehension ->
          in(comprehension.where()) || in(comprehension.projection());
      case Expression.Quantifier quantifier -> in(quantifier.list()) || in(quantifier.condition());
      case Expression.Reduce reduce ->
          in(reduce.initial()) || in(reduce.list()) || in(reduce.step());
      case Expression.MapProjection projection -> in(projection);
      case Expression.PatternPredicate predicate -> false;
      case Expression.ShortestPath path -> false;
      case Expression.ExistsSubquery exists -> false;
      case Expression.CountSubquery count -> false;
      case Expression.CollectSubquery collect -> false;
    };
  }

  private boolean inAny(List<Expression> expressions) {
    for (Expression expression : expressions) {
      if (in(expression)) {
        return true;
      }
    }
    return false;
  }

  private boolean in(Expression.MapLiteral map) {
    for (MapEntry entry : map.entries()) {
      if (in(entry.value())) {
        return true;
      }
    }
    return false;
  }

  private boolean in(Expression.Case conditional) {
    for (CaseBranch branch : conditional.branches()) {
      if (inAny(branch.conditions()) || in(branch.result())) {
        return true;
      }
    }
    return in(conditional.operand()) || in(conditional.otherwise());
  }

  private boolean in(Expression.MapProjection projection) {
    for (MapProjectionItem item : projection.items()) {
      if (item instanceof MapProjectionItem.LiteralEntry entry && in(entry.value())) {
        return true;
      }
    }
    return false;
  }
}
