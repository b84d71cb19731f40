package org.weftdb.cypher.semantic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.CaseBranch;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.MapEntry;
import org.weftdb.cypher.ast.MapProjectionItem;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.QuantifiedPath;
import org.weftdb.cypher.ast.RelationshipPattern;

/**
 * The variables of the row that occur in an expression: those that it declares itself are left out.
 * Subqueries count as one variable of an impossible name, for they depend on more than the row.
 */
final class MentionedVariables {
  private static final String GRAPH = "";

  private final Set<String> found;
  private Set<String> local = Set.of();

  private MentionedVariables(Set<String> found) {
    this.found = found;
  }

  static void add(Expression expression, Set<String> found) {
    new MentionedVariables(found).visit(expression);
  }

  private void visit(@Nullable Expression expression) {
    switch (expression) {
      case null -> {}
      case Expression.Literal literal -> {}
      case Expression.Parameter parameter -> {}
      case Expression.CountStar count -> {}
      case Expression.CaseOperand operand -> {}
      case Variable variable -> visitVariable(variable);
      case Expression.FunctionCall call -> visitAll(call.arguments());
      case Expression.ListLiteral list -> visitAll(list.elements());
      case Expression.MapLiteral map -> visitMap(map);
      case Expression.Property property -> visit(property.subject());
      case Expression.Subscript subscript -> {
        visit(subscript.subject());
        visit(subscript.index());
      }
      case Expression.Slice slice -> {
        visit(slice.subject());
        visit(slice.from());
        visit(slice.to());
      }
      case Expression.LabelPredicate predicate -> visit(predicate.subject());
      case Expression.LabelTest test -> {
        visit(test.subject());
        visitAll(test.labels().expressions());
      }
      case Expression.Not not -> visit(not.operand());
      case Expression.Negate negate -> visit(negate.operand());
      case Expression.UnaryPlus plus -> visit(plus.operand());
      case Expression.IsNull isNull -> visit(isNull.operand());
      case Expression.TypeTest test -> visit(test.operand());
      case Expression.Cast cast -> visit(cast.operand());
      case Expression.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
      }
      case Expression.Chain chain -> visitAll(chain.operands());
      case Expression.Logical logical -> visitAll(logical.operands());
      case Expression.Comparison comparison -> visitAll(comparison.operands());
      case Expression.Case conditional -> visitCase(conditional);
      case Expression.ListComprehension comprehension -> {
        visit(comprehension.list());
        Set<String> outer = declare(comprehension.variable());
        visit(comprehension.where());
        visit(comprehension.projection());
        local = outer;
      }
      case Expression.PatternComprehension comprehension -> visitPattern(comprehension);
      case Expression.Quantifier quantifier -> {
        visit(quantifier.list());
        Set<String> outer = declare(quantifier.variable());
        visit(quantifier.condition());
        local = outer;
      }
      case Expression.Reduce reduce -> {
        visit(reduce.initial());
        visit(reduce.list());
        Set<String> outer = declare(reduce.variable());
        declare(reduce.accumulator());
        visit(reduce.step());
        local = outer;
      }
      case Expression.MapProjection projection -> visitMapProjection(projection);
      case Expression.PatternPredicate predicate -> visitPath(predicate.pattern());
      case Expression.ShortestPath path -> visitPath(path.pattern());
      case Expression.ExistsSubquery exists -> found.add(GRAPH);
      case Expression.CountSubquery count -> found.add(GRAPH);
      case Expression.CollectSubquery collect -> found.add(GRAPH);
    }
  }

  private void visitVariable(Variable variable) {
    if (!local.contains(variable.name())) {
      found.add(variable.name());
    }
  }

  private void visitAll(List<Expression> expressions) {
    for (Expression expression : expressions) {
      visit(expression);
    }
  }

  private void visitMap(Expression.MapLiteral map) {
    for (MapEntry entry : map.entries()) {
      visit(entry.value());
    }
  }

  private void visitCase(Expression.Case conditional) {
    visit(conditional.operand());
    for (CaseBranch branch : conditional.branches()) {
      visitAll(branch.conditions());
      visit(branch.result());
    }
    visit(conditional.otherwise());
  }

  private void visitMapProjection(Expression.MapProjection projection) {
    visitVariable(projection.subject());
    for (MapProjectionItem item : projection.items()) {
      switch (item) {
        case MapProjectionItem.AllProperties all -> {}
        case MapProjectionItem.OneProperty property -> {}
        case MapProjectionItem.VariableEntry entry -> visitVariable(entry.variable());
        case MapProjectionItem.LiteralEntry entry -> visit(entry.value());
      }
    }
  }

  /** Its own variables are not told apart from those of the row: all of them are mentioned. */
  private void visitPattern(Expression.PatternComprehension comprehension) {
    found.add(GRAPH);
    visitPath(comprehension.pattern());
    visit(comprehension.where());
    visit(comprehension.projection());
  }

  private void visitPath(PathPattern path) {
    found.add(GRAPH);
    for (NodePattern node : path.nodes()) {
      visit(node.variable());
      visit(node.properties());
      visitLabels(node.labelExpression());
      visit(node.where());
    }
    for (PathConnection connection : path.connections()) {
      switch (connection) {
        case RelationshipPattern relationship -> {
          visit(relationship.variable());
          visit(relationship.properties());
          visitLabels(relationship.typeExpression());
          visit(relationship.where());
        }
        case QuantifiedPath quantified -> {
          visitPath(quantified.path());
          visit(quantified.where());
        }
      }
    }
  }

  private void visitLabels(@Nullable LabelExpression labels) {
    if (labels != null) {
      visitAll(labels.expressions());
    }
  }

  /** Answers what to set {@link #local} to afterwards. */
  private Set<String> declare(Variable variable) {
    Set<String> outer = local;
    local = new HashSet<>(outer);
    local.add(variable.name());
    return outer;
  }
}
