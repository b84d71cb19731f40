package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.CrashStorage;

/** What the inner transactions of CALL { } IN TRANSACTIONS leave behind. */
final class InTransactionsTest {
  private static final String CREATE =
      "UNWIND range(1, 10) AS x CALL (x) { CREATE (:N {x: 10 / (x - $bad)}) }"
          + " IN TRANSACTIONS OF 2 ROWS";

  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 1_000);
  }

  private static WeftException assertFails(ErrorCode code, Executable call) {
    WeftException error = assertThrows(WeftException.class, call);
    assertEquals(code, error.code(), error.getMessage());
    return error;
  }

  @Test
  void eachInnerTransactionIsOneRecordOfTheLog() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    Result result = engine.execute(CREATE, Map.of("bad", 11));
    assertEquals(10, result.summary().nodesCreated());
    assertEquals(5, engine.lastLsn());
    byte[] bytes = engine.saveSnapshotToBytes();
    engine.close();
    Engine again = Engine.open(storage.afterProcessDeath(), options());
    assertArrayEquals(bytes, again.saveSnapshotToBytes());
    again.execute("CREATE (:N)");
    assertEquals(6, again.lastLsn());
  }

  @Test
  void aFailureLeavesWhatWasCommittedBeforeAndTheDatabaseUsable() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    WeftException error =
        assertFails(ErrorCode.DIVISION_BY_ZERO, () -> engine.execute(CREATE, Map.of("bad", 6)));
    assertTrue(error.getMessage().contains("2 inner transactions"), error.getMessage());
    assertEquals(4, engine.nodeCount());
    assertEquals(2, engine.lastLsn());
    engine.execute("CREATE (:M)");
    engine.close();
    Engine again = Engine.open(storage.afterProcessDeath(), options());
    assertEquals(5, again.nodeCount());
    assertEquals(3, again.lastLsn());
  }

  @Test
  void aFailedOneIsNotInTheLogWhenTheNextOnesAre() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    Result result = engine.execute(CREATE + " ON ERROR CONTINUE", Map.of("bad", 5));
    assertEquals(8, result.summary().nodesCreated());
    assertEquals(8, result.summary().propertiesSet());
    assertEquals(4, engine.lastLsn());
    byte[] bytes = engine.saveSnapshotToBytes();
    Engine again = Engine.open(storage.afterProcessDeath(), options());
    assertArrayEquals(bytes, again.saveSnapshotToBytes());
  }

  @Test
  void afterAPowerCutAtAnyOperationWholeTransactionsAreThere() {
    CrashStorage counting = new CrashStorage();
    Engine.open(counting, options()).execute(CREATE, Map.of("bad", 11));
    int cut = 0;
    for (int operation = 1; operation <= counting.operations(); operation++) {
      CrashStorage storage = new CrashStorage();
      storage.cutPowerAt(operation, operation);
      assertThrows(
          WeftException.class,
          () -> Engine.open(storage, options()).execute(CREATE, Map.of("bad", 11)));
      Engine again = Engine.open(storage.afterPowerCut(operation), options());
      assertEquals(2 * again.lastLsn(), again.nodeCount());
      cut += again.nodeCount() > 0 && again.nodeCount() < 10 ? 1 : 0;
      again.execute("CREATE (:N)");
    }
    assertTrue(cut > 0, "no cut fell between two transactions");
  }

  @Test
  void aFailingStorageStopsItEvenIfErrorsAreToBePassedOver() {
    CrashStorage counting = new CrashStorage();
    Engine first = Engine.open(counting, options());
    int opened = counting.operations();
    first.execute(CREATE, Map.of("bad", 11));
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    storage.failOnceAt(opened + 4);
    assertThrows(
        WeftException.class,
        () -> engine.execute(CREATE + " ON ERROR CONTINUE", Map.of("bad", 11)));
    assertFails(ErrorCode.LOG_FAILED, () -> engine.execute("RETURN 1"));
    Engine again = Engine.open(storage.afterProcessDeath(), options());
    assertTrue(again.nodeCount() < 10);
    assertEquals(2 * again.lastLsn(), again.nodeCount());
  }

  @Test
  void cancellingUndoesTheOneThatRuns() {
    List<Long> seen = new ArrayList<>();
    Engine[] engine = new Engine[1];
    boolean[] stop = {false};
    EngineOptions options =
        options()
            .withCancellation(
                () -> {
                  if (engine[0] != null && stop[0]) {
                    seen.add(engine[0].nodeCount());
                    return engine[0].nodeCount() >= 4;
                  }
                  return false;
                });
    engine[0] = Engine.inMemory(options);
    stop[0] = true;
    assertFails(
        ErrorCode.CANCELLED,
        () -> engine[0].execute(CREATE + " ON ERROR CONTINUE", Map.of("bad", 11)));
    stop[0] = false;
    assertEquals(4, engine[0].nodeCount());
    assertTrue(seen.contains(2L), "others see each transaction when it is committed: " + seen);
    engine[0].execute("CREATE (:N)");
    assertEquals(5, engine[0].nodeCount());
  }

  @Test
  void itCannotBeAPartOfATransaction() {
    Engine engine = Engine.inMemory(options());
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      transaction.execute("CREATE (:N)");
      assertFails(
          ErrorCode.NESTED_TRANSACTIONS, () -> transaction.execute(CREATE, Map.of("bad", 11)));
      transaction.execute("CREATE (:N)");
      transaction.commit();
    }
    assertEquals(2, engine.nodeCount());
    try (Transaction transaction = engine.begin(Access.READ)) {
      assertFails(
          ErrorCode.NESTED_TRANSACTIONS,
          () -> transaction.execute("CALL { RETURN 1 AS x } IN TRANSACTIONS RETURN x"));
    }
    Result read = engine.execute("CALL { RETURN 1 AS x } IN TRANSACTIONS RETURN x");
    assertEquals(List.of(Map.of("x", 1L)), read.toList());
    assertFalse(engine.needsSync());
  }

  @Test
  void aStatementThatFailsBehindItKeepsWhatItCommitted() {
    Engine engine = Engine.inMemory(options());
    assertFails(
        ErrorCode.DIVISION_BY_ZERO,
        () ->
            engine.execute(
                CREATE + " WITH count(*) AS c CREATE (:Done {x: c / 0})", Map.of("bad", 11)));
    assertEquals(10, engine.nodeCount());
  }
}
