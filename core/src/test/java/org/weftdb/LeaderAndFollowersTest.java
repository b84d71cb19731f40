package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work shared among threads. Who waits in vain shows as a test that takes too long. */
@Timeout(60)
final class LeaderAndFollowersTest {
  /** A log whose sync takes a while and now and then fails. */
  private static final class Log {
    final LeaderAndFollowers shared = new LeaderAndFollowers();
    final AtomicLong appended = new AtomicLong();
    final AtomicInteger syncing = new AtomicInteger();
    final AtomicInteger syncs = new AtomicInteger();
    final long syncNanos;
    final int failsOneIn;
    volatile long synced;

    Log(long syncNanos, int failsOneIn) {
      this.syncNanos = syncNanos;
      this.failsOneIn = failsOneIn;
    }

    long commit() {
      long number = appended.incrementAndGet();
      shared.await(() -> synced >= number, this::sync);
      return number;
    }

    private void sync() {
      assertEquals(1, syncing.incrementAndGet());
      long covered = appended.get();
      LockSupport.parkNanos(syncNanos);
      syncs.incrementAndGet();
      boolean fails = failsOneIn > 0 && ThreadLocalRandom.current().nextInt(failsOneIn) == 0;
      assertEquals(0, syncing.decrementAndGet());
      if (fails) {
        throw new IllegalStateException("the sync failed");
      }
      synced = covered;
    }
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void whoIsAloneDoesItAtOnce() {
    Log log = new Log(0, 0);
    for (int i = 1; i <= 100; i++) {
      assertEquals(i, log.commit());
      assertEquals(i, log.syncs.get());
    }
  }

  @Test
  void thoseWhoComeDuringTheWorkShareTheNext() throws Exception {
    LeaderAndFollowers shared = new LeaderAndFollowers();
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger works = new AtomicInteger();
    Future<?> first =
        threads.submit(
            () ->
                shared.await(
                    () -> works.get() >= 1,
                    () -> {
                      began.countDown();
                      awaitGate(gate);
                      works.incrementAndGet();
                    }));
    began.await();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Thread thread =
          new Thread(() -> shared.await(() -> works.get() >= 2, works::incrementAndGet));
      others.add(thread);
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
    }
    gate.countDown();
    first.get();
    for (Thread other : others) {
      other.join();
    }
    assertEquals(2, works.get());
  }

  private static void awaitGate(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void manyCommit(Log log, int count, boolean interrupts) throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    List<Thread> working = new ArrayList<>();
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger broken = new AtomicInteger();
    for (int t = 0; t < 12; t++) {
      Thread thread =
          new Thread(
              () -> {
                ThreadLocalRandom random = ThreadLocalRandom.current();
                for (int i = 0; i < count; i++) {
                  try {
                    long number = log.commit();
                    if (log.synced < number) {
                      broken.incrementAndGet();
                    }
                  } catch (IllegalStateException failure) {
                    failed.incrementAndGet();
                  } catch (AssertionError two) {
                    broken.incrementAndGet();
                  }
                  if (random.nextInt(20) == 0) {
                    LockSupport.parkNanos(random.nextInt(1_000_000));
                  }
                }
              });
      working.add(thread);
      thread.start();
    }
    Future<?> interrupter =
        threads.submit(
            () -> {
              while (interrupts && !ended.get()) {
                working.get(ThreadLocalRandom.current().nextInt(working.size())).interrupt();
                LockSupport.parkNanos(50_000);
              }
            });
    for (Thread thread : working) {
      thread.join();
    }
    ended.set(true);
    interrupter.get();
    assertEquals(0, broken.get());
    assertEquals(log.failsOneIn > 0, failed.get() > 0);
    assertTrue(log.syncs.get() < 12 * count, "nobody has shared");
    log.shared.await(() -> log.synced >= log.appended.get(), () -> log.synced = Long.MAX_VALUE);
  }

  @Test
  void nobodyWaitsInVainWhereTheWorkIsShort() throws Exception {
    manyCommit(new Log(1, 0), 2_000, false);
  }

  @Test
  void nobodyWaitsInVainWhereTheWorkIsLong() throws Exception {
    manyCommit(new Log(1_000_000, 0), 200, false);
  }

  @Test
  void nobodyWaitsInVainAmongFailuresAndInterrupts() throws Exception {
    manyCommit(new Log(50_000, 5), 500, true);
  }
}
