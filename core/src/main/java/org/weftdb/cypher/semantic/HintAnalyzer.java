package org.weftdb.cypher.semantic;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Hint;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.QuantifiedPath;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.error.ErrorCode;

/**
 * Checks that a hint is about what is matched. Whether there is such an index is not asked: the
 * planner decides by what the store has, and does without hints.
 */
final class HintAnalyzer {
  private final AnalysisContext context;
  private final Clause.Match match;

  HintAnalyzer(AnalysisContext context, Clause.Match match) {
    this.context = context;
    this.match = match;
  }

  /**
   * Checks a hint.
   *
   * @param scope with the variables of the pattern
   */
  void analyze(Hint hint, Scope scope) {
    for (Variable variable : hint.variables()) {
      check(hint, variable, scope);
    }
    Variable first = hint.variables().get(0);
    if (hint.kind() == Hint.Kind.JOIN) {
      boolean connected = false;
      for (PatternPart part : match.pattern().parts()) {
        connected |= !part.path().connections().isEmpty();
      }
      if (!connected) {
        throw composition("A join of a single node, expected a pattern with relationships", hint);
      }
    } else if (!isLabelled(first.name(), hint.labelOrType())) {
      throw composition(
          "The hint is about '"
              + hint.labelOrType()
              + "', expected this label or type of '"
              + first.name()
              + "' in the pattern or in WHERE",
          hint);
    }
  }

  private void check(Hint hint, Variable variable, Scope scope) {
    String name = variable.name();
    if (!scope.contains(name)) {
      throw context.error(
          ErrorCode.UNDEFINED_VARIABLE,
          "Variable '" + name + "' is not defined, expected one of the pattern",
          variable.span());
    }
    VariableKind kind = scope.kind(name);
    boolean join = hint.kind() == Hint.Kind.JOIN;
    if (kind != VariableKind.NODE && (join || kind != VariableKind.RELATIONSHIP)) {
      throw context.error(
          ErrorCode.VARIABLE_TYPE_CONFLICT,
          "Variable '"
              + name
              + "' cannot have this hint, expected "
              + (join ? "a node" : "a node or relationship"),
          variable.span());
    }
  }

  private RuntimeException composition(String what, Hint hint) {
    return context.error(ErrorCode.INVALID_CLAUSE_COMPOSITION, what, hint.span());
  }

  private boolean isLabelled(String variable, String name) {
    for (PatternPart part : match.pattern().parts()) {
      if (isLabelled(part.path(), variable, name)) {
        return true;
      }
    }
    return asks(match.where(), variable, name);
  }

  private static boolean isLabelled(PathPattern path, String variable, String name) {
    for (NodePattern node : path.nodes()) {
      if (isNamed(node.variable(), variable)
          && (node.labels().contains(name) || mentions(node.labelExpression(), name))) {
        return true;
      }
      if (asks(node.where(), variable, name)) {
        return true;
      }
    }
    for (PathConnection connection : path.connections()) {
      boolean found =
          switch (connection) {
            case RelationshipPattern r ->
                isNamed(r.variable(), variable)
                    && (r.types().contains(name) || mentions(r.typeExpression(), name));
            case QuantifiedPath q -> isLabelled(q.path(), variable, name);
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamed(@Nullable Variable variable, String name) {
    return variable != null && variable.name().equals(name);
  }

  /** Whether a condition asks for a label of a variable. */
  private static boolean asks(@Nullable Expression condition, String variable, String name) {
    return switch (condition) {
      case Expression.LabelPredicate test ->
          isVariable(test.subject(), variable) && test.labels().contains(name);
      case Expression.LabelTest test ->
          isVariable(test.subject(), variable) && mentions(test.labels(), name);
      case Expression.Logical logical -> {
        boolean found = false;
        for (Expression operand : logical.operands()) {
          found |= asks(operand, variable, name);
        }
        yield found;
      }
      case null, default -> false;
    };
  }

  private static boolean isVariable(Expression expression, String name) {
    return expression instanceof Variable variable && variable.name().equals(name);
  }

  private static boolean mentions(@Nullable LabelExpression labels, String name) {
    return switch (labels) {
      case LabelExpression.Name one -> one.name().equals(name);
      case LabelExpression.Not not -> mentions(not.operand(), name);
      case LabelExpression.And and -> anyMentions(and.operands(), name);
      case LabelExpression.Or or -> anyMentions(or.operands(), name);
      case LabelExpression.Wildcard any -> false;
      case LabelExpression.Dynamic dynamic -> false;
      case null -> false;
    };
  }

  private static boolean anyMentions(List<LabelExpression> labels, String name) {
    for (LabelExpression each : labels) {
      if (mentions(each, name)) {
        return true;
      }
    }
    return false;
  }
}
