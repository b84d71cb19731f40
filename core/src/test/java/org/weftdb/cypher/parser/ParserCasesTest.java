package org.weftdb.cypher.parser;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.error.WeftException;
import org.weftdb.testing.DataDrivenFile;
import org.weftdb.testing.DataDrivenFile.Case;
import org.weftdb.testing.TreeText;

/**
 * The cases below {@code parser}: {@code parse} answers the canonical form, {@code tree} the tree
 * itself; both answer the error when there is one.
 */
class ParserCasesTest {
  @TestFactory
  Stream<DynamicTest> parsesAsTheCasesSay() {
    return DataDrivenFile.runAll("parser", ParserCasesTest::run);
  }

  private static String run(Case test) {
    try {
      ParsedQuery query = CypherParser.parse(test.input());
      return switch (test.directive()) {
        case "parse" -> AstPrinter.print(query);
        case "tree" -> TreeText.of(query.statement());
        default -> throw new IllegalArgumentException(test.directive());
      };
    } catch (WeftException e) {
      return e.code() + "\n" + e.getMessage();
    }
  }
}
