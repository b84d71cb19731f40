package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.weftdb.bytes.Prng;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphInvariants;
import org.weftdb.log.LogFormat;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.ReadOnlyStorage;

/** Opens what a crash has left and checks it, and what a second crash leaves while it is opened. */
final class CrashCheck {
  /**
   * What must be there.
   *
   * @param promisedLsn the last commit that must not be lost
   * @param presentLsn the last commit that must not be lost while the power stays
   * @param snapshots the snapshot of the database after each commit
   * @param graphs the graph after each commit
   * @param everything all snapshots after the commit of a number that there ever were, also of
   *     commits that a crash has taken, in whose place others came
   */
  record Expected(
      long promisedLsn,
      long presentLsn,
      SortedMap<Long, byte[]> snapshots,
      SortedMap<Long, SimulatedGraph> graphs,
      SortedMap<Long, List<byte[]>> everything,
      String where) {}

  private final StorageOptions options;
  private final Prng random;
  private long count;

  CrashCheck(StorageOptions options, Prng random) {
    this.options = options;
    this.random = random;
  }

  /** How many storages after a crash were checked. */
  long count() {
    return count;
  }

  EngineOptions options(Runnable afterCommit) {
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(options)
        .withCsvSource(SimulatedTable::new)
        .withAfterCommit(afterCommit);
  }

  /** Opens a storage of which a verification has nothing to say but what is found then. */
  private Engine open(CrashStorage storage, String where) {
    VerificationReport report = null;
    if (storage.exists(Engine.IDENTITY_FILE)) {
      report = Verification.of(new ReadOnlyStorage(storage));
      String text = where + "\n" + report.toText();
      assertTrue(report.isClean(), text);
    }
    try {
      Engine engine = Engine.open(storage, options(() -> {}));
      if (report != null) {
        assertEquals(engine.lastLsn(), report.lastLsn(), where);
      }
      return engine;
    } catch (RuntimeException failure) {
      throw new AssertionError(where + ": " + failure.getMessage(), failure);
    }
  }

  /** Checks a storage after a crash, which is used up then. */
  void check(CrashStorage storage, Expected expected) {
    boolean crashesAgain = random.nextInt(4) == 0;
    if (!crashesAgain) {
      checkOnce(storage, expected);
      return;
    }
    // Second crashes, each with the commit that the first recovery has acknowledged by then.
    List<CrashStorage> left = new ArrayList<>();
    List<Long> promised = new ArrayList<>();
    long[] promisedNow = {expected.promisedLsn};
    storage.observe(
        (operation, name) -> {
          if (random.nextInt(3) > 0) {
            promised.add(promisedNow[0]);
            left.add(crashed(storage));
          }
        });
    Engine engine = open(storage, expected.where);
    promisedNow[0] = engine.lastLsn();
    checkOpened(engine, storage, expected);
    byte[] probed = probe(engine, expected.where);
    promisedNow[0] = engine.lastLsn();
    if (random.nextBoolean()) {
      engine.checkpoint();
    }
    if (random.nextBoolean()) {
      engine.close();
    } else {
      left.add(crashed(storage));
      promised.add(promisedNow[0]);
    }
    storage.observe(null);
    TreeMap<Long, byte[]> snapshots = new TreeMap<>(expected.snapshots);
    TreeMap<Long, SimulatedGraph> graphs = new TreeMap<>();
    snapshots.tailMap(promisedNow[0], true).clear();
    snapshots.put(promisedNow[0], probed);
    TreeMap<Long, List<byte[]>> everything = new TreeMap<>(expected.everything);
    everything.merge(promisedNow[0], List.of(probed), CrashCheck::both);
    for (int i = 0; i < left.size(); i++) {
      checkOnce(
          left.get(i),
          new Expected(
              promised.get(i),
              promised.get(i),
              snapshots,
              graphs,
              everything,
              expected.where + ", second crash " + i + " of " + left.size()));
    }
    CrashStorage after = storage.afterProcessDeath();
    checkOnce(
        after,
        new Expected(
            promisedNow[0],
            promisedNow[0],
            snapshots,
            graphs,
            everything,
            expected.where + ", opened once more"));
  }

  static List<byte[]> both(List<byte[]> some, List<byte[]> others) {
    List<byte[]> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private CrashStorage crashed(CrashStorage storage) {
    CrashStorage torn = storage.afterProcessDeathDuringAppend(random.nextLong());
    return switch (random.nextInt(torn == null ? 4 : 5)) {
      case 0 -> storage.afterProcessDeath();
      case 1 -> storage.afterWorstPowerCut();
      case 2, 3 -> storage.afterPowerCut(random.nextLong());
      default -> torn;
    };
  }

  private void checkOnce(CrashStorage storage, Expected expected) {
    SalvageCheck salvaged = null;
    if (storage.exists(Engine.IDENTITY_FILE) && random.nextInt(16) == 0) {
      salvaged = new SalvageCheck(options(() -> {}), expected);
      salvaged.checkDamaged(storage, random);
      salvaged.checkSound(storage);
    }
    Engine engine = open(storage, expected.where);
    checkOpened(engine, storage, expected);
    if (salvaged != null) {
      salvaged.assertLikeOpened(engine);
    }
    probe(engine, expected.where);
  }

  private void checkOpened(Engine engine, CrashStorage storage, Expected expected) {
    count++;
    String where = expected.where;
    long lsn = engine.lastLsn();
    assertTrue(lsn >= expected.presentLsn, where + ": lost what comes after " + lsn);
    byte[] snapshot = expected.snapshots.get(lsn);
    assertTrue(snapshot != null, where + ": there was no commit " + lsn);
    assertArrayEquals(snapshot, engine.saveSnapshotToBytes(), where + ", commit " + lsn);
    try (Transaction transaction = engine.begin(Access.READ)) {
      GraphInvariants.check(transaction.root().graph());
    }
    assertNoGarbage(engine, storage, where);
    SimulatedGraph graph = expected.graphs.get(lsn);
    if (graph != null && random.nextInt(16) == 0) {
      graph.assertIn(engine, where);
    }
  }

  private void assertNoGarbage(Engine engine, CrashStorage storage, String where) {
    int snapshots = 0;
    int segments = 0;
    for (String name : storage.list()) {
      assertTrue(!name.endsWith(SnapshotFiles.TEMPORARY_SUFFIX), where + ": " + name);
      snapshots += DatabaseFiles.snapshotLsn(name) >= 0 ? 1 : 0;
      segments += LogFormat.segmentNumber(name) >= 0 ? 1 : 0;
    }
    assertTrue(snapshots <= options.checkpoints().keptSnapshots(), where + ": " + storage.list());
    assertEquals(engine.logStatus().segments(), segments, where + ": " + storage.list());
  }

  /** Writes something and returns the snapshot with it. */
  private byte[] probe(Engine engine, String where) {
    long lsn = engine.lastLsn();
    try {
      engine.execute("CREATE (:Probe)");
    } catch (WeftException failure) {
      throw new AssertionError(where + ": not writable: " + failure.getMessage(), failure);
    }
    assertEquals(lsn + 1, engine.lastLsn(), where);
    return engine.saveSnapshotToBytes();
  }

  /** Asserts that a snapshot has a graph. */
  void assertHolds(byte[] snapshot, SimulatedGraph graph, String where) {
    Engine engine = Engine.inMemory(options(() -> {}));
    engine.loadSnapshotFromBytes(snapshot);
    graph.assertIn(engine, where);
  }
}
