package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/** Commits of several threads on a storage whose syncs take as long as the test wants. */
@Timeout(60)
final class GroupCommitTest {
  /** Passes all on; syncs of the log wait while they are held up. */
  private static final class SlowStorage implements Storage {
    final CrashStorage medium = new CrashStorage();
    final AtomicInteger syncs = new AtomicInteger();
    volatile boolean heldUp;
    volatile boolean broken;
    final Semaphore arrived = new Semaphore(0);
    volatile CountDownLatch gate = new CountDownLatch(0);

    void holdUp() {
      gate = new CountDownLatch(1);
      heldUp = true;
    }

    void letGo() {
      heldUp = false;
      gate.countDown();
    }

    @Override
    public List<String> list() {
      return medium.list();
    }

    @Override
    public boolean exists(String name) {
      return medium.exists(name);
    }

    @Override
    public AppendFile create(String name) {
      AppendFile file = medium.create(name);
      return new AppendFile() {
        @Override
        public void append(byte[] bytes, int offset, int length) {
          file.append(bytes, offset, length);
        }

        @Override
        public void sync() {
          syncs.incrementAndGet();
          if (heldUp) {
            arrived.release();
            try {
              gate.await();
            } catch (InterruptedException interrupted) {
              throw new IllegalStateException(interrupted);
            }
          }
          if (broken) {
            throw new WeftException(ErrorCode.IO_FAILED, "the medium is broken");
          }
          file.sync();
        }

        @Override
        public long length() {
          return file.length();
        }

        @Override
        public void close() {
          file.close();
        }
      };
    }

    @Override
    public ReadFile openRead(String name) {
      return medium.openRead(name);
    }

    @Override
    public void sync(String name) {
      medium.sync(name);
    }

    @Override
    public void publish(String temporary, String name) {
      medium.publish(temporary, name);
    }

    @Override
    public void delete(String name) {
      medium.delete(name);
    }

    @Override
    public void close() {
      medium.close();
    }
  }

  /** A turn for threads. */
  private static final class Turn implements WriteTurn {
    private final Semaphore turn = new Semaphore(1, true);

    @Override
    public void acquire() {
      turn.acquireUninterruptibly();
    }

    @Override
    public void release() {
      turn.release();
    }
  }

  private final SlowStorage storage = new SlowStorage();
  private Engine engine;
  private ExecutorService threads;

  @BeforeEach
  void open() {
    EngineOptions one = EngineOptions.singleThreaded(1, () -> 1_000);
    engine =
        Engine.open(
            storage,
            new EngineOptions(
                one.storage(),
                one.planCacheSize(),
                one.newDatabaseId(),
                one.randomSeed(),
                one.clock(),
                new Turn(),
                one.cancellation(),
                one.zoneRules(),
                one.textNormalizer(),
                one.procedures(),
                one.functions(),
                one.csvSource(),
                one.limits(),
                one.afterCommit()));
    engine.execute("CREATE (:First)");
    threads = Executors.newCachedThreadPool();
  }

  @AfterEach
  void end() {
    storage.letGo();
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
    storage.holdUp();
    List<Future<Result>> first = commit(1);
    storage.arrived.acquire();
    int before = storage.syncs.get();
    List<Future<Result>> others = commit(15);
    awaitAppended(17);
    assertEquals(before, storage.syncs.get());
    storage.letGo();
    for (Future<Result> commit : first) {
      commit.get();
    }
    for (Future<Result> commit : others) {
      commit.get();
    }
    assertEquals(before + 1, storage.syncs.get());
    assertEquals(17, engine.nodeCount());
  }

  @Test
  void nobodyButTheNextWriterSeesACommitBeforeItIsDurable() throws Exception {
    storage.holdUp();
    List<Future<Result>> first = commit(1);
    storage.arrived.acquire();
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
    storage.letGo();
    assertEquals(3, next.get());
    first.get(0).get();
    assertEquals(3, engine.nodeCount());
  }

  @Test
  void aTransactionThatChangesNothingWaitsForWhatItHasSeen() throws Exception {
    storage.holdUp();
    List<Future<Result>> first = commit(1);
    storage.arrived.acquire();
    Future<Result> merges = threads.submit(() -> engine.execute("MERGE (n:N) RETURN n"));
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> merges.get(50, TimeUnit.MILLISECONDS));
    storage.letGo();
    assertTrue(merges.get().hasNext());
    first.get(0).get();
    assertEquals(2, engine.nodeCount());
  }

  @Test
  void whenTheSyncFailsNobodyWhoWaitedIsToldThatItWentWell() throws Exception {
    storage.holdUp();
    List<Future<Result>> first = commit(1);
    storage.arrived.acquire();
    List<Future<Result>> others = commit(5);
    awaitAppended(7);
    storage.broken = true;
    storage.letGo();
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
        Engine.open(
            storage.medium.afterProcessDeath(), EngineOptions.singleThreaded(1, () -> 1_000));
    assertTrue(again.nodeCount() >= 1);
  }

  @Test
  void closingMakesDurableWhatWaits() throws Exception {
    storage.holdUp();
    List<Future<Result>> first = commit(1);
    storage.arrived.acquire();
    List<Future<Result>> others = commit(3);
    awaitAppended(5);
    Future<?> closing = threads.submit(engine::close);
    storage.letGo();
    closing.get();
    first.addAll(others);
    for (Future<Result> commit : first) {
      commit.get();
    }
    Engine again =
        Engine.open(storage.medium.afterPowerCut(1), EngineOptions.singleThreaded(1, () -> 1_000));
    assertEquals(5, again.nodeCount());
  }

  @Test
  void aCheckpointDoesNotWaitForCommitsThatAreNotDurable() throws Exception {
    storage.holdUp();
    List<Future<Result>> first = commit(1);
    storage.arrived.acquire();
    storage.heldUp = false;
    assertEquals(1, engine.checkpoint().walLsn());
    storage.letGo();
    first.get(0).get();
    assertEquals(2, engine.checkpoint().walLsn());
  }
}
