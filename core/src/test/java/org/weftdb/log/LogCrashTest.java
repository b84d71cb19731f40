package org.weftdb.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.error.WeftException;
import org.weftdb.storage.CrashStorage;

/**
 * Power cuts and dying processes at every operation of the storage, by seed; {@code
 * -Dcrash.seeds=1000} tries more, {@code -Dcrash.first=17 -Dcrash.seeds=1} replays seed 17.
 */
final class LogCrashTest {
  private static final long FIRST = Long.getLong("crash.first", 0);
  private static final long SEEDS = Long.getLong("crash.seeds", 30);
  private static final DatabaseId ID = new DatabaseId(5, 6);

  /** What the log may hold: the first {@code promised} must be there, of the rest a prefix may. */
  private static final class Model {
    final List<byte[]> commits = new ArrayList<>();
    int promised;
  }

  @Test
  void everyPromisedCommitSurvivesAndWhatSurvivesIsAPrefix() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Prng random = new Prng(seed);
      boolean syncsEach = random.nextBoolean();
      CrashStorage counting = new CrashStorage();
      run(counting, new Model(), new Prng(seed), syncsEach);
      int operations = counting.operations();
      for (int operation = 1; operation <= operations; operation++) {
        String replay = "-Dcrash.first=" + seed + " -Dcrash.seeds=1, operation " + operation;
        crash(seed, operation, syncsEach, replay);
      }
    }
  }

  /** Crashes at an operation, recovers, goes on, crashes again, and so on. */
  private static void crash(long seed, int operation, boolean syncsEach, String replay) {
    Prng random = new Prng(seed * 1_000_003 + operation);
    CrashStorage storage = new CrashStorage();
    Model model = new Model();
    storage.cutPowerAt(operation, random.nextLong());
    run(storage, model, new Prng(seed), syncsEach);
    for (int round = 0; round < 3; round++) {
      // Without power the storage is as it was; a process that dies leaves more than a power cut.
      storage =
          random.nextInt(3) == 0
              ? storage.afterProcessDeath()
              : storage.afterPowerCut(random.nextLong());
      LogEnd end = check(storage, model, replay + ", round " + round);
      while (model.commits.size() > end.lastLsn()) {
        model.commits.remove(model.commits.size() - 1);
      }
      storage.cutPowerAt(storage.operations() + 1 + random.nextInt(40), random.nextLong());
      run(storage, model, random.split(), syncsEach);
    }
  }

  private static LogEnd check(CrashStorage storage, Model model, String replay) {
    List<byte[]> found = new ArrayList<>();
    LogEnd end;
    try {
      end =
          LogReader.read(
              storage, ID, 0, (lsn, bytes) -> found.add(bytes.readBytes(bytes.length())));
    } catch (WeftException failure) {
      throw new AssertionError(replay + ": " + failure.getMessage(), failure);
    }
    assertEquals(found.size(), end.lastLsn(), replay);
    assertTrue(
        found.size() >= model.promised, replay + ": " + found.size() + " of " + model.promised);
    assertTrue(found.size() <= model.commits.size(), replay);
    for (int i = 0; i < found.size(); i++) {
      assertArrayEquals(model.commits.get(i), found.get(i), replay);
    }
    return end;
  }

  /** Opens the log and works on it until it is done or the power goes. */
  private static void run(CrashStorage storage, Model model, Prng random, boolean syncsEach) {
    try {
      LogEnd end = LogReader.read(storage, ID, 0, (lsn, bytes) -> {});
      LogWriter writer = new LogWriter(storage, new LogOptions(ID, 300, 80), end);
      model.promised = Math.max(model.promised, model.commits.size());
      int steps = 5 + random.nextInt(10);
      for (int step = 0; step < steps; step++) {
        byte[] changes =
            new byte[random.nextInt(5) == 0 ? random.nextInt(500) : random.nextInt(60)];
        random.nextBytes(changes, 0, changes.length);
        model.commits.add(changes);
        writer.append(changes, 0, changes.length);
        if (syncsEach || random.nextInt(4) == 0) {
          writer.sync();
          model.promised = model.commits.size();
        }
      }
      if (random.nextBoolean()) {
        writer.close();
        model.promised = model.commits.size();
      }
    } catch (WeftException failure) {
      assertTrue(storage.powerIsOff(), failure.getMessage());
    }
  }
}
