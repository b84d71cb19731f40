package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;

class QueryCompilerTest {
  private final QueryCompiler compiler =
      new QueryCompiler(2, UserFunctions.NONE, ProcedureSignatures.NONE, () -> () -> false);
  private final Root root = new Root(GraphSnapshot.empty(), 0, 1);

  @Test
  void aPlanOutlivesWritesButNoChangeOfTheSchema() {
    Statement plan = compiler.compile(new QueryText.Whole("MATCH (n:N) RETURN n"), root);
    GraphTransaction transaction = root.graph().begin();
    transaction.createNode(new int[] {transaction.labelIdOrCreate("N")});
    Root written = new Root(transaction.commit(), 1, 1);
    assertSame(plan, compiler.compile(new QueryText.Whole("MATCH (n:N) RETURN n"), written));
    Root indexed = new Root(written.graph(), 2, 2);
    assertNotSame(plan, compiler.compile(new QueryText.Whole("MATCH (n:N) RETURN n"), indexed));
  }

  private static GraphSnapshot grown(GraphSnapshot graph, int nodes) {
    GraphTransaction transaction = graph.begin();
    int[] labels = {transaction.labelIdOrCreate("N")};
    for (int i = 0; i < nodes; i++) {
      transaction.createNode(labels);
    }
    return transaction.commit();
  }

  @Test
  void aPlanIsMadeAnewWhenTheGraphIsSeveralTimesAsLarge() {
    QueryText text = new QueryText.Whole("MATCH (a:N), (b:N) WHERE a.x = b.x RETURN count(*)");
    Statement first = compiler.compile(text, root);
    Root few = new Root(grown(root.graph(), 900), 1, 1);
    assertSame(first, compiler.compile(text, few));
    Root many = new Root(grown(root.graph(), 2_000), 2, 1);
    Statement second = compiler.compile(text, many);
    assertNotSame(first, second);
    assertNotEquals(first.toString(), second.toString());
    Root more = new Root(grown(many.graph(), 6_000), 3, 1);
    assertSame(second, compiler.compile(text, more));
    assertNotSame(second, compiler.compile(text, root));
  }

  @Test
  void thePlanThatWasNotUsedForLongestGoesFirst() {
    Statement first = compiler.compile(new QueryText.Whole("RETURN 1"), root);
    Statement second = compiler.compile(new QueryText.Whole("RETURN 2"), root);
    assertSame(first, compiler.compile(new QueryText.Whole("RETURN 1"), root));
    compiler.compile(new QueryText.Whole("RETURN 3"), root);
    assertSame(first, compiler.compile(new QueryText.Whole("RETURN 1"), root));
    assertNotSame(second, compiler.compile(new QueryText.Whole("RETURN 2"), root));
  }
}
