package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.exec.Execution;
import org.weftdb.cypher.exec.ExecutionContext;
import org.weftdb.cypher.exec.ResultCursor;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.plan.GraphCatalog;
import org.weftdb.cypher.plan.Planner;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.cypher.semantic.SemanticAnalyzer;

/** What a statement that writes reads and copies does not depend on the size of the graph. */
final class StatementCostTest {
  private static GraphSnapshot small = GraphSnapshot.empty();
  private static GraphSnapshot large = GraphSnapshot.empty();

  @BeforeAll
  static void fill() {
    small = graph(10_000);
    large = graph(1_000_000);
  }

  @AfterAll
  static void forget() {
    small = GraphSnapshot.empty();
    large = GraphSnapshot.empty();
  }

  private static GraphSnapshot graph(int size) {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    int[] labels = {transaction.labelIdOrCreate("A")};
    int key = transaction.keyIdOrCreate("k");
    int type = transaction.typeIdOrCreate("T");
    for (int i = 0; i < size; i++) {
      transaction.setNodeProperty(transaction.createNode(labels), key, (long) i);
    }
    for (int i = 0; i < size; i++) {
      transaction.createRelationship(type, i, (i + 1) % size);
    }
    transaction.createNodeIndex("byK", labels[0], key);
    return transaction.commit();
  }

  private record Cost(long pagesRead, long arraysCopied, long entriesCopied, int changes) {}

  private static final class Context implements ExecutionContext {
    @Override
    public long randomSeed() {
      return 1;
    }

    @Override
    public long clockMillis() {
      return 1;
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  private static Cost cost(GraphSnapshot graph, String query) {
    ParsedQuery parsed = CypherParser.parse(query);
    SemanticAnalyzer.analyze(parsed, FunctionRegistry.standard(), ProcedureSignatures.NONE);
    GraphTransaction transaction = graph.begin();
    PageCounter pages = new PageCounter();
    transaction.count(pages);
    ResultCursor cursor =
        Execution.start(
            Planner.plan(parsed, new GraphCatalog(graph)), transaction, Map.of(), new Context());
    while (cursor.next() != null) {
      // Nothing is returned.
    }
    Editor copies = transaction.copies();
    long relationships = transaction.relationshipCount() - graph.relationshipCount();
    long nodes = transaction.nodeCount() - graph.nodeCount();
    return new Cost(
        pages.pages(),
        copies.copiedArrays(),
        copies.copiedEntries(),
        (int) (relationships + nodes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE (:A {k: -1})",
        "MERGE (:A {k: -1})",
        "MATCH (a:A {k: 5}), (b:A {k: 7000}) CREATE (a)-[:T]->(b)",
        "MATCH (a:A {k: 5}), (b:A {k: 7000}) MERGE (a)-[:T]->(b)",
        "MATCH (a:A {k: 5}), (b:A {k: 7000}) MERGE (a)-[:New]-(b)",
        "MATCH (a:A {k: 5}) MERGE (a)-[:T {w: 1}]->(:A {k: -1})",
        "UNWIND [[1, 9], [3, 8]] AS p MATCH (a:A {k: p[0]}), (b:A {k: p[1]}) MERGE (a)-[:T]->(b)",
      })
  void aStatementCostsTheSameAtAMillionNodes(String query) {
    Cost few = cost(small, query);
    Cost many = cost(large, query);
    assertTrue(few.changes() > 0, few.toString());
    assertEquals(few.changes(), many.changes());
    assertTrue(many.pagesRead() <= few.pagesRead() + 2, few + ", but " + many);
    assertTrue(many.arraysCopied() <= few.arraysCopied() + 6, few + ", but " + many);
    assertTrue(
        many.entriesCopied() <= few.entriesCopied() + 3000 && many.entriesCopied() < 30_000,
        few + ", but " + many);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MERGE (:A {k: 5})",
        "MATCH (a:A {k: 5}), (b:A {k: 6}) MERGE (a)-[:T]->(b)",
        "MATCH (a:A {k: 5}) MERGE (a)-[:T]->(:A {k: 6})",
      })
  void whatIsThereIsFoundAndNothingCopied(String query) {
    Cost few = cost(small, query);
    Cost many = cost(large, query);
    assertEquals(0, few.changes() + many.changes());
    assertEquals(0, many.arraysCopied(), many.toString());
    assertTrue(many.pagesRead() <= few.pagesRead() + 2, few + ", but " + many);
  }
}
