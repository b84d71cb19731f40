package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.plan.Footprint;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.Facet;
import org.weftdb.graph.Touched;
import org.weftdb.log.Durability;
import org.weftdb.storage.MemoryStorage;

/** What is told of commits, and what queries look at. */
final class ChangeFeedTest {
  private final Engine engine = Engine.inMemory(options());
  private final List<String> heard = new ArrayList<>();

  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 0);
  }

  private void run(String query) {
    engine.execute(query).close();
  }

  private ChangeFeed.Subscription listen() {
    return engine.changes().listen((lsn, touched) -> heard.add(text(touched)));
  }

  private static String text(Touched touched) {
    List<String> facets = new ArrayList<>();
    touched.facets().stream()
        .filter(f -> !f.equals(Facet.ANYTHING))
        .forEach(f -> facets.add(f.text()));
    return touched.isEverything() ? "everything" : String.join(" ", facets);
  }

  private String touchedBy(String query) {
    try (ChangeFeed.Subscription listening = listen()) {
      heard.clear();
      run(query);
    }
    return String.join("; ", heard);
  }

  @Test
  void aCommitTellsWhatItTouched() {
    assertEquals("node node:A node:B", touchedBy("CREATE (:A:B {x: 1, y: 2})"));
    assertEquals("node", touchedBy("CREATE ()"));
    assertEquals(
        "property property.x property:A property:A.x property:B property:B.x",
        touchedBy("MATCH (n:A) SET n.x = 2"));
    assertEquals("", touchedBy("MATCH (n:A) SET n.x = 2"));
    assertEquals("label label:A label:B label:C node:C", touchedBy("MATCH (n:A) SET n:C"));
    assertEquals("label label:A label:B label:C node:C", touchedBy("MATCH (n:A) REMOVE n:C"));
    assertEquals(
        "node node:D relationship relationship:R",
        touchedBy("MATCH (n:A) CREATE (n)-[:R {since: 1}]->(:D {x: 1})"));
    assertEquals(
        "relationshipProperty relationshipProperty.since relationshipProperty:R"
            + " relationshipProperty:R.since",
        touchedBy("MATCH ()-[r:R]->() SET r.since = 2"));
    assertEquals("relationship relationship:R", touchedBy("MATCH ()-[r:R]->() DELETE r"));
    assertEquals("node node:A node:B", touchedBy("MATCH (n:A) DELETE n"));
    assertEquals("schema", touchedBy("CREATE INDEX FOR (n:A) ON (n.x)"));
    assertEquals(
        "property property.x property:D property:D.x", touchedBy("MATCH (d:D) SET d.x = 9"));
    assertEquals("node node:a\\:b\\.c\\\\", touchedBy("CREATE (:`a:b.c\\`)"));
    assertEquals(
        "node node:A; node node:A",
        touchedBy("UNWIND [1, 2] AS x CALL (x) { CREATE (:A) } IN TRANSACTIONS OF 1 ROW"));
  }

  @Test
  void nothingIsToldOfWhatWasNotCommitted() {
    ChangeFeed.Subscription listening = listen();
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      transaction.execute("CREATE (:A)").close();
    }
    run("MATCH (n) RETURN n");
    assertThrows(WeftException.class, () -> run("CREATE (:A) WITH 1 AS x RETURN 1 / 0"));
    assertEquals(List.of(), heard);
    listening.close();
    listening.close();
    run("CREATE (:A)");
    assertEquals(List.of(), heard);
  }

  @Test
  void whoBeginsToListenAmidATransactionHearsOfEverything() {
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      transaction.execute("CREATE (:A)").close();
      listen();
      transaction.commit();
    }
    byte[] snapshot = engine.saveSnapshotToBytes();
    run("CREATE (:B)");
    engine.loadSnapshotFromBytes(snapshot);
    assertEquals(List.of("everything", "node node:B", "everything"), heard);
  }

  @Test
  void whatASavepointTookBackCountsWithNamesThatAreLeft() {
    listen();
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      Transaction.Savepoint before = transaction.savepoint();
      transaction.execute("CREATE (:A)-[:R]->()").close();
      transaction.execute("MATCH (n:A) SET n:B, n.x = 1").close();
      transaction.rollbackTo(before);
      transaction.execute("CREATE (:C)").close();
      transaction.commit();
    }
    assertEquals(List.of("node node:C"), heard);
  }

  @Test
  void commitsAreToldInTheirOrderWhenTheyAreDurable() {
    EngineOptions durable =
        options().withStorage(StorageOptions.DEFAULT.withDurability(Durability.PER_COMMIT));
    List<Long> lsns = new ArrayList<>();
    List<Long> seen = new ArrayList<>();
    try (Engine stored = Engine.open(new MemoryStorage(), durable)) {
      stored
          .changes()
          .listen(
              (lsn, touched) -> {
                lsns.add(lsn);
                seen.add(stored.nodeCount());
              });
      stored.execute("CREATE (:A)").close();
      stored.execute("CREATE (:A)").close();
    }
    assertEquals(List.of(1L, 2L), lsns);
    assertEquals(List.of(1L, 2L), seen);
  }

  private String looksAt(String query) {
    List<String> facets = new ArrayList<>();
    engine.footprint(query).facets().forEach(facet -> facets.add(facet.text()));
    return String.join(" ", facets);
  }

  @Test
  void aQueryLooksAtWhatItsPlanReads() {
    assertEquals("", looksAt("RETURN 1 AS one"));
    assertEquals("node:P property:P.name", looksAt("MATCH (p:P) RETURN p.name"));
    assertEquals("label:P node:P property:P", looksAt("MATCH (p:P) RETURN p"));
    assertEquals("node:P", looksAt("MATCH (p:P) RETURN count(p)"));
    assertEquals("node", looksAt("MATCH (p) RETURN count(*)"));
    assertEquals("label:P node:P", looksAt("MATCH (p:P) RETURN labels(p)"));
    assertEquals(
        "node:P property:P.age property:P.name",
        looksAt("MATCH (p) WHERE p:P AND p.age > 3 RETURN p.name"));
    assertEquals(
        "node:P node:Q property:P.name property:Q.age relationship:KNOWS relationshipProperty:KNOWS.since",
        looksAt("MATCH (p:P)-[k:KNOWS]->(q:Q) RETURN p.name, k.since, q.age"));
    assertEquals(
        "node:P property.name relationship:A relationship:B",
        looksAt("MATCH (p:P)-[:A|B]-(q) RETURN q.name"));
    assertEquals(
        "node:P node:Q property:Q.x relationship:R",
        looksAt("MATCH (p:P) OPTIONAL MATCH (p)-[:R]->(q:Q) RETURN q.x"));
    assertEquals(
        "node:P node:Q property.x relationship:R",
        looksAt("MATCH (p)-[:R]->(:P) OPTIONAL MATCH (p) WHERE p:Q RETURN p.x"));
    assertEquals(
        "node:P node:Q property:P.x relationship:R",
        looksAt("MATCH (p:P) WHERE EXISTS { (p)-[:R]->(:Q) } RETURN p.x"));
    assertEquals(
        "node:P property:P.x",
        looksAt("MATCH (p:P) WITH collect(p) AS all UNWIND all AS q RETURN q.x"));
    assertEquals(
        "label:P node:P property:P property:P.p property:P.x",
        looksAt("MATCH (p:P) WITH {p: p} AS m RETURN head([m]).p.x AS x"));
    assertEquals(
        "label node:P property relationship:R",
        looksAt("MATCH (p:P)-[r:R]->() RETURN startNode(r) AS n"));
    assertEquals("node:P property:P", looksAt("MATCH (p:P) RETURN properties(p)"));
    assertEquals("node:P property:P", looksAt("MATCH (p:P) RETURN p[$key]"));
    assertEquals(
        "label property relationship:R relationshipProperty:R",
        looksAt("MATCH path = ()-[:R]->() RETURN path"));
    assertEquals("schema", looksAt("SHOW INDEXES"));
    assertEquals("", looksAt("SHOW FUNCTIONS"));
    assertEquals("anything", looksAt("CALL db.propertyKeys()"));
    assertEquals("anything", looksAt("EXPLAIN RETURN 1"));
  }

  @Test
  void onlyQueriesThatReadHaveAFootprint() {
    for (String query : List.of("CREATE (:A)", "CREATE INDEX FOR (a:A) ON (a.x)")) {
      WeftException failure = assertThrows(WeftException.class, () -> engine.footprint(query));
      assertEquals(ErrorCode.WRITE_IN_READ_TRANSACTION, failure.code());
    }
  }

  @Test
  void aLoadedSnapshotTouchesWhateverLooksAtTheGraph() {
    Footprint some = engine.footprint("MATCH (n:A) RETURN n.x");
    Footprint none = engine.footprint("RETURN $x AS x");
    assertTrue(some.isTouchedBy(Touched.EVERYTHING));
    assertFalse(none.isTouchedBy(Touched.EVERYTHING));
  }
}
