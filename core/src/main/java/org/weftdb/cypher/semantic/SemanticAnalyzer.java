package org.weftdb.cypher.semantic;

import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Statement;

/** Analyses queries; see the package for what it promises. */
public final class SemanticAnalyzer {
  private SemanticAnalyzer() {}

  /**
   * Checks a query and answers what was found out about it.
   *
   * @throws org.weftdb.error.WeftException with a code whose {@code compileTime()} is true, when
   *     the query has no meaning
   */
  public static SemanticResult analyze(
      ParsedQuery query, FunctionSignatures functions, ProcedureSignatures procedures) {
    SemanticResult result = new SemanticResult(query.source().text());
    AnalysisContext context = new AnalysisContext(query.source(), functions, procedures, result);
    switch (query.statement()) {
      case Query statement -> {
        QueryAnalyzer analyzer = new QueryAnalyzer(context);
        result.setColumns(analyzer.query(statement));
      }
      case Statement.SchemaChange change -> result.recordUpdate();
    }
    return result;
  }
}
