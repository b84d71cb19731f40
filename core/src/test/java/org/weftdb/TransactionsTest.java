package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.engine.Access;
import org.weftdb.engine.CheckpointPolicy;
import org.weftdb.engine.Result;
import org.weftdb.engine.Transaction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Savepoints, and transactions of several threads. */
@Timeout(120)
final class TransactionsTest {
  @TempDir Path temporary;
  private Database database;
  private ExecutorService threads;

  @BeforeEach
  void open() {
    database = Database.inMemory();
    threads = Executors.newCachedThreadPool();
  }

  @AfterEach
  void close() {
    database.close();
    threads.shutdownNow();
  }

  private static WeftException assertFails(ErrorCode code, Executable call) {
    WeftException failure = assertThrows(WeftException.class, call);
    assertEquals(code, failure.code(), failure.getMessage());
    return failure;
  }

  private static String numbers(Transaction transaction) {
    return String.valueOf(
        transaction
            .execute("MATCH (n:N) WITH n.i AS i ORDER BY i RETURN collect(i) AS all")
            .next()
            .get(0));
  }

  private static void create(Transaction transaction, int number) {
    transaction.execute("CREATE (:N {i: $i})", Map.of("i", (long) number));
  }

  @Test
  void aTransactionGoesBackToSavepoints() {
    try (Transaction transaction = database.begin(Access.WRITE)) {
      create(transaction, 1);
      Transaction.Savepoint first = transaction.savepoint();
      create(transaction, 2);
      Transaction.Savepoint second = transaction.savepoint();
      transaction.execute("MATCH (n:N) SET n.i = n.i + 10 CREATE (n)-[:R]->(n)");
      assertEquals("[11, 12]", numbers(transaction));
      transaction.rollbackTo(second);
      assertEquals("[1, 2]", numbers(transaction));
      create(transaction, 3);
      transaction.rollbackTo(second);
      transaction.rollbackTo(first);
      assertEquals("[1]", numbers(transaction));
      create(transaction, 4);
      assertFails(ErrorCode.INVALID_USE, () -> transaction.rollbackTo(second));
      assertEquals("[1, 4]", numbers(transaction));
      transaction.commit();
      assertFails(ErrorCode.CLOSED, () -> transaction.rollbackTo(first));
      assertFails(ErrorCode.CLOSED, transaction::savepoint);
    }
    assertEquals(2, database.nodeCount());
    assertEquals(0, database.relationshipCount());
  }

  @Test
  void aSavepointIsOfOneTransactionThatWrites() {
    Transaction.Savepoint foreign;
    try (Transaction transaction = database.begin(Access.WRITE)) {
      foreign = transaction.savepoint();
    }
    try (Transaction transaction = database.begin(Access.WRITE)) {
      assertFails(ErrorCode.INVALID_USE, () -> transaction.rollbackTo(foreign));
    }
    try (Transaction transaction = database.begin(Access.READ)) {
      assertFails(ErrorCode.WRITE_IN_READ_TRANSACTION, transaction::savepoint);
    }
  }

  @Test
  void whatWasUndoneIsNotInTheLogEither() {
    Path directory = temporary.resolve("undone");
    try (Database stored = Database.open(directory);
        Transaction transaction = stored.begin(Access.WRITE)) {
      create(transaction, 1);
      Transaction.Savepoint savepoint = transaction.savepoint();
      transaction.execute("CREATE INDEX undone FOR (n:N) ON (n.i)");
      transaction.execute("CREATE CONSTRAINT keys FOR (m:M) REQUIRE m.k IS UNIQUE");
      create(transaction, 2);
      transaction.rollbackTo(savepoint);
      create(transaction, 3);
      transaction.commit();
    }
    try (Database stored = Database.open(directory)) {
      List<?> all = (List<?>) stored.execute("MATCH (n) RETURN collect(n.i) AS all").next().get(0);
      assertEquals(List.of(1L, 3L), all);
      assertFalse(stored.execute("SHOW INDEXES YIELD name WHERE name = 'undone'").hasNext());
      assertFalse(stored.execute("SHOW CONSTRAINTS").hasNext());
    }
  }

  @Test
  void writersComeInTheOrderInWhichTheyAsked() throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = new ArrayList<>();
    try (Transaction first = database.begin(Access.WRITE)) {
      for (int i = 0; i < 10; i++) {
        int number = i;
        Thread thread =
            new Thread(
                () -> {
                  try (Transaction transaction = database.begin(Access.WRITE)) {
                    order.add(number);
                    transaction.commit();
                  }
                });
        waiting.add(thread);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
          Thread.sleep(1);
        }
      }
      first.commit();
    }
    for (Thread thread : waiting) {
      thread.join();
    }
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), order);
  }

  @Test
  void aWriterThatWaitsTooLongIsRefusedAndReadersNeverWait() throws Exception {
    try (Database impatient = Database.builder().writeTimeoutMillis(20).inMemory();
        Transaction writer = impatient.begin(Access.WRITE)) {
      create(writer, 1);
      Future<?> second = threads.submit(() -> impatient.execute(" CREATE (:N)"));
      ExecutionException failure = assertThrows(ExecutionException.class, second::get);
      WeftException cause = (WeftException) failure.getCause();
      assertEquals(ErrorCode.WRITE_TURN_TIMED_OUT, cause.code());
      assertTrue(cause.position() != null);
      Future<Long> reader =
          threads.submit(
              () -> (Long) impatient.execute("MATCH (n) RETURN count(n) AS n").next().get(0));
      assertEquals(0L, reader.get());
      writer.commit();
      threads.submit(() -> impatient.execute("CREATE (:N)")).get();
      assertEquals(2, impatient.nodeCount());
    }
  }

  @Test
  void aWriterThatIsInterruptedWhileItWaitsGivesUpItsPlace() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Future<ErrorCode> waiting;
    try (Transaction writer = database.begin(Access.WRITE)) {
      Thread[] thread = new Thread[1];
      waiting =
          threads.submit(
              () -> {
                thread[0] = Thread.currentThread();
                begun.countDown();
                return assertThrows(WeftException.class, () -> database.execute("CREATE ()"))
                    .code();
              });
      begun.await();
      thread[0].interrupt();
      assertEquals(ErrorCode.CANCELLED, waiting.get());
      create(writer, 1);
      writer.commit();
    }
    database.execute("CREATE (:N)");
    assertEquals(2, database.nodeCount());
  }

  @Test
  void aQueryThatRunsOutOfMemoryLeavesEverythingAsItWas() {
    Path directory = temporary.resolve("full");
    Procedure full =
        Procedure.of(
            "test.full() :: (x :: INTEGER)",
            (arguments, context) -> {
              throw new OutOfMemoryError("on purpose");
            });
    try (Database stored = Database.builder().procedure(full).open(directory)) {
      stored.execute("CREATE (:N {i: 1})");
      for (int i = 0; i < 3; i++) {
        assertFails(
            ErrorCode.MEMORY_LIMIT,
            () ->
                stored.execute(
                    "CREATE (:N {i: 2}) WITH 1 AS one CALL test.full() YIELD x RETURN x"));
        try (Transaction transaction = stored.begin(Access.WRITE)) {
          create(transaction, 3);
          assertFails(
              ErrorCode.MEMORY_LIMIT,
              () ->
                  transaction.execute("CREATE (:N) WITH 1 AS o CALL test.full() YIELD x RETURN x"));
          assertEquals("[1, 3]", numbers(transaction));
        }
      }
      assertEquals(1, stored.nodeCount());
      stored.execute("CREATE (:N {i: 4})");
    }
    try (Database stored = Database.open(directory)) {
      assertEquals(2, stored.nodeCount());
    }
  }

  @Test
  void closingWhileOthersWorkLosesNothingThatWasAcknowledged() throws Exception {
    for (int round = 0; round < 5; round++) {
      Path directory = temporary.resolve("closed" + round);
      Database stored =
          Database.builder()
              .segmentBytes(4_000)
              .checkpoints(CheckpointPolicy.DEFAULT.withLogBytes(3_000))
              .open(directory);
      List<Future<List<Long>>> workers = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        long first = 1_000_000L * t;
        boolean reads = t % 3 == 2;
        workers.add(threads.submit(() -> reads ? read(stored) : write(stored, first)));
      }
      Thread.sleep(60);
      stored.close();
      List<Long> acknowledged = new ArrayList<>();
      for (Future<List<Long>> worker : workers) {
        acknowledged.addAll(worker.get());
      }
      try (Database again = Database.open(directory);
          Result result = again.execute("MATCH (n:N) RETURN collect(n.i) AS all")) {
        List<?> there = (List<?>) result.next().get(0);
        assertTrue(there.containsAll(acknowledged), "an acknowledged commit is gone");
      }
    }
  }

  /** Commits until the database is closed; what was acknowledged. */
  private static List<Long> write(Database stored, long first) {
    List<Long> acknowledged = new ArrayList<>();
    try {
      for (long i = first; ; i++) {
        stored.execute("CREATE (:N {i: $i})", Map.of("i", i));
        acknowledged.add(i);
      }
    } catch (WeftException closed) {
      assertEquals(ErrorCode.CLOSED, closed.code(), closed.getMessage());
    }
    return acknowledged;
  }

  private static List<Long> read(Database stored) {
    try {
      while (true) {
        stored.execute("MATCH (n:N) RETURN count(n.i) AS n").toList();
      }
    } catch (WeftException closed) {
      assertEquals(ErrorCode.CLOSED, closed.code(), closed.getMessage());
    }
    return List.of();
  }
}
