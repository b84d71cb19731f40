package org.weftdb.cypher.ast;

import java.util.List;

/** A query: a chain of clauses, or a union of several. */
public sealed interface Query extends Statement permits Query.SingleQuery, Query.UnionQuery {

  /**
   * Clauses that feed one another from first to last. Order and completeness of the clauses are not
   * checked here but by the semantic analysis.
   */
  record SingleQuery(List<Clause> clauses, Span span) implements Query {
    public SingleQuery {
      clauses = List.copyOf(clauses);
      Checks.notEmpty(clauses, "a query needs a clause");
    }
  }

  /**
   * The rows of several queries one after the other.
   *
   * @param all whether equal rows stay ({@code UNION ALL}) or only one of them ({@code UNION}); the
   *     two are never mixed
   */
  record UnionQuery(List<SingleQuery> queries, boolean all, Span span) implements Query {
    public UnionQuery {
      queries = List.copyOf(queries);
      Checks.that(queries.size() >= 2, "a union needs two queries");
    }
  }
}
