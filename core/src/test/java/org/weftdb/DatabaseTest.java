package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.cypher.plan.Footprint;
import org.weftdb.engine.Access;
import org.weftdb.engine.ChangeFeed;
import org.weftdb.engine.Engine;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;
import org.weftdb.engine.SnapshotInfo;
import org.weftdb.engine.Transaction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;
import org.weftdb.log.LogFormat;

final class DatabaseTest {
  @TempDir Path temporary;

  private static WeftException assertFails(ErrorCode code, Executable call) {
    WeftException error = assertThrows(WeftException.class, call);
    assertEquals(code, error.code(), error.getMessage());
    return error;
  }

  private static long count(Database database, String pattern) {
    return (Long) database.execute("MATCH " + pattern + " RETURN count(*) AS c").next().get("c");
  }

  @Test
  void theExampleOfTheReadmeRuns() {
    List<String> printed = new ArrayList<>();
    Path directory = temporary.resolve("people");
    try (Database database = Database.open(directory)) {
      database.execute(
          "CREATE (:Person {name: 'Ada'})-[:KNOWS {since: 1833}]->(:Person {name: 'Charles'})");

      String query =
          "MATCH (a:Person {name: $name})-[k:KNOWS]->(b) RETURN b.name AS name, k.since AS since";
      try (Result result = database.execute(query, Map.of("name", "Ada"))) {
        for (Row row : result) {
          printed.add(row.get("name") + " since " + row.get("since"));
        }
      }

      try (Transaction transaction = database.begin(Access.WRITE)) {
        transaction.execute("MATCH (p:Person {name: 'Ada'}) SET p.born = 1815");
        transaction.commit();
      }
    }
    assertEquals(List.of("Charles since 1833"), printed);
    try (Database database = Database.open(directory)) {
      assertEquals(1, count(database, "(:Person {born: 1815})"));
    }
  }

  @Test
  void aDirectoryKeepsWhatInnerTransactionsCommitted() {
    Path directory = temporary.resolve("parts");
    String query =
        "UNWIND range(1, 100) AS x CALL (x) { CREATE (:N {x: 1 / (x - $bad)}) }"
            + " IN TRANSACTIONS OF 10 ROWS";
    try (Database database = Database.builder().segmentBytes(300).open(directory)) {
      database.execute(query, Map.of("bad", 0));
      assertFails(ErrorCode.DIVISION_BY_ZERO, () -> database.execute(query, Map.of("bad", 55)));
      assertEquals(150, database.nodeCount());
    }
    try (Database database = Database.open(directory)) {
      assertEquals(150, count(database, "(:N)"));
      database.execute(query + " ON ERROR CONTINUE", Map.of("bad", 55));
      assertEquals(240, count(database, "(:N)"));
    }
    try (Database database = Database.open(directory)) {
      assertEquals(240, count(database, "(:N)"));
      try (Transaction transaction = database.begin(Access.WRITE)) {
        assertFails(
            ErrorCode.NESTED_TRANSACTIONS, () -> transaction.execute(query, Map.of("bad", 0)));
      }
    }
  }

  @Test
  void aDirectoryKeepsItsGraph() throws IOException {
    Path directory = temporary.resolve("a/b");
    for (int opening = 0; opening < 4; opening++) {
      try (Database database = Database.builder().segmentBytes(300).open(directory)) {
        assertEquals(20L * opening, database.nodeCount());
        for (int i = 0; i < 20; i++) {
          database.execute("CREATE (:N {i: $i})", Map.of("i", i));
        }
        assertEquals(Durability.PER_COMMIT, database.durability());
      }
    }
    try (var files = Files.list(directory)) {
      assertTrue(files.count() > 6);
    }
  }

  @Test
  void aDirectoryIsOpenedOnceAtATime() {
    Path directory = temporary.resolve("database");
    Database first = Database.open(directory);
    WeftException error = assertFails(ErrorCode.DATABASE_LOCKED, () -> Database.open(directory));
    assertTrue(error.getMessage().contains(directory.getFileName().toString()), error.getMessage());
    first.execute("CREATE (:N)");
    first.close();
    first.close();
    assertFails(ErrorCode.CLOSED, () -> first.execute("RETURN 1"));
    try (Database second = Database.open(directory)) {
      assertEquals(1, second.nodeCount());
    }
  }

  @Test
  void pathsThatAreNoDatabasesAreRefusedAndLeftAlone() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "text");
    assertFails(ErrorCode.NOT_A_DIRECTORY, () -> Database.open(file));
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "Dear Sir");
    WeftException error = assertFails(ErrorCode.NOT_OUR_FORMAT, () -> Database.open(other));
    assertTrue(error.getMessage().contains("letter.txt"), error.getMessage());
    try (var files = Files.list(other)) {
      assertEquals(1, files.count());
    }
    Path hidden = Files.createDirectory(temporary.resolve("hidden"));
    Files.writeString(hidden.resolve(".gitkeep"), "");
    Database.open(hidden).close();
    Database.open(hidden).close();
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsNotLeftLocked() throws IOException {
    Path directory = temporary.resolve("database");
    try (Database database = Database.open(directory)) {
      database.execute("CREATE (:N)");
      database.execute("CREATE (:N)");
    }
    Path identity = directory.resolve(Engine.IDENTITY_FILE);
    byte[] bytes = Files.readAllBytes(identity);
    byte[] damaged = Arrays.copyOf(bytes, bytes.length);
    damaged[30] ^= 1;
    Files.write(identity, damaged);
    assertFails(ErrorCode.CORRUPTED, () -> Database.open(directory));
    Files.write(identity, bytes);
    Path segment = directory.resolve(LogFormat.segmentName(1));
    byte[] log = Files.readAllBytes(segment);
    log[140] ^= 1;
    Files.write(segment, log);
    WeftException error = assertFails(ErrorCode.CORRUPTED, () -> Database.open(directory));
    assertTrue(error.getMessage().contains(LogFormat.segmentName(1)), error.getMessage());
    log[140] ^= 1;
    Files.write(segment, log);
    try (Database database = Database.open(directory)) {
      assertEquals(2, database.nodeCount());
    }
  }

  @Test
  void snapshotsGoToFilesAndComeBack() throws IOException {
    Path file = temporary.resolve("graph.weft");
    byte[] bytes;
    try (Database database = Database.inMemory()) {
      database.execute("UNWIND range(1, 100) AS i CREATE (:N {i: i})-[:R]->(:M)");
      Files.writeString(file, "what was there before");
      SnapshotInfo info = database.saveSnapshot(file);
      assertEquals(new SnapshotInfo(2, 200, 100, 0), info);
      bytes = database.saveSnapshotToBytes();
      assertArrayEquals(bytes, Files.readAllBytes(file));
      assertEquals(info, SnapshotInfo.of(bytes));
    }
    try (var files = Files.list(temporary)) {
      assertEquals(1, files.count());
    }
    Path directory = temporary.resolve("database");
    try (Database database = Database.open(directory)) {
      assertEquals(new SnapshotInfo(2, 200, 100, 1), database.loadSnapshot(file));
      assertFails(ErrorCode.FILE_NOT_FOUND, () -> database.loadSnapshot(temporary.resolve("no")));
      assertFails(ErrorCode.IO_FAILED, () -> database.loadSnapshot(temporary));
      assertFails(ErrorCode.IO_FAILED, () -> database.saveSnapshot(temporary));
      assertFails(ErrorCode.IO_FAILED, () -> database.saveSnapshot(file.resolve("below")));
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
      WeftException error = assertFails(ErrorCode.TRUNCATED, () -> database.loadSnapshot(file));
      assertTrue(error.getMessage().contains("graph.weft"), error.getMessage());
      assertEquals(200, database.nodeCount());
    }
    try (Database database = Database.open(directory)) {
      assertEquals(200, database.nodeCount());
      assertEquals(100, count(database, "(:N)-[:R]->(:M)"));
    }
  }

  @Test
  void commitsOfAGroupAreDurableAfterASyncAndAfterClosing() {
    Path directory = temporary.resolve("database");
    try (Database database = Database.builder().durability(Durability.group(1)).open(directory)) {
      for (int i = 0; i < 200; i++) {
        database.execute("CREATE (:N)");
      }
      database.sync();
    }
    try (Database database = Database.builder().durability(Durability.NONE).open(directory)) {
      assertEquals(200, database.nodeCount());
    }
  }

  @Test
  void readersBesideAWriterSeeWholeCommits() throws Exception {
    try (Database database = Database.inMemory()) {
      database.execute("UNWIND range(1, 50) AS i CREATE (:Account {balance: 100})");
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Long>> readers = new ArrayList<>();
      CountDownLatch started = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        readers.add(threads.submit(() -> readUntil(done, database, started)));
      }
      started.await();
      for (int i = 0; i < 300; i++) {
        try (Transaction transaction = database.begin(Access.WRITE)) {
          transaction.execute("MATCH (a:Account) WITH a LIMIT 10 SET a.balance = a.balance - 1");
          transaction.execute(
              "MATCH (a:Account) WITH a ORDER BY a.balance DESC LIMIT 10"
                  + " SET a.balance = a.balance + 1");
          if (i % 3 != 0) {
            transaction.commit();
          }
        }
      }
      done.set(true);
      for (Future<Long> reader : readers) {
        assertTrue(reader.get() > 0);
      }
      threads.shutdown();
    }
  }

  private static long readUntil(AtomicBoolean done, Database database, CountDownLatch started) {
    long reads = 0;
    do {
      long sum =
          (Long) database.execute("MATCH (a:Account) RETURN sum(a.balance) AS s").next().get(0);
      assertEquals(5_000, sum);
      reads++;
      if (reads == 1) {
        started.countDown();
      }
    } while (!done.get());
    return reads;
  }

  @Test
  void writersTakeTurnsAndNoUpdateIsLost() throws Exception {
    try (Database database = Database.inMemory()) {
      database.execute("CREATE (:Counter {value: 0})");
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            threads.submit(
                () -> {
                  for (int j = 0; j < 100; j++) {
                    database.execute("MATCH (c:Counter) SET c.value = c.value + 1");
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      threads.shutdown();
      assertEquals(400L, database.execute("MATCH (c:Counter) RETURN c.value AS v").next().get(0));
    }
  }

  @Test
  void aThreadDoesNotWaitForItsOwnWriteTransaction() {
    try (Database database = Database.inMemory()) {
      Transaction transaction = database.begin(Access.WRITE);
      assertFails(ErrorCode.INVALID_USE, () -> database.begin(Access.WRITE));
      assertFails(ErrorCode.INVALID_USE, () -> database.execute("CREATE (:N)"));
      assertFails(
          ErrorCode.INVALID_USE,
          () -> database.loadSnapshotFromBytes(database.saveSnapshotToBytes()));
      transaction.commit();
      database.execute("CREATE (:N)");
    }
  }

  @Test
  void closingLetsGoThoseWhoWaitToWrite() throws Exception {
    Database database = Database.inMemory();
    Transaction transaction = database.begin(Access.WRITE);
    CountDownLatch waiting = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<WeftException> failure =
        thread.submit(
            () -> {
              waiting.countDown();
              return assertThrows(WeftException.class, () -> database.execute("CREATE (:N)"));
            });
    waiting.await();
    database.close();
    assertEquals(ErrorCode.CLOSED, failure.get().code());
    assertFails(ErrorCode.CLOSED, transaction::commit);
    thread.shutdown();
  }

  @Test
  void anInterruptedThreadDoesNotWaitToWrite() throws Exception {
    try (Database database = Database.inMemory()) {
      Transaction transaction = database.begin(Access.WRITE);
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Future<WeftException> failure =
          thread.submit(
              () -> {
                Thread.currentThread().interrupt();
                WeftException error =
                    assertThrows(WeftException.class, () -> database.execute("CREATE (:N)"));
                assertTrue(Thread.interrupted());
                return error;
              });
      assertEquals(ErrorCode.CANCELLED, failure.get().code());
      transaction.commit();
      thread.shutdown();
    }
  }

  /** Runs in a thread of its own, which says what went wrong. */
  private static Future<?> inAThread(ExecutorService threads, Executable call) {
    return threads.submit(
        () -> {
          try {
            call.execute();
          } catch (Throwable failure) {
            throw new AssertionError(failure);
          }
        });
  }

  @Test
  void interruptingAThreadStopsItsQuery() throws Exception {
    try (Database database = Database.inMemory();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> query =
          inAThread(
              threads,
              () -> {
                Result endless =
                    database.execute(
                        "UNWIND range(1, 2000000000) AS x UNWIND range(1, 2000000000) AS y"
                            + " RETURN count(*)");
                begun.countDown();
                assertFails(ErrorCode.CANCELLED, endless::next);
                assertFails(ErrorCode.CLOSED, endless::next);
              });
      begun.await();
      threads.shutdownNow();
      query.get();
    }
  }

  @Test
  void closingTheDatabaseStopsTheQueriesThatRun() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Database database = Database.inMemory();
      CountDownLatch begun = new CountDownLatch(2);
      String endless =
          "UNWIND range(1, 2000000000) AS x UNWIND range(1, 2000000000) AS y WITH count(*) AS c ";
      Future<?> read =
          inAThread(
              threads,
              () -> {
                Result result = database.execute(endless + "RETURN c");
                begun.countDown();
                assertFails(ErrorCode.CLOSED, result::next);
              });
      Future<?> write =
          inAThread(
              threads,
              () -> {
                Transaction transaction = database.begin(Access.WRITE);
                begun.countDown();
                assertFails(ErrorCode.CLOSED, () -> transaction.execute(endless + "CREATE ()"));
              });
      begun.await();
      database.close();
      read.get();
      write.get();
    }
  }

  @Test
  void anInterruptDoesNotHarmACommit() {
    Path directory = temporary.resolve("interrupted");
    try (Database database = Database.builder().segmentBytes(300).open(directory)) {
      for (int i = 0; i < 20; i++) {
        try (Transaction transaction = database.begin(Access.WRITE)) {
          transaction.execute("CREATE (:X {name: 'something to write'})");
          Thread.currentThread().interrupt();
          transaction.commit();
        } finally {
          assertTrue(Thread.interrupted());
        }
      }
      Thread.currentThread().interrupt();
      database.saveSnapshot(temporary.resolve("interrupted.snapshot"));
      assertTrue(Thread.interrupted());
    }
    try (Database database = Database.open(directory)) {
      assertEquals(20, database.nodeCount());
    }
  }

  @Test
  void anErrorClosesTheResult() {
    try (Database database = Database.inMemory()) {
      Result result = database.execute("UNWIND range(1, 100000) AS x RETURN 1 / (x - 50000)");
      assertFails(
          ErrorCode.DIVISION_BY_ZERO,
          () -> {
            while (result.hasNext()) {
              result.next();
            }
          });
      assertFails(ErrorCode.CLOSED, result::hasNext);
    }
  }

  @Test
  void randomNumbersAndTheTimeCanBeGiven() {
    List<Object> numbers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Database database =
          Database.builder().randomSeed(5).clockMillis(() -> 12_345).inMemory()) {
        numbers.add(database.execute("RETURN rand() AS r").next().get(0));
        assertEquals(12_345L, database.execute("RETURN timestamp() AS t").next().get(0));
      }
    }
    assertEquals(numbers.get(0), numbers.get(1));
  }

  @Test
  void aListenerHearsOfCommitsAndCannotHarmThem() {
    List<Boolean> touched = new ArrayList<>();
    List<Throwable> uncaught = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((which, failure) -> uncaught.add(failure));
    try (Database database = Database.inMemory()) {
      Footprint footprint = database.footprint("MATCH (p:Person) RETURN p.name");
      database.onCommit(
          (lsn, changes) -> {
            throw new IllegalStateException("a listener");
          });
      ChangeFeed.Subscription listening =
          database.onCommit((lsn, changes) -> touched.add(footprint.isTouchedBy(changes)));
      database.execute("CREATE (:Person {name: 'Ada'})").close();
      database.execute("CREATE (:Dog {name: 'Rex'})").close();
      database.execute("MATCH (d:Dog) SET d.name = 'Max'").close();
      listening.close();
      database.execute("CREATE (:Person)").close();
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    assertEquals(List.of(true, false, false), touched);
    assertEquals(4, uncaught.size());
  }
}
