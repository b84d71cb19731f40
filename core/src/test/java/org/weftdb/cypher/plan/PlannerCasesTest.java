package org.weftdb.cypher.plan;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.error.WeftException;
import org.weftdb.testing.DataDrivenFile;

/**
 * Plans as text. The directive {@code plan} plans for a store with labels A &lt; B &lt; C and types
 * T &lt; S &lt; R in this order of size; {@code plan empty} for an empty one.
 */
final class PlannerCasesTest {
  @TestFactory
  Stream<DynamicTest> plansAreAsExpected() {
    return DataDrivenFile.runAll("plan", PlannerCasesTest::run);
  }

  private static String run(DataDrivenFile.Case test) {
    FixedCatalog catalog =
        test.arguments().contains("empty") ? FixedCatalog.EMPTY : FixedCatalog.FILLED;
    try {
      Statement statement = Planner.plan(CypherParser.parse(test.input()), catalog);
      return PlanPrinter.print(statement).stripTrailing();
    } catch (WeftException e) {
      return e.code() + "\n" + e.getMessage();
    }
  }
}
