package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.MemoryStorage;

final class EngineTest {
  private static final EngineOptions OPTIONS = EngineOptions.singleThreaded(1, () -> 1_000);

  private static Engine engine() {
    return Engine.inMemory(EngineOptions.singleThreaded(1, () -> 1_000));
  }

  private static Object single(Engine engine, String query) {
    List<Map<String, Object>> rows = engine.execute(query).toList();
    assertEquals(1, rows.size(), rows.toString());
    return rows.get(0).values().iterator().next();
  }

  private static void assertFails(ErrorCode code, Executable call) {
    WeftException error = assertThrows(WeftException.class, call);
    assertEquals(code, error.code(), error.getMessage());
  }

  @Test
  void aQueryThatWritesIsCommittedAndTellsWhatItChanged() {
    Engine engine = engine();
    Result result =
        engine.execute("CREATE (a:A {x: 1})-[:R {y: 2}]->(b:B:C) RETURN a.x AS x, labels(b) AS l");
    assertEquals(List.of("x", "l"), result.columns());
    assertEquals(new Summary(2, 0, 1, 0, 2, 3, 0, 0, 0, 0, 0), result.summary());
    Row row = result.next();
    assertEquals(1L, row.get("x"));
    assertEquals(List.of("B", "C"), row.get(1));
    assertEquals(Map.of("x", 1L, "l", List.of("B", "C")), row.asMap());
    assertFails(ErrorCode.INVALID_USE, () -> row.get("z"));
    assertFails(ErrorCode.INVALID_USE, () -> row.get(2));
    assertFalse(result.hasNext());
    assertThrows(NoSuchElementException.class, result::next);
    assertEquals(2, engine.nodeCount());
    assertEquals(1, engine.relationshipCount());
  }

  @Test
  void aResultComesRowByRowOrBatchByBatchOrAsAList() {
    Engine engine = engine();
    engine.execute("UNWIND range(1, 3000) AS i CREATE (:N {i: i})");
    String query = "MATCH (n:N) RETURN n.i AS i, n ORDER BY i";
    long expected = 1;
    for (Row row : engine.execute(query)) {
      assertEquals(expected++, row.get("i"));
      assertEquals("N", ((org.weftdb.value.Node) row.get("n")).labels().get(0));
    }
    assertEquals(3001, expected);
    assertEquals(3000, engine.execute(query).toList().size());
    Result result = engine.execute(query);
    int rows = 0;
    for (ResultBatch batch = result.nextBatch(); batch != null; batch = result.nextBatch()) {
      for (int i = 0; i < batch.rows(); i++) {
        assertEquals((long) ++rows, batch.columns()[0].value(batch.rowAt(i)));
      }
    }
    assertEquals(3000, rows);
    Result mixed = engine.execute(query);
    mixed.next();
    assertFails(ErrorCode.INVALID_USE, mixed::nextBatch);
    mixed.close();
    mixed.close();
    assertFails(ErrorCode.CLOSED, mixed::hasNext);
  }

  @Test
  void aFailedQueryChangesNothing() {
    Engine engine = engine();
    engine.execute("CREATE (:N {i: 0})");
    assertFails(
        ErrorCode.DIVISION_BY_ZERO,
        () -> engine.execute("UNWIND [1, 0] AS d CREATE (:N {i: 1 / d})"));
    assertEquals(1, engine.nodeCount());
    engine.execute("CREATE (:N {i: 1})");
    assertEquals(2, engine.nodeCount());
  }

  @Test
  void aTransactionSeesItsOwnChangesAndOthersSeeThemAfterTheCommit() {
    Engine engine = engine();
    Transaction writer = engine.begin(Access.WRITE);
    writer.execute("CREATE (:N {i: 1})");
    assertEquals(1L, writer.execute("MATCH (n) RETURN count(n) AS c").next().get(0));
    assertEquals(0, engine.nodeCount());
    Transaction reader = engine.begin(Access.READ);
    Result before = reader.execute("MATCH (n) RETURN count(n) AS c");
    writer.commit();
    assertEquals(0L, before.next().get(0));
    assertEquals(0L, reader.execute("MATCH (n) RETURN count(n) AS c").next().get(0));
    reader.close();
    assertEquals(1, engine.nodeCount());
    assertFails(ErrorCode.CLOSED, () -> writer.execute("RETURN 1"));
    assertFails(ErrorCode.CLOSED, writer::commit);
    assertFails(ErrorCode.CLOSED, writer::rollback);
    writer.close();
    assertTrue(writer.isEnded());
    assertEquals(Access.WRITE, writer.access());
  }

  @Test
  void rollbackAndCloseUndoAndAFailedStatementUndoesOnlyItself() {
    Engine engine = engine();
    Transaction first = engine.begin(Access.WRITE);
    first.execute("CREATE (:N)");
    first.rollback();
    try (Transaction second = engine.begin(Access.WRITE)) {
      second.execute("CREATE (:N)");
    }
    assertEquals(0, engine.nodeCount());
    Transaction third = engine.begin(Access.WRITE);
    third.execute("CREATE (:N {i: 1})");
    assertFails(
        ErrorCode.DIVISION_BY_ZERO,
        () -> third.execute("UNWIND [1, 0] AS d CREATE (m:M) SET m.x = 1 / d").hasNext());
    third.execute("CREATE (:N {i: 2})");
    third.commit();
    assertEquals(2, engine.nodeCount());
    assertEquals(0L, single(engine, "MATCH (m:M) RETURN count(m)"));
  }

  @Test
  void aReadTransactionRefusesToWriteAndASecondWriterIsRefusedWhereThereIsOneThread() {
    Engine engine = engine();
    Transaction reader = engine.begin(Access.READ);
    assertFails(ErrorCode.WRITE_IN_READ_TRANSACTION, () -> reader.execute("CREATE (:N)"));
    assertFails(
        ErrorCode.WRITE_IN_READ_TRANSACTION,
        () -> reader.execute("CREATE INDEX i FOR (n:N) ON (n.i)"));
    Transaction writer = engine.begin(Access.WRITE);
    assertFails(ErrorCode.WRITE_TURN_TIMED_OUT, () -> engine.begin(Access.WRITE));
    assertFails(ErrorCode.WRITE_TURN_TIMED_OUT, () -> engine.execute("CREATE (:N)"));
    assertEquals(0L, single(engine, "MATCH (n) RETURN count(n)"));
    writer.close();
    engine.execute("CREATE (:N)");
  }

  @Test
  void parametersAreTakenAndMissingOrImpossibleOnesRefused() {
    Engine engine = engine();
    Map<String, Object> parameters = Map.of("a", 1, "b", List.of(1.5f, "x"));
    Row row = engine.execute("RETURN $a + 1 AS a, $b AS b", parameters).next();
    assertEquals(2L, row.get("a"));
    assertEquals(List.of(1.5, "x"), row.get("b"));
    assertFails(ErrorCode.MISSING_PARAMETER, () -> engine.execute("RETURN $c").hasNext());
    assertFails(ErrorCode.MISSING_PARAMETER, () -> engine.execute("CREATE (:N {i: $c})"));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> engine.execute("RETURN $a", Map.of("a", new Object())).hasNext());
    assertEquals(0, engine.nodeCount());
  }

  @Test
  void plansFollowTheIndexesThatThereAre() {
    Engine engine = engine();
    engine.execute("UNWIND range(1, 500) AS i CREATE (:N {i: i})");
    String query = "MATCH (n:N {i: 77}) RETURN count(n)";
    String before = engine.explain(query).toText();
    assertEquals(1L, single(engine, query));
    engine.execute("CREATE INDEX byI FOR (n:N) ON (n.i)");
    String with = engine.explain(query).toText();
    assertFalse(before.equals(with), with);
    assertEquals(1L, single(engine, query));
    Transaction older = engine.begin(Access.READ);
    Transaction writer = engine.begin(Access.WRITE);
    assertEquals(1, writer.execute("DROP INDEX byI").summary().indexesRemoved());
    assertEquals(1L, writer.execute(query).next().get(0));
    writer.commit();
    assertEquals(1L, older.execute(query).next().get(0));
    assertEquals(before, engine.explain(query).toText());
    assertEquals(1L, single(engine, query));
  }

  @Test
  void afterClosingEveryCallIsRefusedAndClosingAgainDoesNothing() {
    Engine engine = engine();
    engine.execute("CREATE (:N), (:N)");
    Result rows = engine.execute("MATCH (n) RETURN n");
    Transaction reader = engine.begin(Access.READ);
    Transaction writer = engine.begin(Access.WRITE);
    engine.close();
    engine.close();
    assertTrue(writer.isEnded());
    assertFails(ErrorCode.CLOSED, () -> engine.execute("RETURN 1"));
    assertFails(ErrorCode.CLOSED, () -> engine.begin(Access.READ));
    assertFails(ErrorCode.CLOSED, () -> engine.begin(Access.WRITE));
    assertFails(ErrorCode.CLOSED, () -> engine.explain("RETURN 1"));
    assertFails(ErrorCode.CLOSED, engine::nodeCount);
    assertFails(ErrorCode.CLOSED, engine::relationshipCount);
    assertFails(ErrorCode.CLOSED, engine::saveSnapshotToBytes);
    assertFails(ErrorCode.CLOSED, () -> engine.loadSnapshotFromBytes(new byte[10]));
    assertFails(ErrorCode.CLOSED, engine::sync);
    assertFails(ErrorCode.CLOSED, rows::hasNext);
    assertFails(ErrorCode.CLOSED, () -> reader.execute("RETURN 1"));
    assertFails(ErrorCode.CLOSED, writer::commit);
    writer.close();
    reader.close();
  }

  @Test
  void aSnapshotHoldsTheGraphAndReplacesAnother() {
    Engine engine = engine();
    engine.execute(
        "CREATE (a:A {s: 'x', i: 1, f: 1.5, b: true, l: [1, 2]})-[:R {w: 2}]->(:B), (a)-[:S]->(a)");
    engine.execute("CREATE INDEX byS FOR (n:A) ON (n.s)");
    byte[] bytes = engine.saveSnapshotToBytes();
    Engine other = engine();
    other.execute("CREATE (:Other)");
    Transaction reader = other.begin(Access.READ);
    SnapshotInfo info = other.loadSnapshotFromBytes(bytes);
    assertEquals(new SnapshotInfo(2, 2, 2, 0), info);
    assertEquals(2, other.nodeCount());
    assertEquals(1L, reader.execute("MATCH (o:Other) RETURN count(o) AS c").next().get(0));
    assertEquals(0L, single(other, "MATCH (o:Other) RETURN count(o)"));
    assertEquals(1L, single(other, "MATCH (a:A {s: 'x'})-[r:R]->(:B) WHERE r.w = 2 RETURN a.i"));
    assertEquals(
        engine.explain("MATCH (a:A {s: 'x'}) RETURN a"),
        other.explain("MATCH (a:A {s: 'x'}) RETURN a"));
    assertArrayEquals(bytes, other.saveSnapshotToBytes());
    other.execute("CREATE (:New)");
    assertEquals(3, other.nodeCount());
  }

  @Test
  void aStorageKeepsEverythingThroughReopening() {
    MemoryStorage storage = new MemoryStorage();
    Engine engine = Engine.open(storage, OPTIONS);
    engine.execute("CREATE (:N {i: 1})-[:R]->(:N {i: 2})");
    engine.execute("MATCH (n:N {i: 2}) SET n.j = 'x'");
    engine.execute("CREATE INDEX byI FOR (n:N) ON (n.i)");
    assertEquals(3, engine.lastLsn());
    engine.execute("MATCH (n:N {i: 99}) DETACH DELETE n");
    assertEquals(3, engine.lastLsn(), "a commit without changes needs no record");
    byte[] bytes = engine.saveSnapshotToBytes();
    engine.close();
    assertFails(ErrorCode.CLOSED, storage::list);
    assertNotNull(bytes);
  }

  @Test
  void temporalValuesAreThereAfterReopeningAndInASnapshot() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, OPTIONS);
    engine.execute(
        "CREATE (:N {date: date('2015-07-21'), time: time('10:00+02:00'), local:"
            + " localtime('10:00'), moment: datetime('2015-07-21T10:00+02:00'), many:"
            + " [duration('P1D'), duration('PT0.5S')], there:"
            + " localdatetime('-0001-07-21T10:00')})");
    String query = "MATCH (n:N) RETURN n.date, n.time, n.local, n.moment, n.many, n.there";
    List<Map<String, Object>> rows = engine.execute(query).toList();
    assertEquals("2015-07-21", String.valueOf(rows.get(0).get("n.date")));
    byte[] bytes = engine.saveSnapshotToBytes();
    Engine again = Engine.open(storage.afterProcessDeath(), OPTIONS);
    assertEquals(rows, again.execute(query).toList());
    assertArrayEquals(bytes, again.saveSnapshotToBytes());
    Engine loaded = engine();
    loaded.loadSnapshotFromBytes(bytes);
    assertEquals(rows, loaded.execute(query).toList());
    engine.close();
  }

  @Test
  void theClocksOfTransactionStatementAndCallAreKeptApart() {
    long[] now = {0};
    Engine engine = Engine.inMemory(EngineOptions.singleThreaded(1, () -> now[0] += 1000));
    String query =
        "UNWIND [1, 2] AS i RETURN datetime.transaction() AS t, datetime.statement() AS s,"
            + " datetime() AS d, datetime.realtime() AS r";
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      for (int statement = 0; statement < 2; statement++) {
        List<Map<String, Object>> rows = transaction.execute(query).toList();
        Map<String, Object> first = rows.get(0);
        Map<String, Object> second = rows.get(1);
        assertEquals("1970-01-01T00:00:01Z", String.valueOf(first.get("t")));
        assertEquals(
            "1970-01-01T00:00:0" + (2 + 3 * statement) + "Z", String.valueOf(first.get("s")));
        assertEquals(first.get("s"), first.get("d"));
        assertEquals(first.get("s"), second.get("s"));
        assertEquals(first.get("t"), second.get("t"));
        assertNotEquals(first.get("r"), second.get("r"));
      }
    }
  }

  @Test
  void namedZonesNeedRules() {
    String query = "RETURN datetime('2015-07-21T10:00[Europe/Stockholm]') AS d";
    assertFails(ErrorCode.NOT_SUPPORTED, () -> single(engine(), query));
    Engine zoned = Engine.inMemory(OPTIONS.withZoneRules((zone, epochSecond) -> 7200));
    assertEquals("2015-07-21T10:00+02:00[Europe/Stockholm]", String.valueOf(single(zoned, query)));
  }

  @Test
  void aResultKnowsNoRowsWhereAQueryReturnsNone() {
    Engine engine = engine();
    Result result = engine.execute("CREATE (:N)");
    assertEquals(List.of(), result.columns());
    assertFalse(result.hasNext());
    assertNull(result.nextBatch());
    assertEquals(List.of(), result.toList());
    assertEquals(1, result.summary().nodesCreated());
  }
}
