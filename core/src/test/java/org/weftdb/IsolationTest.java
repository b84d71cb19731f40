package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.bytes.Prng;
import org.weftdb.engine.Access;
import org.weftdb.engine.Row;
import org.weftdb.engine.Transaction;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;

/**
 * Histories of transactions of several threads are strictly serializable: none of the anomalies G0
 * to G2 of Adya occurs, nor a lost update, nor a write skew, and no transaction misses what was
 * acknowledged before it began.
 *
 * <p>The transactions append to lists and read them, so that the last state of each list tells the
 * order of its versions. From it follow the dependencies between transactions, among which there
 * must be no circle. {@code -Disolation.transactions=100000} runs longer histories.
 */
@Timeout(300)
final class IsolationTest {
  private static final int KEYS = 5;
  private static final int THREADS = 6;
  private static final int TRANSACTIONS = Integer.getInteger("isolation.transactions", 600);

  @TempDir Path temporary;

  /** A list that a transaction read. */
  private record Read(int key, List<Long> values) {}

  /** What a transaction did. */
  private static final class Done {
    final List<Read> reads = new ArrayList<>();
    final Map<Integer, List<Long>> appended = new HashMap<>();
    long began;
    long ended;
    boolean committed;
  }

  private final List<Done> history = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong time = new AtomicLong();
  private final AtomicLong values = new AtomicLong();

  @Test
  void inMemory() throws Exception {
    try (Database database = Database.inMemory()) {
      check(database);
    }
  }

  @Test
  void inADirectoryWhereCommitsShareSyncs() throws Exception {
    try (Database database = Database.open(temporary.resolve("shared"))) {
      check(database);
    }
  }

  @Test
  void inADirectoryWithoutSyncs() throws Exception {
    try (Database database =
        Database.builder().durability(Durability.NONE).open(temporary.resolve("none"))) {
      check(database);
    }
  }

  @Test
  void theCheckFindsEachAnomaly() {
    List<List<Long>> lists = List.of(List.of(1L, 2L), List.of(3L));
    Done writes1 = done(1, 9, Map.of(0, List.of(1L)));
    Done writes2 = done(2, 9, Map.of(0, List.of(2L)));
    Done writes3 = done(3, 9, Map.of(1, List.of(3L)));
    new Checker(List.of(writes1, writes2, writes3), lists).check();

    Done readsFuture = done(0, 9, Map.of(0, List.of(1L)), new Read(1, List.of(3L)));
    Done readsBack = done(0, 9, Map.of(0, List.of(2L), 1, List.of(3L)), new Read(0, List.of()));
    assertFound("circle", List.of(readsFuture, readsBack), lists);

    Done lost = done(0, 9, Map.of(0, List.of(1L)), new Read(0, List.of()));
    Done update = done(0, 9, Map.of(0, List.of(2L)), new Read(0, List.of()));
    assertFound("circle", List.of(lost, update, writes3), lists);

    Done skewed = done(0, 9, Map.of(0, List.of(1L)), new Read(1, List.of()));
    Done skewing = done(0, 9, Map.of(1, List.of(3L)), new Read(0, List.of()));
    assertFound("circle", List.of(skewed, skewing, writes2), lists);

    Done both = done(1, 9, Map.of(0, List.of(1L, 2L)));
    Done middle = done(1, 9, Map.of(), new Read(0, List.of(1L)));
    assertFound("middle", List.of(both, middle, writes3), lists);

    Done undone = done(1, 9, Map.of(0, List.of(2L)));
    undone.committed = false;
    assertFound("undone", List.of(writes1, undone, writes3), lists);

    Done never = done(1, 9, Map.of(), new Read(1, List.of(2L)));
    assertFound("never was", List.of(writes1, writes2, writes3, never), lists);
    Done gone = done(1, 9, Map.of(1, List.of(4L)));
    assertFound("lost", List.of(writes1, writes2, writes3, gone), lists);

    Done late = done(10, 11, Map.of(), new Read(0, List.of(1L)));
    assertFound("circle", List.of(writes1, writes2, writes3, late), lists);
  }

  private static Done done(int began, int ended, Map<Integer, List<Long>> appended, Read... reads) {
    Done done = new Done();
    done.began = began;
    done.ended = ended;
    done.committed = true;
    done.appended.putAll(appended);
    done.reads.addAll(List.of(reads));
    return done;
  }

  private static void assertFound(String what, List<Done> history, List<List<Long>> lists) {
    Checker checker = new Checker(history, lists);
    AssertionError found = assertThrows(AssertionError.class, checker::check);
    assertTrue(found.getMessage().contains(what), found.getMessage());
  }

  private void check(Database database) throws InterruptedException {
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Prng random = new Prng(t);
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < TRANSACTIONS / THREADS; i++) {
                  transact(database, random);
                }
              });
      thread.setUncaughtExceptionHandler((failed, failure) -> thrown.add(failure));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), thrown);
    List<List<Long>> lists = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      lists.add(read(database.execute("MATCH (k:K) WHERE k.id = $k RETURN k.list", keyOf(key))));
    }
    new Checker(new ArrayList<>(history), lists).check();
  }

  private static Map<String, Object> keyOf(int key) {
    return Map.of("k", (long) key);
  }

  private void transact(Database database, Prng random) {
    Done done = new Done();
    boolean writes = random.nextInt(3) > 0;
    done.began = time.incrementAndGet();
    try (Transaction transaction = database.begin(writes ? Access.WRITE : Access.READ)) {
      int operations = 1 + random.nextInt(4);
      Transaction.Savepoint savepoint = null;
      for (int i = 0; i < operations; i++) {
        int key = random.nextInt(KEYS);
        int choice = random.nextInt(8);
        if (!writes || choice < 3) {
          String query = "OPTIONAL MATCH (k:K {id: $k}) RETURN k.list";
          done.reads.add(new Read(key, read(transaction.execute(query, keyOf(key)))));
        } else if (choice == 3 && savepoint == null) {
          // What comes behind it is undone, so it is as if it had not been.
          savepoint = transaction.savepoint();
          append(transaction, key, -1);
          transaction.rollbackTo(savepoint);
        } else {
          long value = values.incrementAndGet();
          append(transaction, key, value);
          done.appended.computeIfAbsent(key, absent -> new ArrayList<>()).add(value);
        }
      }
      if (random.nextInt(6) == 0) {
        try {
          append(transaction, 0, Long.MIN_VALUE);
          transaction.execute("UNWIND [1, 0] AS x CREATE (:K {id: 1 / x})");
        } catch (WeftException failed) {
          transaction.rollback();
        }
      } else {
        transaction.commit();
        done.committed = true;
      }
    }
    done.ended = time.incrementAndGet();
    history.add(done);
  }

  private static void append(Transaction transaction, int key, long value) {
    transaction.execute(
        "MERGE (k:K {id: $k}) SET k.list = coalesce(k.list, []) + $v",
        Map.of("k", (long) key, "v", value));
  }

  private static List<Long> read(Iterable<Row> rows) {
    List<Long> values = new ArrayList<>();
    for (Row row : rows) {
      if (row.get(0) instanceof List<?> list) {
        for (Object value : list) {
          values.add((Long) value);
        }
      }
    }
    return values;
  }

  /** Derives the dependencies of a history and looks for a circle. */
  private static final class Checker {
    private final List<Done> history;
    private final List<List<Long>> lists;
    private final Map<Long, Integer> writers = new HashMap<>();
    private final List<Set<Integer>> after = new ArrayList<>();

    Checker(List<Done> history, List<List<Long>> lists) {
      this.history = history;
      this.lists = lists;
      for (int t = 0; t < history.size(); t++) {
        after.add(new HashSet<>());
        for (List<Long> appended : history.get(t).appended.values()) {
          for (long value : appended) {
            writers.put(value, t);
          }
        }
      }
    }

    void check() {
      for (List<Long> list : lists) {
        for (int i = 0; i < list.size(); i++) {
          assertTrue(history.get(writer(list, i)).committed, "an undone write is there");
          if (i > 0) {
            depends(writer(list, i - 1), writer(list, i));
          }
        }
        assertEquals(list.size(), new HashSet<>(list).size(), "a write is there twice");
      }
      for (int t = 0; t < history.size(); t++) {
        Done done = history.get(t);
        if (done.committed) {
          done.appended.forEach((key, appended) -> assertInOrder(lists.get(key), appended));
          for (Read read : done.reads) {
            reads(t, read);
          }
        }
      }
      for (int a = 0; a < history.size(); a++) {
        for (int b = 0; b < history.size(); b++) {
          if (history.get(a).committed
              && history.get(b).committed
              && history.get(a).ended < history.get(b).began) {
            depends(a, b);
          }
        }
      }
      assertNoCircle();
    }

    private int writer(List<Long> list, int index) {
      Integer writer = writers.get(list.get(index));
      assertTrue(writer != null, "nobody wrote " + list.get(index));
      return writer;
    }

    private static void assertInOrder(List<Long> list, List<Long> appended) {
      int first = list.indexOf(appended.get(0));
      assertTrue(first >= 0, "a write is lost");
      assertEquals(appended, list.subList(first, first + appended.size()), "a write in between");
    }

    private void reads(int reader, Read read) {
      List<Long> list = lists.get(read.key);
      List<Long> foreign = new ArrayList<>(read.values);
      foreign.removeIf(value -> writers.getOrDefault(value, -1) == reader);
      int seen = foreign.size();
      assertTrue(seen <= list.size(), "a read of more than there is");
      assertEquals(list.subList(0, seen), foreign, "a read of what never was");
      int next = seen;
      if (seen > 0) {
        int writer = writer(list, seen - 1);
        depends(writer, reader);
        if (next < list.size()) {
          assertFalse(writer(list, next) == writer, "a read of a transaction's middle");
        }
      }
      if (next < list.size()) {
        depends(reader, writer(list, next));
      }
    }

    private void depends(int first, int second) {
      if (first != second) {
        after.get(first).add(second);
      }
    }

    /** Takes away transactions on which nobody depends any more, until none is left. */
    private void assertNoCircle() {
      int[] before = new int[after.size()];
      for (Set<Integer> followers : after) {
        for (int follower : followers) {
          before[follower]++;
        }
      }
      ArrayDeque<Integer> free = new ArrayDeque<>();
      for (int t = 0; t < before.length; t++) {
        if (before[t] == 0) {
          free.add(t);
        }
      }
      int taken = 0;
      while (!free.isEmpty()) {
        taken++;
        for (int follower : after.get(free.remove())) {
          if (--before[follower] == 0) {
            free.add(follower);
          }
        }
      }
      assertEquals(after.size(), taken, "transactions depend on one another in a circle");
    }
  }
}
