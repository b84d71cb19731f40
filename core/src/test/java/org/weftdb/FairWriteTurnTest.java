package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The write turn among threads. A turn that got lost shows as a test that takes too long. */
@Timeout(60)
final class FairWriteTurnTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** Starts a thread that wants the turn, and returns when it waits for it. */
  private static Thread startWaiting(Runnable wanting) throws InterruptedException {
    Thread thread = new Thread(wanting);
    thread.start();
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
    return thread;
  }

  private static void join(List<Thread> waiting) throws InterruptedException {
    for (Thread thread : waiting) {
      thread.join();
    }
  }

  /** Asks for the turn, notes who got it or why not, and gives it back. */
  private static Runnable taking(FairWriteTurn turn, int number, List<String> order) {
    return () -> {
      try {
        turn.acquire();
        order.add("turn " + number);
        turn.release();
      } catch (WeftException failure) {
        order.add(failure.code() + " " + number);
      }
    };
  }

  @Test
  void theTurnGoesRoundInTheOrderInWhichItWasAskedFor() throws Exception {
    FairWriteTurn turn = new FairWriteTurn(0);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<String> expected = new ArrayList<>();
    List<Thread> waiting = new ArrayList<>();
    turn.acquire();
    for (int i = 0; i < 30; i++) {
      waiting.add(startWaiting(taking(turn, i, order)));
      expected.add("turn " + i);
    }
    turn.release();
    join(waiting);
    assertEquals(expected, order);
  }

  @Test
  void thoseWhoAreInterruptedLeaveTheirPlacesToTheOthers() throws Exception {
    FairWriteTurn turn = new FairWriteTurn(0);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = new ArrayList<>();
    turn.acquire();
    for (int i = 0; i < 7; i++) {
      waiting.add(startWaiting(taking(turn, i, order)));
    }
    for (int left : new int[] {3, 0, 6}) {
      waiting.get(left).interrupt();
      waiting.get(left).join();
    }
    turn.release();
    join(waiting);
    assertEquals(
        List.of(
            "CANCELLED 3", "CANCELLED 0", "CANCELLED 6", "turn 1", "turn 2", "turn 4", "turn 5"),
        order);
  }

  @Test
  void thoseWhoWaitTooLongLeaveAndTheTurnIsFreeAfterThem() throws Exception {
    FairWriteTurn turn = new FairWriteTurn(20);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = new ArrayList<>();
    turn.acquire();
    for (int i = 0; i < 5; i++) {
      Thread thread = new Thread(taking(turn, i, order));
      waiting.add(thread);
      thread.start();
    }
    join(waiting);
    Collections.sort(order);
    assertEquals(
        List.of(
            "WRITE_TURN_TIMED_OUT 0",
            "WRITE_TURN_TIMED_OUT 1",
            "WRITE_TURN_TIMED_OUT 2",
            "WRITE_TURN_TIMED_OUT 3",
            "WRITE_TURN_TIMED_OUT 4"),
        order);
    turn.release();
    turn.acquire();
    turn.release();
  }

  @Test
  void whoHasTheTurnIsRefusedAndAnotherThreadMayGiveItBack() throws Exception {
    FairWriteTurn turn = new FairWriteTurn(0);
    turn.acquire();
    WeftException again = assertThrows(WeftException.class, turn::acquire);
    assertEquals(ErrorCode.INVALID_USE, again.code());
    threads.submit(turn::release).get();
    turn.acquire();
    turn.release();
    assertThrows(IllegalStateException.class, turn::release);
  }

  @Test
  void whoIsInterruptedBeforeItAsksDoesNotGetTheTurn() {
    FairWriteTurn turn = new FairWriteTurn(0);
    Thread.currentThread().interrupt();
    WeftException refused = assertThrows(WeftException.class, turn::acquire);
    assertTrue(Thread.interrupted());
    assertEquals(ErrorCode.CANCELLED, refused.code());
    turn.acquire();
    turn.release();
  }

  private static void spin(int turns) {
    for (int i = 0; i < turns; i++) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anInterruptAtTheMomentOfTheHandOverLosesNoTurn() throws Exception {
    FairWriteTurn turn = new FairWriteTurn(0);
    CyclicBarrier begin = new CyclicBarrier(3);
    CyclicBarrier end = new CyclicBarrier(3);
    AtomicInteger interrupted = new AtomicInteger();
    int rounds = 3_000;
    Thread[] asking = new Thread[1];
    Future<Integer> asker =
        threads.submit(
            () -> {
              asking[0] = Thread.currentThread();
              int cancelled = 0;
              for (int round = 1; round <= rounds; round++) {
                begin.await();
                try {
                  turn.acquire();
                  turn.release();
                } catch (WeftException failure) {
                  assertEquals(ErrorCode.CANCELLED, failure.code());
                  cancelled++;
                }
                while (interrupted.get() < round) {
                  Thread.onSpinWait();
                }
                assertTrue(Thread.interrupted());
                end.await();
              }
              return cancelled;
            });
    Future<?> interrupter =
        threads.submit(
            () -> {
              for (int round = 1; round <= rounds; round++) {
                begin.await();
                spin(ThreadLocalRandom.current().nextInt(400));
                asking[0].interrupt();
                interrupted.incrementAndGet();
                end.await();
              }
              return null;
            });
    for (int round = 0; round < rounds; round++) {
      turn.acquire();
      begin.await();
      spin(ThreadLocalRandom.current().nextInt(400));
      turn.release();
      end.await();
    }
    interrupter.get();
    assertTrue(asker.get() <= rounds);
    turn.acquire();
  }

  /** What happened to one thread that asked for the turn again and again. */
  private record Outcome(int turns, int refused) {}

  private static Outcome askOften(FairWriteTurn turn, int count, AtomicInteger holders) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int turns = 0;
    int refused = 0;
    for (int i = 0; i < count; i++) {
      try {
        turn.acquire();
      } catch (WeftException failure) {
        if (failure.code() != ErrorCode.WRITE_TURN_TIMED_OUT) {
          assertEquals(ErrorCode.CANCELLED, failure.code());
          assertTrue(Thread.interrupted());
        }
        refused++;
        continue;
      }
      assertEquals(1, holders.incrementAndGet());
      turns++;
      if (random.nextInt(50) == 0) {
        LockSupport.parkNanos(1_500_000);
      } else {
        spin(random.nextInt(100));
      }
      assertEquals(0, holders.decrementAndGet());
      turn.release();
    }
    return new Outcome(turns, refused);
  }

  private void manyAsk(FairWriteTurn turn, int count) throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    List<Thread> asking = Collections.synchronizedList(new ArrayList<>());
    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      outcomes.add(
          threads.submit(
              () -> {
                asking.add(Thread.currentThread());
                return askOften(turn, count, holders);
              }));
    }
    Future<?> interrupter =
        threads.submit(
            () -> {
              ThreadLocalRandom random = ThreadLocalRandom.current();
              while (!ended.get()) {
                if (!asking.isEmpty()) {
                  asking.get(random.nextInt(asking.size())).interrupt();
                }
                LockSupport.parkNanos(random.nextInt(100_000));
              }
            });
    int turns = 0;
    int all = 0;
    for (Future<Outcome> outcome : outcomes) {
      turns += outcome.get().turns();
      all += outcome.get().turns() + outcome.get().refused();
    }
    ended.set(true);
    interrupter.get();
    assertEquals(12 * count, all);
    assertTrue(turns > 0);
    assertEquals(0, holders.get());
    turn.acquire();
    turn.release();
  }

  @Test
  void neverTwoHaveTheTurnAndNoneIsLostAmongTimeoutsAndInterrupts() throws Exception {
    manyAsk(new FairWriteTurn(1), 500);
  }

  @Test
  void neverTwoHaveTheTurnAndNoneIsLostAmongInterrupts() throws Exception {
    manyAsk(new FairWriteTurn(0), 500);
  }
}
