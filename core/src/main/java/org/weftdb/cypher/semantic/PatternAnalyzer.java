package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.Pattern;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.QuantifiedPath;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.RelationshipPattern.Direction;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Checks patterns and declares their variables. */
final class PatternAnalyzer {
  private static final CypherType NAMES = CypherType.STRING.or(CypherType.LIST);
  private static final CypherType RELATIONSHIPS = CypherType.listOf(CypherType.RELATIONSHIP);

  private final AnalysisContext context;
  private final ExpressionAnalyzer expressions;

  PatternAnalyzer(AnalysisContext context, ExpressionAnalyzer expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  // Patterns that are searched for.

  /** A MATCH: its properties see all of its variables. Answers the scope with its variables. */
  Scope match(Pattern pattern, Scope before) {
    Scope scope = before;
    Set<String> relationships = new HashSet<>();
    for (PatternPart part : pattern.parts()) {
      checkSelection(part, pattern);
      if (part.selection() == PathSelection.ALL) {
        context.notices().allLengths(part.path());
      }
      scope = declare(part.path(), relationships, scope);
      for (QuantifiedPath quantified : repetitions(part.path())) {
        scope = declareGroup(quantified, true, before, scope);
      }
      scope = declarePath(part.variable(), scope);
    }
    for (PatternPart part : pattern.parts()) {
      matchedProperties(part.path(), scope);
      if (part.where() != null) {
        expressions.filter(part.where(), scope);
      }
    }
    return scope;
  }

  private void checkSelection(PatternPart part, Pattern pattern) {
    if (part.selection().isFunction()) {
      checkFunction(part.path());
    } else if (part.selection() != PathSelection.ALL && pattern.parts().size() > 1) {
      throw context.error(
          ErrorCode.INVALID_CLAUSE_COMPOSITION,
          "A selection among paths beside other paths of the same MATCH, expected it alone",
          part.span());
    }
  }

  private static List<QuantifiedPath> repetitions(PathPattern path) {
    List<QuantifiedPath> repetitions = new ArrayList<>();
    for (PathConnection connection : path.connections()) {
      if (connection instanceof QuantifiedPath quantified) {
        repetitions.add(quantified);
      }
    }
    return repetitions;
  }

  /**
   * Checks a repetition, whose inside sees its own variables and those from before the pattern, and
   * declares its variables as the lists that they are outside.
   *
   * @param clause whether the pattern is that of a clause, not inside an expression
   */
  private Scope declareGroup(
      QuantifiedPath quantified, boolean clause, Scope before, Scope outside) {
    PathPattern path = quantified.path();
    Scope inner = Scope.inside(before);
    for (Variable variable : variables(path)) {
      mustBeNew(variable, outside);
    }
    inner = declare(path, new HashSet<>(), inner);
    if (clause) {
      matchedProperties(path, inner);
    } else {
      comprehensionProperties(path, inner);
    }
    if (quantified.where() != null) {
      if (clause) {
        expressions.filter(quantified.where(), inner);
      } else {
        expressions.condition(quantified.where(), inner);
      }
    }
    Scope scope = outside;
    for (String name : inner.names()) {
      scope = scope.with(name, CypherType.listOf(inner.type(name)));
    }
    return scope;
  }

  private static List<Variable> variables(PathPattern path) {
    List<Variable> variables = new ArrayList<>();
    for (NodePattern node : path.nodes()) {
      if (node.variable() != null) {
        variables.add(node.variable());
      }
    }
    for (PathConnection connection : path.connections()) {
      if (connection instanceof RelationshipPattern single && single.variable() != null) {
        variables.add(single.variable());
      }
    }
    return variables;
  }

  /** The pattern of a comprehension; answers the scope with its variables. */
  Scope match(Expression.PatternComprehension comprehension, Scope before) {
    Scope scope = declare(comprehension.pattern(), new HashSet<>(), before);
    context.notices().allLengths(comprehension.pattern());
    Variable path = comprehension.path();
    for (QuantifiedPath quantified : repetitions(comprehension.pattern())) {
      scope = declareGroup(quantified, false, before, scope);
    }
    if (path != null) {
      scope = declarePath(path, scope);
    }
    comprehensionProperties(comprehension.pattern(), scope);
    return scope;
  }

  /** A pattern as a condition: it has no variables of its own. */
  void predicate(PathPattern pattern, Scope scope) {
    for (Variable variable : variables(pattern)) {
      mustExist(variable, scope);
    }
    declare(pattern, new HashSet<>(), scope);
    for (QuantifiedPath quantified : repetitions(pattern)) {
      for (Variable variable : variables(quantified.path())) {
        throw expressions.undefined(variable, scope);
      }
      declareGroup(quantified, false, scope, scope);
    }
    comprehensionProperties(pattern, scope);
  }

  private void mustExist(Variable variable, Scope scope) {
    if (!scope.contains(variable.name())) {
      throw expressions.undefined(variable, scope);
    }
  }

  /** The path inside shortestPath and allShortestPaths. */
  void checkFunction(PathPattern path) {
    boolean single =
        path.connections().size() == 1 && path.connections().get(0) instanceof RelationshipPattern;
    if (!single) {
      throw context.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "The path "
              + (path.hasQuantified()
                  ? "repeats a pattern"
                  : "has " + path.connections().size() + " relationship patterns")
              + ", expected exactly one in shortestPath and allShortestPaths",
          path.span());
    }
    RelationshipPattern relationship = path.relationship(0);
    if (relationship.length() != null && relationship.length().minimum() > 1) {
      throw context.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "The shortest path of at least "
              + relationship.length().minimum()
              + " relationships, expected a minimum of 0 or 1",
          relationship.span());
    }
  }

  /** Declares what is new; {@code relationships} collects those of one clause. */
  private Scope declare(PathPattern path, Set<String> relationships, Scope before) {
    context.notices().searched(path);
    Scope scope = declareNode(path.nodes().get(0).variable(), before);
    for (int i = 0; i < path.connections().size(); i++) {
      if (path.connections().get(i) instanceof RelationshipPattern relationship) {
        scope = declareRelationship(relationship, relationships, scope);
      }
      scope = declareNode(path.nodes().get(i + 1).variable(), scope);
    }
    return scope;
  }

  private Scope declareNode(@Nullable Variable variable, Scope scope) {
    return variable == null ? scope : bind(variable, CypherType.NODE, CypherType.NODE, scope);
  }

  private Scope declareRelationship(
      RelationshipPattern relationship, Set<String> relationships, Scope scope) {
    Variable variable = relationship.variable();
    if (variable == null) {
      return scope;
    }
    boolean single = relationship.length() == null;
    Scope after =
        single
            ? bind(variable, CypherType.RELATIONSHIP, CypherType.RELATIONSHIP, scope)
            : bind(variable, RELATIONSHIPS, CypherType.LIST, scope);
    if (!relationships.add(variable.name())) {
      throw context.error(
          ErrorCode.RELATIONSHIP_UNIQUENESS_VIOLATION,
          "Relationship '" + variable.name() + "' occurs twice in one clause, expected once",
          variable.span());
    }
    return after;
  }

  /** Declares the variable, or checks that it can hold what its place in the pattern needs. */
  private Scope bind(Variable variable, CypherType type, CypherType needed, Scope scope) {
    CypherType bound = scope.find(variable.name());
    if (bound == null) {
      return scope.with(variable.name(), type);
    }
    if (!bound.canBe(needed)) {
      throw context.error(
          ErrorCode.VARIABLE_TYPE_CONFLICT,
          "Variable '"
              + variable.name()
              + "' is "
              + bound.description()
              + ", expected "
              + needed.description(),
          variable.span());
    }
    return scope;
  }

  private Scope declarePath(@Nullable Variable variable, Scope scope) {
    if (variable == null) {
      return scope;
    }
    mustBeNew(variable, scope);
    return scope.with(variable.name(), CypherType.PATH);
  }

  void mustBeNew(Variable variable, Scope scope) {
    if (scope.contains(variable.name())) {
      throw alreadyBound(variable);
    }
  }

  private WeftException alreadyBound(Variable variable) {
    return context.error(
        ErrorCode.VARIABLE_ALREADY_BOUND,
        "Variable '" + variable.name() + "' is already bound, expected a new name",
        variable.span());
  }

  private void matchedProperties(PathPattern path, Scope scope) {
    for (Expression properties : PathProperties.of(path)) {
      mustNotBeParameter(properties);
      expressions.row(properties, scope, "a pattern");
    }
    for (Expression names : PathProperties.names(path)) {
      CypherType type = expressions.row(names, scope, "a pattern");
      expressions.expect(NAMES, type, names.span());
    }
    for (Expression condition : PathProperties.conditions(path)) {
      expressions.filter(condition, scope);
    }
  }

  private void comprehensionProperties(PathPattern path, Scope scope) {
    for (Expression properties : PathProperties.of(path)) {
      mustNotBeParameter(properties);
      expressions.type(properties, scope);
    }
    for (Expression names : PathProperties.names(path)) {
      expressions.expect(NAMES, expressions.type(names, scope), names.span());
    }
    for (Expression condition : PathProperties.conditions(path)) {
      expressions.condition(condition, scope);
    }
  }

  private void mustNotBeParameter(Expression properties) {
    if (properties instanceof Expression.Parameter parameter) {
      throw context.error(
          ErrorCode.INVALID_PARAMETER_USE,
          "A parameter for all properties, expected a map such as {key: $"
              + parameter.name()
              + ".key}",
          parameter.span());
    }
  }

  // Patterns that are created.

  /** A CREATE; the properties of a part see the variables from before it and of earlier parts. */
  Scope create(Pattern pattern, Scope before) {
    Scope scope = before;
    for (PatternPart part : pattern.parts()) {
      checkCreated(part);
      for (Expression properties : PathProperties.of(part.path())) {
        expressions.row(properties, scope, "a pattern");
      }
      createdNames(part.path(), scope);
      scope = declareCreated(part, true, scope);
    }
    return scope;
  }

  /** The pattern of a MERGE; its properties see the variables from before it. */
  Scope merge(PatternPart part, Scope before) {
    checkCreated(part);
    matchedProperties(part.path(), before);
    return declareCreated(part, false, before);
  }

  private void createdNames(PathPattern path, Scope scope) {
    for (Expression names : PathProperties.names(path)) {
      CypherType type = expressions.row(names, scope, "a pattern");
      expressions.expect(NAMES, type, names.span());
    }
  }

  private void checkCreated(PatternPart part) {
    if (part.selection() != PathSelection.ALL || part.where() != null) {
      throw context.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          "A selection among paths cannot be created, expected a path",
          part.span());
    }
    PathPattern path = part.path();
    context.notices().created(path);
    for (QuantifiedPath quantified : repetitions(path)) {
      throw context.error(
          ErrorCode.CREATING_VARIABLE_LENGTH,
          "A repetition cannot be created, expected single relationships",
          quantified.span());
    }
    for (Expression condition : PathProperties.conditions(path)) {
      throw context.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          "A condition in a pattern that is created, expected only labels and properties",
          condition.span());
    }
    for (NodePattern node : path.nodes()) {
      LabelExpression labels = node.labelExpression();
      if (labels != null && !labels.isEnumeration()) {
        throw context.error(
            ErrorCode.UNEXPECTED_SYNTAX,
            "A label expression in a pattern that is created, expected labels joined by ':' or '&'",
            labels.span());
      }
    }
  }

  private Scope declareCreated(PatternPart part, boolean directed, Scope before) {
    PathPattern path = part.path();
    boolean alone = path.connections().isEmpty();
    Scope scope = declareCreatedNode(path.nodes().get(0), alone, before);
    for (int i = 0; i < path.connections().size(); i++) {
      scope = declareCreatedRelationship(path.relationship(i), directed, scope);
      scope = declareCreatedNode(path.nodes().get(i + 1), false, scope);
    }
    return declarePath(part.variable(), scope);
  }

  private Scope declareCreatedNode(NodePattern node, boolean alone, Scope scope) {
    Variable variable = node.variable();
    if (variable == null) {
      return scope;
    }
    boolean describes = alone || node.describes();
    if (describes) {
      mustBeNew(variable, scope);
    }
    return bind(variable, CypherType.NODE, CypherType.NODE, scope);
  }

  private Scope declareCreatedRelationship(
      RelationshipPattern relationship, boolean directed, Scope scope) {
    Variable variable = relationship.variable();
    Span place = relationship.span();
    if (variable != null) {
      mustBeNew(variable, scope);
    }
    if (relationship.length() != null) {
      throw context.error(
          ErrorCode.CREATING_VARIABLE_LENGTH,
          "A variable length cannot be created, expected one relationship",
          place);
    }
    boolean computed =
        relationship.typeExpression() instanceof LabelExpression.Dynamic dynamic && dynamic.all();
    if (relationship.types().size() != 1 && !computed) {
      throw context.error(
          ErrorCode.NO_SINGLE_RELATIONSHIP_TYPE,
          "The relationship has "
              + relationship.types().size()
              + " types, expected exactly one, such as -[:TYPE]->",
          place);
    }
    if (directed && relationship.direction() == Direction.EITHER) {
      throw context.error(
          ErrorCode.REQUIRES_DIRECTED_RELATIONSHIP,
          "The relationship has no direction, expected --> or <--",
          place);
    }
    return variable == null ? scope : scope.with(variable.name(), CypherType.RELATIONSHIP);
  }
}
