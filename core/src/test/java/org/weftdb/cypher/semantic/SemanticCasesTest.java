package org.weftdb.cypher.semantic;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.ast.Query.UnionQuery;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.error.WeftException;
import org.weftdb.testing.DataDrivenFile;
import org.weftdb.testing.DataDrivenFile.Case;
import org.weftdb.testing.OpenCypherFunctions;

/**
 * The cases below {@code semantic}: {@code analyze} answers what the analysis tells a planner, or
 * the error. The procedure {@code my.proc(x INTEGER)} yields {@code a} and {@code b}; {@code
 * my.write()} changes the graph.
 */
class SemanticCasesTest {
  private static final FunctionSignatures FUNCTIONS = new OpenCypherFunctions();

  @TestFactory
  Stream<DynamicTest> analysesAsTheCasesSay() {
    return DataDrivenFile.runAll("semantic", SemanticCasesTest::run);
  }

  private static String run(Case test) {
    try {
      ParsedQuery query = CypherParser.parse(test.input());
      SemanticResult result =
          SemanticAnalyzer.analyze(query, FUNCTIONS, SemanticCasesTest::procedure);
      StringBuilder text = new StringBuilder();
      text.append(result.updates() ? "writes" : "reads");
      text.append(", columns ").append(result.columns());
      text.append(", parameters ").append(result.parameters().keySet()).append('\n');
      if (query.statement() instanceof Query body) {
        describe(body, result, text);
      }
      return text.toString().strip();
    } catch (WeftException e) {
      return e.code() + "\n" + e.getMessage();
    }
  }

  private static @Nullable ProcedureSignature procedure(String name) {
    return switch (name) {
      case "my.proc" ->
          new ProcedureSignature(
              List.of(new ProcedureSignature.Field("x", CypherType.INTEGER)),
              List.of(
                  new ProcedureSignature.Field("a", CypherType.STRING),
                  new ProcedureSignature.Field("b", CypherType.NODE)),
              false);
      case "my.write" -> new ProcedureSignature(List.of(), List.of(), true);
      default -> null;
    };
  }

  private static void describe(Query query, SemanticResult result, StringBuilder text) {
    switch (query) {
      case SingleQuery single -> single.clauses().forEach(c -> describe(c, result, text));
      case UnionQuery union -> union.queries().forEach(q -> describe(q, result, text));
    }
  }

  private static void describe(Clause clause, SemanticResult result, StringBuilder text) {
    Scope scope = result.scopeBefore(clause);
    text.append(AstPrinter.print(clause).split(" ", 2)[0]).append(" sees");
    for (String name : scope.names()) {
      text.append(' ').append(name).append(':').append(scope.kind(name));
    }
    text.append('\n');
    switch (clause) {
      case Clause.With with -> describe(with.projection(), result, text);
      case Clause.Return output -> describe(output.projection(), result, text);
      default -> {}
    }
  }

  private static void describe(Projection projection, SemanticResult result, StringBuilder text) {
    ProjectionInfo info = result.projection(projection);
    for (ProjectedColumn column : info.columns()) {
      text.append("  ").append(column.name()).append(':').append(column.kind());
      text.append(" = ").append(AstPrinter.print(column.expression()));
      text.append(column.aggregates() ? " (aggregates)" : "").append('\n');
    }
    text.append(info.aggregates() ? "  groups\n" : "");
    text.append(info.hidesInput() ? "  hides its input\n" : "");
  }
}
