package org.weftdb.cypher.parser;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;
import org.weftdb.testing.DataDrivenFile;
import org.weftdb.testing.DataDrivenFile.Case;
import org.weftdb.testing.TreeText;

/**
 * The cases below {@code parser}: {@code parse} answers the canonical form, {@code tree} the tree
 * itself; both answer the error when there is one. {@code check} answers all errors, each with its
 * place and the text there.
 */
class ParserCasesTest {
  @TestFactory
  Stream<DynamicTest> parsesAsTheCasesSay() {
    return DataDrivenFile.runAll("parser", ParserCasesTest::run);
  }

  private static String run(Case test) {
    try {
      if (test.directive().equals("check")) {
        return check(test.input());
      }
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

  private static String check(String text) {
    CypherScript script = CypherScript.of(text);
    SyntaxCheck check = new SyntaxCheck(script);
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < script.size(); i++) {
      for (Diagnostic each : check.errors(i, SyntaxCheck.MAX_ERRORS)) {
        Position place = Objects.requireNonNull(each.position());
        int end = place.offset() + each.length();
        found.append(place.line()).append(':').append(place.column()).append(" '");
        found.append(text, place.offset(), end).append("' ");
        found.append(each.message()).append('\n');
      }
    }
    return found.length() == 0 ? "nothing" : found.toString().strip();
  }
}
