package org.weftdb.engine;

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
      new QueryCompiler(2, UserFunctions.NONE, ProcedureSignatures.NONE);
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
