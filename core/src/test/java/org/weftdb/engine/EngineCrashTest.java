package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.log.Durability;
import org.weftdb.storage.CrashStorage;

/**
 * Lives of databases with crashes at every operation of the storage; {@code -Dcrash.points=1000000}
 * tries more, {@code -Dcrash.first=17 -Dcrash.points=1} replays seed 17.
 */
final class EngineCrashTest {
  private static final long FIRST = Long.getLong("crash.first", 0);
  private static final long POINTS = Long.getLong("crash.points", 50_000);

  @Test
  void everyPromisedCommitSurvivesNoneInPartAndTheDatabaseStaysWritable() {
    long points = 0;
    long seed = FIRST;
    for (; points < POINTS; seed++) {
      points += new CrashSimulation(seed).run();
    }
    System.out.println(points + " crashes in " + (seed - FIRST) + " lives of a database");
  }

  @Test
  void theLogMayBeTornAtAnyByte() {
    CrashCheck check = new CrashCheck(StorageOptions.DEFAULT.withSegmentBytes(400), new Prng(1));
    CrashStorage storage = new CrashStorage();
    TreeMap<Long, byte[]> snapshots = new TreeMap<>();
    List<Torn> torn = new ArrayList<>();
    long[] durable = {0};
    Engine engine = Engine.open(storage, check.options(() -> {}));
    engine.setDurability(Durability.NONE);
    snapshots.put(0L, engine.saveSnapshotToBytes());
    storage.observe(
        (operation, name) -> {
          if (operation == CrashStorage.Operation.SYNC) {
            torn.addAll(tornAtEveryByte(storage, durable[0]));
          }
        });
    for (int i = 1; i <= 12; i++) {
      engine.execute("CREATE (:N {i: $i, text: 'some text'})-[:OF]->(:M)", Map.of("i", i));
      snapshots.put((long) i, engine.saveSnapshotToBytes());
      if (i % 4 == 0) {
        engine.sync();
      }
      durable[0] = engine.logStatus().durableLsn();
    }
    assertTrue(torn.size() > 2_000, "only " + torn.size());
    for (Torn one : torn) {
      check.check(
          one.storage,
          new CrashCheck.Expected(
              one.promisedLsn,
              one.promisedLsn,
              snapshots,
              new TreeMap<>(),
              everything(snapshots),
              one.where));
    }
  }

  /** What a power cut has left of the log. */
  private record Torn(CrashStorage storage, long promisedLsn, String where) {}

  /**
   * At each byte that is not durable the log ends, or zeros or what came later stand behind or
   * before it.
   */
  private static List<Torn> tornAtEveryByte(CrashStorage storage, long promisedLsn) {
    List<Torn> all = new ArrayList<>();
    CrashStorage kept = storage.afterProcessDeath();
    CrashStorage durable = storage.afterWorstPowerCut();
    for (String name : kept.list()) {
      byte[] whole = kept.bytesOf(name);
      int from = durable.exists(name) ? durable.bytesOf(name).length : 0;
      for (int at = from; at < whole.length; at++) {
        byte[] zerosBehind = Arrays.copyOf(Arrays.copyOf(whole, at), whole.length);
        byte[] zerosBefore = Arrays.copyOf(whole, whole.length);
        Arrays.fill(zerosBefore, from, at, (byte) 0);
        for (byte[] left : List.of(Arrays.copyOf(whole, at), zerosBehind, zerosBefore)) {
          CrashStorage cut = kept.afterProcessDeath();
          cut.replaceBytes(name, left);
          all.add(new Torn(cut, promisedLsn, name + " torn at " + at));
        }
      }
    }
    return all;
  }

  private static TreeMap<Long, List<byte[]>> everything(TreeMap<Long, byte[]> snapshots) {
    TreeMap<Long, List<byte[]>> everything = new TreeMap<>();
    snapshots.forEach((lsn, snapshot) -> everything.put(lsn, List.of(snapshot)));
    return everything;
  }

  @Test
  void aCommitOfSeveralChunksIsThereAsAWholeOrNotAtAll() {
    EngineOptions options =
        EngineOptions.singleThreaded(1, () -> 1_000)
            .withStorage(StorageOptions.DEFAULT.withSegmentBytes(1_500_000));
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options);
    engine.execute("CREATE (:Small)");
    byte[] before = engine.saveSnapshotToBytes();
    List<CrashStorage> left = new ArrayList<>();
    storage.observe(
        (operation, name) -> {
          left.add(storage.afterWorstPowerCut());
          left.add(storage.afterProcessDeath());
          for (long seed = 0; seed < 4; seed++) {
            left.add(storage.afterPowerCut(seed));
          }
        });
    String query = "UNWIND range(1, 25) AS i CREATE (:Big {i: i, text: $text})";
    engine.execute(query, Map.of("text", "x".repeat(100_000)));
    byte[] after = engine.saveSnapshotToBytes();
    storage.observe(null);
    left.add(storage.afterWorstPowerCut());
    assertTrue(left.size() > 50, "operations " + left.size());
    for (CrashStorage crashed : left) {
      Engine again = Engine.open(crashed, options);
      boolean isThere = again.lastLsn() == 2;
      assertArrayEquals(isThere ? after : before, again.saveSnapshotToBytes());
      again.execute("CREATE (:Small)");
      assertEquals(isThere ? 3 : 2, again.lastLsn());
    }
    CrashStorage last = left.get(left.size() - 1).afterProcessDeath();
    assertEquals(27, Engine.open(last, options).nodeCount());
  }
}
