package org.weftdb.cypher.semantic;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression.Parameter;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.Span;

/**
 * What the analysis found out about a query that has a meaning. Clauses and projections are looked
 * up by identity, those of subqueries too.
 */
public final class SemanticResult {
  private final Map<Clause, Scope> scopes = new IdentityHashMap<>();
  private final Map<Projection, ProjectionInfo> projections = new IdentityHashMap<>();
  private final Map<String, Span> parameters = new LinkedHashMap<>();
  private final Notices notices;
  private List<String> columns = List.of();
  private boolean updates;

  SemanticResult(String text) {
    notices = new Notices(text);
  }

  /** The names of the result's columns in order; empty when the query returns nothing. */
  public List<String> columns() {
    return columns;
  }

  /** What the query may not have been meant to say, in the order of the text. */
  public List<Notice> notices() {
    return notices.all();
  }

  Notices collected() {
    return notices;
  }

  /** Whether the query may change the graph or the schema. */
  public boolean updates() {
    return updates;
  }

  /** The parameters that the query needs, in the order of their first use, and where that is. */
  public Map<String, Span> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** The variables that can be seen where the clause begins, without those that it declares. */
  public Scope scopeBefore(Clause clause) {
    return known(scopes.get(clause));
  }

  /** What the projection of a WITH or RETURN does. */
  public ProjectionInfo projection(Projection projection) {
    return known(projections.get(projection));
  }

  private static <T> T known(@Nullable T found) {
    if (found == null) {
      throw new IllegalArgumentException("not part of the analysed query");
    }
    return found;
  }

  void record(Clause clause, Scope before) {
    scopes.put(clause, before);
  }

  void record(Projection projection, ProjectionInfo info) {
    projections.put(projection, info);
  }

  void record(Parameter parameter) {
    parameters.putIfAbsent(parameter.name(), parameter.span());
  }

  void recordParameter(String name, Span span) {
    parameters.putIfAbsent(name, span);
  }

  void recordUpdate() {
    updates = true;
  }

  void setColumns(List<String> names) {
    columns = List.copyOf(names);
  }
}
