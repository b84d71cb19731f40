package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;
import org.weftdb.storage.CrashStorage;

/** Checkpoints, what they delete, and what the log's status says. */
final class CheckpointTest {
  private static final String NODE = "CREATE (:N {i: $i})";

  private long now = 1_000;
  private final CrashStorage storage = new CrashStorage();

  /** A database in {@link #storage} with the usual policy. */
  private final Engine engine = open(storage);

  private EngineOptions options(CheckpointPolicy policy) {
    return EngineOptions.singleThreaded(1, () -> now)
        .withStorage(StorageOptions.DEFAULT.withSegmentBytes(300).withCheckpoints(policy));
  }

  private Engine open(CrashStorage storage) {
    return Engine.open(storage, options(CheckpointPolicy.DEFAULT));
  }

  private static void create(Engine engine, int count) {
    for (int i = 0; i < count; i++) {
      engine.execute(NODE, Map.of("i", engine.nodeCount()));
    }
  }

  private static void assertHolds(Engine engine, long count) {
    String query = "MATCH (n:N) RETURN count(DISTINCT n.i) AS n, min(n.i) AS a, max(n.i) AS z";
    Map<String, Object> row = engine.execute(query).toList().get(0);
    assertEquals(Map.of("n", count, "a", 0L, "z", count - 1), row);
  }

  private static void assertFails(ErrorCode code, Executable call) {
    WeftException failure = assertThrows(WeftException.class, call);
    assertEquals(code, failure.code(), failure.getMessage());
  }

  private static List<String> snapshots(CrashStorage storage) {
    List<String> names = new ArrayList<>(storage.list());
    names.removeIf(name -> !name.startsWith("snapshot-"));
    return names;
  }

  private static void damage(CrashStorage storage, String name) {
    byte[] bytes = storage.bytesOf(name);
    bytes[bytes.length / 2] ^= 1;
    storage.replaceBytes(name, bytes);
  }

  @Test
  void readingWritesNothing() {
    create(engine, 3);
    int operations = storage.operations();
    assertHolds(engine, 3);
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      transaction.execute("MATCH (n:N) SET n.i = n.i + 1");
      transaction.rollback();
    }
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      transaction.execute("MATCH (n:N {i: -1}) DELETE n").toList();
      transaction.commit();
    }
    assertThrows(WeftException.class, () -> engine.execute("CREATE (:N {i: 1 / 0})"));
    assertEquals(operations, storage.operations());
    assertHolds(engine, 3);
  }

  @Test
  void theLogIsNeededFromTheCheckpointOnOnly() {
    create(engine, 20);
    long before = engine.logStatus().bytes();
    SnapshotInfo info = engine.checkpoint();
    assertEquals(new SnapshotInfo(2, 20, 0, 20), info);
    engine.truncateLog(20);
    create(engine, 5);
    LogStatus status = engine.logStatus();
    assertEquals(20, status.checkpointLsn());
    assertEquals(1_000, status.checkpointMillis());
    assertEquals(26, status.nextLsn());
    assertEquals(25, status.durableLsn());
    assertTrue(status.oldestLsn() > 15, status.toString());
    assertTrue(status.bytes() < before, status.toString());
    assertTrue(status.bytesSinceCheckpoint() < status.bytes(), status.toString());
    Engine again = open(storage.afterProcessDeath());
    assertHolds(again, 25);
    assertEquals(25, again.lastLsn());
    assertEquals(20, again.logStatus().checkpointLsn());
    create(again, 1);
    again.checkpoint();
    again.close();
  }

  @Test
  void withoutCommitsSinceTheLastThereIsNothingToDo() {
    assertEquals(0, engine.checkpoint().walLsn());
    assertEquals(List.of(), snapshots(storage));
    create(engine, 3);
    engine.checkpoint();
    int operations = storage.operations();
    assertEquals(3, engine.checkpoint().walLsn());
    assertEquals(operations, storage.operations());
    assertFails(
        ErrorCode.INVALID_USE, Engine.inMemory(options(CheckpointPolicy.DEFAULT))::checkpoint);
  }

  @Test
  void asManySnapshotsAreKeptAsThePolicySaysAndEachCanStandInForTheNewest() {
    for (int kept = 1; kept <= 3; kept++) {
      CrashStorage medium = new CrashStorage();
      Engine keeping =
          Engine.open(medium, options(CheckpointPolicy.onlyAsked().withKeptSnapshots(kept)));
      for (int i = 1; i <= 5; i++) {
        create(keeping, 4);
        keeping.checkpoint();
        assertEquals(Math.min(i, kept), snapshots(medium).size());
      }
      create(keeping, 2);
      keeping.close();
      CrashStorage damaged = medium.afterProcessDeath();
      List<String> names = snapshots(damaged);
      for (int i = names.size() - 1; i > 0; i--) {
        damage(damaged, names.get(i));
        assertHolds(open(damaged.afterProcessDeath()), 22);
      }
    }
  }

  @Test
  void theFirstSnapshotIsCoveredByTheWholeLogUntilThereIsASecond() {
    create(engine, 9);
    engine.checkpoint();
    assertEquals(1, engine.logStatus().oldestLsn());
    engine.close();
    CrashStorage damaged = storage.afterProcessDeath();
    damaged.replaceBytes(snapshots(damaged).get(0), new byte[100]);
    assertHolds(open(damaged.afterProcessDeath()), 9);
    damaged.remove(snapshots(damaged).get(0));
    assertHolds(open(damaged.afterProcessDeath()), 9);
  }

  @Test
  void aDamagedSnapshotGoesWithTheNextCheckpoint() {
    create(engine, 4);
    engine.checkpoint();
    create(engine, 4);
    engine.checkpoint();
    engine.close();
    CrashStorage damaged = storage.afterProcessDeath();
    String newest = snapshots(damaged).get(1);
    damage(damaged, newest);
    Engine again = open(damaged);
    create(again, 1);
    again.checkpoint();
    assertFalse(damaged.exists(newest));
    assertEquals(2, snapshots(damaged).size());
    assertHolds(open(damaged.afterProcessDeath()), 9);
  }

  @Test
  void whatACrashLeftUndeletedGoesAtTheNextOpening() {
    for (int i = 0; i < 4; i++) {
      create(engine, 8);
      engine.checkpoint();
    }
    List<String> before = storage.list();
    CrashStorage copy = storage.afterProcessDeath();
    copy.replaceBytes("snapshot-0000000000000001.weft", copy.bytesOf(snapshots(copy).get(0)));
    copy.replaceBytes("log-0000000000000001.weft", new byte[7]);
    copy.replaceBytes("snapshot-0000000000000099.weft.tmp", new byte[7]);
    Engine again = open(copy);
    assertEquals(before, copy.list());
    assertHolds(again, 32);
  }

  @Test
  void checkpointsAreDueByBytesCommitsAndTime() {
    CheckpointPolicy never = CheckpointPolicy.onlyAsked();
    assertDue(never.withLogBytes(700), 5, 20);
    assertDue(never.withCommits(10), 10, 10);
    Engine timed = Engine.open(new CrashStorage(), options(never.withIntervalMillis(500)));
    assertFalse(timed.checkpointIsDue());
    now += 500;
    assertFalse(timed.checkpointIsDue());
    create(timed, 1);
    assertTrue(timed.checkpointIsDue());
    timed.checkpoint();
    create(timed, 1);
    assertFalse(timed.checkpointIsDue());
    now += 500;
    assertTrue(timed.checkpointIsDue());
    Engine quiet = Engine.open(new CrashStorage(), options(never));
    create(quiet, 100);
    now += 1_000_000;
    assertFalse(quiet.checkpointIsDue());
  }

  private void assertDue(CheckpointPolicy policy, int from, int to) {
    Engine engine = Engine.open(new CrashStorage(), options(policy));
    int commits = 0;
    while (!engine.checkpointIsDue()) {
      create(engine, 1);
      commits++;
    }
    assertTrue(commits >= from && commits <= to, commits + " commits");
    engine.checkpoint();
    assertFalse(engine.checkpointIsDue());
  }

  @Test
  void aCheckpointThatFailsLeavesTheDatabaseAsItWas() {
    CrashStorage reference = new CrashStorage();
    Engine counted = open(reference);
    create(counted, 6);
    int first = reference.operations() + 1;
    counted.checkpoint();
    int last = reference.operations();
    for (int operation = first; operation <= last; operation++) {
      CrashStorage medium = new CrashStorage();
      Engine failing = Engine.open(medium, options(CheckpointPolicy.onlyAsked().withCommits(1)));
      create(failing, 6);
      medium.failOnceAt(operation);
      WeftException failure = assertThrows(WeftException.class, failing::checkpoint);
      if (failure.code() == ErrorCode.LOG_FAILED) {
        // The mark in the log was not written.
        assertEquals(last, operation);
        continue;
      }
      assertEquals(failure, failing.logStatus().checkpointFailure());
      assertNull(failing.logStatus().failure());
      create(failing, 1);
      assertFalse(failing.checkpointIsDue(), "too soon after a failure");
      now += 10_000;
      assertTrue(failing.checkpointIsDue());
      failing.checkpoint();
      assertNull(failing.logStatus().checkpointFailure());
      assertHolds(open(medium.afterPowerCut(operation)), 7);
    }
  }

  @Test
  void theLogIsCutOnlyUpToASnapshot() {
    create(engine, 10);
    assertFails(ErrorCode.INVALID_USE, () -> engine.truncateLog(1));
    engine.checkpoint();
    assertFails(ErrorCode.INVALID_USE, () -> engine.truncateLog(11));
    int segments = engine.logStatus().segments();
    engine.truncateLog(0);
    assertEquals(segments, engine.logStatus().segments());
    engine.truncateLog(5);
    assertTrue(engine.logStatus().oldestLsn() > 1 && engine.logStatus().oldestLsn() <= 6);
    engine.truncateLog(10);
    assertTrue(engine.logStatus().oldestLsn() > 6, engine.logStatus().toString());
    assertHolds(open(storage.afterProcessDeath()), 10);
  }

  @Test
  void aSnapshotThatIsNewerThanTheLogAndOneWithoutItsLogAreFound() {
    create(engine, 10);
    engine.checkpoint();
    create(engine, 10);
    engine.close();
    CrashStorage lostLog = storage.afterProcessDeath();
    for (String name : lostLog.list()) {
      if (name.startsWith("log-")) {
        lostLog.remove(name);
      }
    }
    assertFails(ErrorCode.SEGMENT_MISSING, () -> open(lostLog));
    Engine truncating = open(storage.afterProcessDeath());
    truncating.checkpoint();
    truncating.truncateLog(20);
    truncating.close();
    CrashStorage lostSnapshot = storage.afterProcessDeath();
    Engine engineWithout = open(lostSnapshot);
    engineWithout.checkpoint();
    engineWithout.truncateLog(20);
    engineWithout.close();
    CrashStorage without = lostSnapshot.afterProcessDeath();
    without.remove(snapshots(without).get(0));
    assertFails(ErrorCode.SEGMENT_MISSING, () -> open(without));
  }

  @Test
  void theOpeningTellsHowFarItIs() {
    create(engine, 10);
    engine.checkpoint();
    create(engine, 10);
    engine.close();
    List<String> told = new ArrayList<>();
    OpeningListener listener =
        (phase, done, total) -> {
          assertTrue(done >= 0 && done <= total);
          told.add(phase + (done == 0 ? " begins" : done == total ? " ends" : " goes on"));
        };
    EngineOptions usual = options(CheckpointPolicy.DEFAULT);
    Engine.open(
        storage.afterProcessDeath(), usual.withStorage(usual.storage().withOpening(listener)));
    assertEquals(List.of("SNAPSHOT begins", "SNAPSHOT ends", "LOG begins"), told.subList(0, 3));
    assertTrue(told.contains("LOG goes on"), told.toString());
    assertEquals("LOG ends", told.get(told.size() - 1));
  }

  @Test
  void aCommitOfTooManyBytesIsRefusedAndNothingIsLost() {
    CrashStorage medium = new CrashStorage();
    EngineOptions usual = options(CheckpointPolicy.DEFAULT);
    Engine limited =
        Engine.open(medium, usual.withStorage(usual.storage().withMaxCommitBytes(1_000)));
    create(limited, 1);
    Map<String, Object> large = Map.of("text", "x".repeat(1_000));
    WeftException failure =
        assertThrows(WeftException.class, () -> limited.execute("CREATE (:Big {t: $text})", large));
    assertEquals(ErrorCode.VALUE_TOO_LARGE, failure.code());
    assertNotNull(failure.position());
    assertTrue(failure.getMessage().contains("expected at most 1000"), failure.getMessage());
    create(limited, 1);
    assertHolds(limited, 2);
    assertHolds(open(medium.afterProcessDeath()), 2);
  }

  @Test
  void theDurabilityChangesWhileTheDatabaseIsOpen() {
    create(engine, 1);
    engine.setDurability(Durability.NONE);
    create(engine, 2);
    assertEquals(1, engine.logStatus().durableLsn());
    assertEquals(4, engine.logStatus().nextLsn());
    engine.setDurability(Durability.PER_COMMIT);
    assertEquals(3, engine.logStatus().durableLsn());
    create(engine, 1);
    assertEquals(4, engine.logStatus().durableLsn());
    engine.setDurability(Durability.group(5));
    create(engine, 1);
    assertTrue(engine.needsSync());
    engine.sync();
    assertFalse(engine.needsSync());
    assertEquals(Durability.group(5), engine.logStatus().durability());
    assertHolds(open(storage.afterPowerCut(3)), 5);
  }
}
