package org.weftdb.cypher.ast;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;

/**
 * {@code [variable =] path}, the path perhaps inside shortestPath or allShortestPaths.
 *
 * @param variable the named path, or null
 */
public record PatternPart(
    @Nullable Variable variable, PathSelection selection, PathPattern path, Span span)
    implements AstNode {}
