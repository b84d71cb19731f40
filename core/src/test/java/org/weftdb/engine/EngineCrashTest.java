package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    assertTrue(points >= POINTS);
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
