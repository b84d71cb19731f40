package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.FaultyStorage;

/** Commits of several threads on a storage whose syncs take as long as the test wants. */
@Timeout(60)
final class GroupCommitTest {
  /** A medium on which syncs of the log wait while they are held up. */
  private static final class SlowMedium {
    final CrashStorage medium = new CrashStorage();
    final FaultyStorage storage = new FaultyStorage(medium, "", this::await);
    final AtomicInteger syncs = new AtomicInteger();
    volatile boolean broken;
    final Semaphore arrived = new Semaphore(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    SlowMedium() {
      medium.observe(
          (operation, name) -> {
            if (operation == CrashStorage.Operation.SYNC) {
              syncs.incrementAndGet();
            }
          });
    }

    void holdUp() {
      gate = new CountDownLatch(1);
      storage.setRules("slow sync log-* always");
    }

    void holdUpNoMore() {
      storage.setRules("");
    }

    void letGo() {
      holdUpNoMore();
      gate.countDown();
    }

    private void await() {
      arrived.release();
      try {
        gate.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      if (broken) {
        throw new WeftException(ErrorCode.IO_FAILED, "the medium is broken");
      }
    }
  }

  private final SlowMedium slow = new SlowMedium();
  private Engine engine;
  private ExecutorService threads;

  @BeforeEach
  void open() {
    engine =
        Engine.open(
            slow.storage,
            EngineOptions.singleThreaded(1, () -> 1_000)
                .withThreads(new FairWriteTurn(0), new LeaderAndFollowers()));
    engine.execute("CREATE (:First)");
    threads = Executors.newCachedThreadPool();
  }

  @AfterEach
  void end() {
    slow.letGo();
    threads.shutdown();
  }

  private List<Future<Result>> commit(int count) {
    List<Future<Result>> commits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commits.add(threads.submit(() -> engine.execute("CREATE (:N)")));
    }
    return commits;
  }

  private void awaitAppended(long lsn) throws InterruptedException {
    while (engine.logStatus().nextLsn() <= lsn) {
      Thread.sleep(1);
    }
  }

  @Test
  void commitsThatWaitShareASync() throws Exception {
    slow.holdUp();
    List<Future<Result>> first = commit(1);
    slow.arrived.acquire();
    int before = slow.syncs.get();
    List<Future<Result>> others = commit(15);
    awaitAppended(17);
    assertEquals(0, slow.arrived.availablePermits());
    slow.letGo();
    for (Future<Result> commit : first) {
      commit.get();
    }
    for (Future<Result> commit : others) {
      commit.get();
    }
    // That of the first and one for all others.
    assertEquals(before + 2, slow.syncs.get());
    assertEquals(17, engine.nodeCount());
  }

  @Test
  void nobodyButTheNextWriterSeesACommitBeforeItIsDurable() throws Exception {
    slow.holdUp();
    List<Future<Result>> first = commit(1);
    slow.arrived.acquire();
    assertEquals(1, engine.nodeCount());
    assertEquals(1, engine.lastLsn());
    assertEquals(1, (Long) engine.execute("MATCH (n) RETURN count(n) AS n").next().get("n"));
    Future<Long> next =
        threads.submit(
            () ->
                (Long)
                    engine
                        .execute("CREATE (:N) WITH 1 AS x MATCH (n) RETURN count(n) AS n")
                        .next()
                        .get("n"));
    awaitAppended(3);
    assertFalse(first.get(0).isDone());
    assertFalse(next.isDone());
    slow.letGo();
    assertEquals(3, next.get());
    first.get(0).get();
    assertEquals(3, engine.nodeCount());
  }

  @Test
  void aTransactionThatChangesNothingWaitsForWhatItHasSeen() throws Exception {
    slow.holdUp();
    List<Future<Result>> first = commit(1);
    slow.arrived.acquire();
    Future<Result> merges = threads.submit(() -> engine.execute("MERGE (n:N) RETURN n"));
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> merges.get(50, TimeUnit.MILLISECONDS));
    slow.letGo();
    assertTrue(merges.get().hasNext());
    first.get(0).get();
    assertEquals(2, engine.nodeCount());
  }

  @Test
  void whenTheSyncFailsNobodyWhoWaitedIsToldThatItWentWell() throws Exception {
    slow.holdUp();
    List<Future<Result>> first = commit(1);
    slow.arrived.acquire();
    List<Future<Result>> others = commit(5);
    awaitAppended(7);
    slow.broken = true;
    slow.letGo();
    first.addAll(others);
    for (Future<Result> commit : first) {
      ExecutionException failure = assertThrows(ExecutionException.class, commit::get);
      assertEquals(ErrorCode.LOG_FAILED, ((WeftException) failure.getCause()).code());
    }
    WeftException after = assertThrows(WeftException.class, engine::nodeCount);
    assertEquals(ErrorCode.LOG_FAILED, after.code());
    assertTrue(engine.logStatus().failure() != null);
    assertEquals(1, engine.logStatus().durableLsn());
    Engine again =
        Engine.open(slow.medium.afterProcessDeath(), EngineOptions.singleThreaded(1, () -> 1_000));
    assertTrue(again.nodeCount() >= 1);
  }

  /** What a power cut leaves, and the commits that were acknowledged before it. */
  private record Crash(CrashStorage left, Set<Long> acknowledged) {}

  @Test
  void whatSeveralThreadsWereToldIsThereAfterAPowerCutAtAnyMoment() throws Exception {
    Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    Queue<Crash> crashes = new ConcurrentLinkedQueue<>();
    AtomicLong seeds = new AtomicLong();
    slow.medium.observe(
        (operation, name) -> {
          // Who is acknowledged first and then crashes has both; the other way round not.
          Set<Long> before = Set.copyOf(acknowledged);
          crashes.add(new Crash(slow.medium.afterWorstPowerCut(), before));
          crashes.add(new Crash(slow.medium.afterPowerCut(seeds.incrementAndGet()), before));
        });
    List<Future<?>> workers = new ArrayList<>();
    for (long t = 0; t < 6; t++) {
      long first = t * 1_000;
      workers.add(
          threads.submit(
              () -> {
                for (long i = first; i < first + 60; i++) {
                  engine.execute("CREATE (:N {i: $i})-[:OF]->(:M)", Map.of("i", i));
                  acknowledged.add(i);
                }
              }));
    }
    for (Future<?> worker : workers) {
      worker.get();
    }
    slow.medium.observe(null);
    assertEquals(360, acknowledged.size());
    crashes.add(new Crash(slow.medium.afterWorstPowerCut(), acknowledged));
    for (Crash crash : crashes) {
      Engine again = Engine.open(crash.left, EngineOptions.singleThreaded(1, () -> 1_000));
      Set<Long> found = new HashSet<>();
      for (Row row : again.execute("MATCH (n:N)-[:OF]->(:M) RETURN n.i")) {
        found.add((Long) row.get(0));
      }
      assertTrue(found.containsAll(crash.acknowledged), "an acknowledged commit is gone");
      assertEquals(again.lastLsn() - 1, found.size());
      for (long i : found) {
        assertTrue(i % 1_000 == 0 || found.contains(i - 1), "a commit is gone before " + i);
      }
    }
  }

  @Test
  void whoIsInterruptedWhileAnotherSyncsIsAcknowledgedAndStaysInterrupted() throws Exception {
    slow.holdUp();
    List<Future<Result>> first = commit(1);
    slow.arrived.acquire();
    Thread[] waiting = new Thread[1];
    Future<Boolean> interrupted =
        threads.submit(
            () -> {
              waiting[0] = Thread.currentThread();
              engine.execute("CREATE (:N)");
              return Thread.interrupted();
            });
    awaitAppended(3);
    waiting[0].interrupt();
    assertThrows(
        java.util.concurrent.TimeoutException.class,
        () -> interrupted.get(50, TimeUnit.MILLISECONDS));
    slow.letGo();
    assertTrue(interrupted.get());
    first.get(0).get();
    assertEquals(3, engine.nodeCount());
  }

  @Test
  void closingMakesDurableWhatWaits() throws Exception {
    slow.holdUp();
    List<Future<Result>> first = commit(1);
    slow.arrived.acquire();
    List<Future<Result>> others = commit(3);
    awaitAppended(5);
    Future<?> closing = threads.submit(engine::close);
    slow.letGo();
    closing.get();
    first.addAll(others);
    for (Future<Result> commit : first) {
      commit.get();
    }
    Engine again =
        Engine.open(slow.medium.afterPowerCut(1), EngineOptions.singleThreaded(1, () -> 1_000));
    assertEquals(5, again.nodeCount());
  }

  @Test
  void aCheckpointDoesNotWaitForCommitsThatAreNotDurable() throws Exception {
    slow.holdUp();
    List<Future<Result>> first = commit(1);
    slow.arrived.acquire();
    slow.holdUpNoMore();
    assertEquals(1, engine.checkpoint().walLsn());
    slow.letGo();
    first.get(0).get();
    assertEquals(2, engine.checkpoint().walLsn());
  }
}
