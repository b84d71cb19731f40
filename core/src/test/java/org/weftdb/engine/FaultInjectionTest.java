package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.FaultyStorage;
import org.weftdb.storage.Storage;

/** Each operation of the storage fails once, at each place of what a database does. */
final class FaultInjectionTest {
  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(
            StorageOptions.DEFAULT
                .withSegmentBytes(400)
                .withCheckpoints(CheckpointPolicy.onlyAsked().withKeptSnapshots(2)));
  }

  private static Engine open(Storage storage) {
    return Engine.open(storage, options());
  }

  /** Steps of work, and the numbers of the nodes that must be there. */
  private static final class Work {
    static final List<String> STEPS =
        List.of(
            "create",
            "create",
            "create",
            "checkpoint",
            "create",
            "create",
            "sync",
            "checkpoint",
            "save",
            "create",
            "create",
            "checkpoint",
            "create",
            "load",
            "create",
            "create",
            "export",
            "create",
            "checkpoint",
            "create",
            "truncate",
            "create",
            "create",
            "checkpoint",
            "truncate",
            "create");

    TreeSet<Long> numbers = new TreeSet<>();
    private TreeSet<Long> saved = new TreeSet<>();
    private byte[] snapshot = {};
    private long next;

    /** The numbers that are there when a step goes well. */
    TreeSet<Long> after(String step) {
      TreeSet<Long> after = new TreeSet<>(step.equals("load") ? saved : numbers);
      if (step.equals("create")) {
        after.add(next + 1);
      }
      return after;
    }

    void run(Engine engine, String step) {
      TreeSet<Long> after = after(step);
      switch (step) {
        case "create" -> engine.execute("CREATE (:N {i: $i})-[:OF]->(:M)", Map.of("i", ++next));
        case "checkpoint" -> engine.checkpoint();
        case "truncate" -> engine.truncateLog(engine.logStatus().checkpointLsn());
        case "sync" -> engine.sync();
        case "export" -> engine.exportArchive((bytes, offset, length) -> {});
        case "load" -> engine.loadSnapshotFromBytes(snapshot);
        default -> {
          snapshot = engine.saveSnapshotToBytes();
          saved = numbers;
        }
      }
      numbers = after;
    }
  }

  private static TreeSet<Long> numbers(Engine engine) {
    TreeSet<Long> numbers = new TreeSet<>();
    for (Row row : engine.execute("MATCH (n:N)-[:OF]->(:M) RETURN n.i AS i")) {
      assertTrue(numbers.add((Long) row.get(0)));
    }
    assertEquals(2 * numbers.size(), engine.nodeCount());
    return numbers;
  }

  private static void assertFails(ErrorCode code, Executable call) {
    WeftException failure = assertThrows(WeftException.class, call);
    assertEquals(code, failure.code(), failure.getMessage());
  }

  private static void assertPoisoned(Engine engine, String where) {
    assertNotNull(engine.logStatus().failure(), where);
    for (Executable call :
        List.<Executable>of(
            () -> engine.execute("RETURN 1"),
            () -> engine.execute("CREATE (:N)"),
            () -> engine.begin(Access.READ),
            engine::nodeCount,
            engine::sync,
            engine::checkpoint,
            engine::saveSnapshotToBytes,
            () -> engine.truncateLog(0))) {
      WeftException failure = assertThrows(WeftException.class, call, where);
      assertEquals(ErrorCode.LOG_FAILED, failure.code(), where);
      assertTrue(failure.getMessage().contains("as a rule asked"), failure.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fail create",
        "fail append",
        "short append",
        "fail sync",
        "fail publish",
        "fail delete",
        "fail list"
      })
  void whatFailsWhileItWorksLosesNothing(String fault) {
    int poisoned = 0;
    int position = 0;
    for (boolean happened = true; happened; position++) {
      CrashStorage medium = new CrashStorage();
      FaultyStorage storage = new FaultyStorage(medium, "");
      Engine engine = open(storage);
      storage.setRules(fault + " * after " + position);
      Work work = new Work();
      TreeSet<Long> possible = work.numbers;
      boolean usable = true;
      for (int i = 0; usable && i < Work.STEPS.size(); i++) {
        String step = Work.STEPS.get(i);
        possible = work.after(step);
        String where = fault + " * after " + position + ", step " + i + ", " + step;
        try {
          work.run(engine, step);
          assertEquals(work.numbers, numbers(engine), where);
        } catch (WeftException failure) {
          assertTrue(
              failure.code() == ErrorCode.LOG_FAILED || failure.code() == ErrorCode.IO_FAILED,
              failure.getMessage());
          String failed = storage.faults().get(0);
          boolean ofLog = failed.contains(" log-") && !failed.startsWith("DELETE");
          usable = !ofLog && !(failed.startsWith("PUBLISH") && step.equals("load"));
          if (usable) {
            assertNull(engine.logStatus().failure(), where);
            assertEquals(work.numbers, numbers(engine), where);
          } else {
            assertPoisoned(engine, where);
            poisoned++;
          }
        }
      }
      Set<TreeSet<Long>> left =
          usable ? Set.of(work.numbers) : new HashSet<>(List.of(work.numbers, possible));
      assertHolds(medium.afterProcessDeath(), left, fault + " " + position);
      assertHolds(medium.afterWorstPowerCut(), left, fault + " " + position);
      boolean before = !storage.faults().isEmpty();
      close(engine, before);
      happened = !storage.faults().isEmpty();
      assertHolds(medium.afterWorstPowerCut(), left, fault + " " + position);
    }
    assertTrue(position > 5, fault + ": " + position);
    boolean poisons = !fault.equals("fail delete") && !fault.equals("fail list");
    assertEquals(poisons, poisoned > 0, fault);
  }

  /** Closes it, which tells what fails then and not what failed before. */
  private static void close(Engine engine, boolean goesWell) {
    try {
      engine.close();
    } catch (WeftException failure) {
      assertEquals(ErrorCode.LOG_FAILED, failure.code());
      assertTrue(!goesWell, failure.getMessage());
    }
    assertFails(ErrorCode.CLOSED, engine::nodeCount);
  }

  private static void assertHolds(CrashStorage left, Set<TreeSet<Long>> possible, String where) {
    Engine engine = open(left);
    TreeSet<Long> found = numbers(engine);
    assertTrue(possible.contains(found), where + ": " + found + " instead of " + possible);
    engine.execute("CREATE (:N {i: 1000})-[:OF]->(:M)");
    engine.close();
    found.add(1000L);
    assertEquals(found, numbers(open(left.afterProcessDeath())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fail read",
        "short read",
        "fail list",
        "fail create",
        "fail append",
        "fail sync",
        "fail publish",
        "fail delete"
      })
  void whatFailsWhileItIsOpenedIsToldAndLosesNothing(String fault) {
    CrashStorage medium = new CrashStorage();
    Work work = new Work();
    Engine worked = open(medium);
    Work.STEPS.forEach(step -> work.run(worked, step));
    CrashStorage left = medium.afterProcessDeath();
    left.replaceBytes("snapshot-0000000000000099.weft.tmp", new byte[10]);
    CrashStorage empty = new CrashStorage();
    for (CrashStorage opened : List.of(left, empty)) {
      TreeSet<Long> numbers = opened == left ? work.numbers : new TreeSet<>();
      boolean happened = true;
      for (int position = 0; happened; position++) {
        CrashStorage copy = opened.afterProcessDeath();
        Map<String, byte[]> before = files(copy);
        FaultyStorage storage = new FaultyStorage(copy, fault + " * after " + position);
        try {
          assertEquals(numbers, numbers(open(storage)));
        } catch (WeftException failure) {
          assertEquals(ErrorCode.IO_FAILED, failure.code(), failure.getMessage());
          assertTrue(failure.getMessage().contains("as a rule asked"), failure.getMessage());
          assertTrue(!fault.equals("fail delete"), "what is not needed is only in the way");
          if (fault.endsWith("read")) {
            before.remove("snapshot-0000000000000099.weft.tmp");
            Map<String, byte[]> after = files(copy);
            assertEquals(before.keySet(), after.keySet());
            before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name)));
          }
        }
        happened = !storage.faults().isEmpty();
        assertHolds(copy.afterWorstPowerCut(), Set.of(numbers), fault + " " + position);
      }
    }
  }

  private static Map<String, byte[]> files(CrashStorage storage) {
    Map<String, byte[]> files = new TreeMap<>();
    storage.list().forEach(name -> files.put(name, storage.bytesOf(name)));
    return files;
  }

  @Test
  void aFullMediumLosesNothingAndIsToldAtOnce() {
    for (int room = 0; room < 9_000; room += 61) {
      CrashStorage medium = new CrashStorage();
      FaultyStorage storage = new FaultyStorage(medium, "full after " + room + " bytes");
      Work work = new Work();
      TreeSet<Long> possible = work.numbers;
      boolean usable = true;
      try {
        Engine engine = open(storage);
        for (int i = 0; usable && i < 100; i++) {
          String step = Work.STEPS.get(i % Work.STEPS.size());
          possible = work.after(step);
          try {
            work.run(engine, step);
          } catch (WeftException failure) {
            assertTrue(failure.getMessage().contains("as a rule asked"), failure.getMessage());
            usable = engine.logStatus().failure() == null;
            if (!usable) {
              assertPoisoned(engine, "room for " + room);
            } else {
              assertEquals(ErrorCode.IO_FAILED, failure.code());
              assertTrue(!step.equals("create"), step);
            }
          }
        }
      } catch (WeftException full) {
        assertEquals(ErrorCode.IO_FAILED, full.code(), full.getMessage());
        assertTrue(work.numbers.isEmpty());
      }
      assertHolds(
          medium.afterWorstPowerCut(),
          new HashSet<>(List.of(work.numbers, possible)),
          "room for " + room);
    }
  }

  @Test
  void afterAFailedSyncNothingThatWasNotDurableIsAcknowledged() {
    CrashStorage medium = new CrashStorage();
    FaultyStorage storage = new FaultyStorage(medium, "fail sync log-*.weft after 4");
    Engine engine = open(storage);
    long acknowledged = 0;
    for (int i = 0; i < 10; i++) {
      try {
        engine.execute("CREATE (:N)");
        acknowledged++;
      } catch (WeftException failure) {
        assertEquals(ErrorCode.LOG_FAILED, failure.code());
      }
    }
    assertEquals(List.of("SYNC log-0000000000000001.weft"), storage.faults());
    assertEquals(acknowledged, engine.logStatus().durableLsn());
    assertEquals(acknowledged, open(medium.afterWorstPowerCut()).nodeCount());
    assertFails(ErrorCode.LOG_FAILED, engine::nodeCount);
  }
}
