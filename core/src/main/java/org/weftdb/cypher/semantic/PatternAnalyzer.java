package org.weftdb.cypher.semantic;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.Pattern;
import org.weftdb.cypher.ast.PatternPart;
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
      checkSelection(part.selection(), part.path());
      scope = declare(part.path(), relationships, scope);
      scope = declarePath(part.variable(), scope);
    }
    for (PatternPart part : pattern.parts()) {
      matchedProperties(part.path(), scope);
    }
    return scope;
  }

  /** The pattern of a comprehension; answers the scope with its variables. */
  Scope match(Expression.PatternComprehension comprehension, Scope before) {
    Scope scope = declare(comprehension.pattern(), new HashSet<>(), before);
    Variable path = comprehension.path();
    if (path != null) {
      scope = declarePath(path, scope);
    }
    comprehensionProperties(comprehension.pattern(), scope);
    return scope;
  }

  /** A pattern as a condition: it has no variables of its own. */
  void predicate(PathPattern pattern, Scope scope) {
    for (NodePattern node : pattern.nodes()) {
      mustExist(node.variable(), scope);
    }
    for (RelationshipPattern relationship : pattern.relationships()) {
      mustExist(relationship.variable(), scope);
    }
    declare(pattern, new HashSet<>(), scope);
    comprehensionProperties(pattern, scope);
  }

  private void mustExist(@Nullable Variable variable, Scope scope) {
    if (variable != null && !scope.contains(variable.name())) {
      throw expressions.undefined(variable, scope);
    }
  }

  void checkSelection(PathSelection selection, PathPattern path) {
    if (selection != PathSelection.ALL && path.relationships().size() != 1) {
      throw context.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "The path has "
              + path.relationships().size()
              + " relationship patterns, expected exactly one in shortestPath and allShortestPaths",
          path.span());
    }
  }

  /** Declares what is new; {@code relationships} collects those of one clause. */
  private Scope declare(PathPattern path, Set<String> relationships, Scope before) {
    Scope scope = declareNode(path.nodes().get(0).variable(), before);
    for (int i = 0; i < path.relationships().size(); i++) {
      RelationshipPattern relationship = path.relationships().get(i);
      scope = declareRelationship(relationship, relationships, scope);
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
    matchedProperties(part.path(), before);
    return declareCreated(part, false, before);
  }

  private void createdNames(PathPattern path, Scope scope) {
    for (Expression names : PathProperties.names(path)) {
      CypherType type = expressions.row(names, scope, "a pattern");
      expressions.expect(NAMES, type, names.span());
    }
  }

  private void checkCreated(PathPattern path) {
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
    if (part.selection() != PathSelection.ALL) {
      throw context.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          "A shortest path cannot be created, expected a path",
          part.span());
    }
    PathPattern path = part.path();
    checkCreated(path);
    boolean alone = path.relationships().isEmpty();
    Scope scope = declareCreatedNode(path.nodes().get(0), alone, before);
    for (int i = 0; i < path.relationships().size(); i++) {
      scope = declareCreatedRelationship(path.relationships().get(i), directed, scope);
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
