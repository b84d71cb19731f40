package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.engine.SimulatedStatement.Prediction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.storage.BytesReadFile;
import org.weftdb.storage.CrashStorage;

/**
 * The life of a database by seed: several sessions work on it and are held against a model; at each
 * operation of the storage the power goes in several ways, and what is left is opened and checked;
 * then one of these is where the life goes on.
 */
final class CrashSimulation {
  private static final int GENERATIONS = 3;

  /** A storage after a crash, and what must be in it. */
  private record Crash(CrashStorage storage, long promisedLsn, long presentLsn, String where) {}

  /** A snapshot that the user has. */
  private record Saved(byte[] bytes, SimulatedGraph graph) {}

  /** A reader, and what it must see as long as it is there. */
  private record Reader(Transaction transaction, @Nullable Result open, SimulatedGraph graph) {}

  /** A savepoint and what the writer saw there. */
  private record Back(Transaction.Savepoint savepoint, SimulatedGraph graph) {}

  private final long seed;
  private final Prng random;
  private final SimulatedWorkload workload;
  private final SimulatedBatches batches;
  private final CrashCheck check;

  /** The graph after each commit, and its snapshot as the database gave it. */
  private final TreeMap<Long, SimulatedGraph> graphs = new TreeMap<>();

  private final TreeMap<Long, byte[]> snapshots = new TreeMap<>();

  /** The same with the commits that a crash has taken. */
  private final TreeMap<Long, List<byte[]>> everything = new TreeMap<>();

  private final List<Crash> crashes = new ArrayList<>();
  private final List<Saved> saved = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();

  private CrashStorage storage = new CrashStorage();
  private @Nullable Engine engine;
  private @Nullable Crash chosen;
  private int seen;
  private int generation;
  private Durability durability = Durability.PER_COMMIT;
  private long promisedLsn;

  /** The last commit that was appended, so that it can only go with the power. */
  private long appendedLsn;

  /** The same before the append that came last. */
  private long appendedBefore;

  private boolean isNested;
  private boolean checkpointing;

  private @Nullable Transaction writer;
  private final List<Back> savepoints = new ArrayList<>();
  private SimulatedGraph written = new SimulatedGraph();

  CrashSimulation(long seed) {
    this.seed = seed;
    this.random = new Prng(seed);
    this.workload = new SimulatedWorkload(random.split());
    this.batches = new SimulatedBatches(workload, random.split());
    int[] segmentBytes = {300, 800, 5_000};
    StorageOptions options =
        StorageOptions.DEFAULT
            .withSegmentBytes(segmentBytes[random.nextInt(3)])
            .withCheckpoints(
                CheckpointPolicy.onlyAsked()
                    .withKeptSnapshots(1 + random.nextInt(3))
                    .withCommits(random.nextBoolean() ? 0 : 1 + random.nextInt(12)));
    this.check = new CrashCheck(options, random.split());
  }

  /** Runs it and returns how many crashes there were. */
  long run() {
    graphs.put(0L, new SimulatedGraph());
    note(0, Engine.inMemory(check.options(() -> {})).saveSnapshotToBytes());
    for (generation = 0; generation < GENERATIONS; generation++) {
      live();
    }
    return check.count();
  }

  private void note(long lsn, byte[] snapshot) {
    snapshots.put(lsn, snapshot);
    everything.merge(lsn, List.of(snapshot), CrashCheck::both);
  }

  private String where() {
    return "-Dcrash.first=" + seed + " -Dcrash.points=1: generation " + generation;
  }

  private Engine engine() {
    return Objects.requireNonNull(engine);
  }

  private void live() {
    chosen = null;
    seen = 0;
    appendedLsn = promisedLsn;
    appendedBefore = promisedLsn;
    storage.observe(this::crashBefore);
    Engine opened = Engine.open(storage, check.options(this::committed));
    engine = opened;
    long lsn = opened.lastLsn();
    promisedLsn = lsn;
    appendedLsn = lsn;
    graphs.tailMap(lsn, false).clear();
    snapshots.tailMap(lsn, false).clear();
    changeDurability();
    written = last();
    last().assertIn(opened, where());
    checkCrashes();
    for (int step = 10 + random.nextInt(15); step > 0; step--) {
      step();
      checkCrashes();
    }
    endReaders();
    if (random.nextBoolean()) {
      close();
    } else {
      crashBefore(CrashStorage.Operation.SYNC, "");
      checkCrashes();
    }
    engine = null;
    if (chosen == null) {
      storage = storage.afterProcessDeath();
    } else {
      storage = chosen.storage;
      promisedLsn = chosen.promisedLsn;
    }
  }

  private SimulatedGraph last() {
    return graphs.lastEntry().getValue();
  }

  // ---- Crashes ----------------------------------------------------------------------------------

  /** Notes what may be left when the power goes, or the process dies, before an operation. */
  private void crashBefore(CrashStorage.Operation operation, String name) {
    long promised = promisedLsn;
    if (engine != null) {
      promised = Math.max(promised, engine.logStatus().durableLsn());
    }
    String where = where() + ", before " + operation + " " + name + " after commit " + promised;
    crash(storage.afterWorstPowerCut(), promised, promised, where + ", all lost");
    long present = Math.max(promised, appendedLsn);
    crash(storage.afterProcessDeath(), promised, present, where + ", nothing lost");
    CrashStorage torn = storage.afterProcessDeathDuringAppend(random.nextLong());
    if (torn != null) {
      crash(torn, promised, Math.max(promised, appendedBefore), where + ", half appended");
    }
    appendedBefore = appendedLsn;
    for (int i = 0; i < 3; i++) {
      crash(storage.afterPowerCut(random.nextLong()), promised, promised, where + ", some lost");
    }
    if (operation == CrashStorage.Operation.PUBLISH) {
      String temporary = name + SnapshotFiles.TEMPORARY_SUFFIX;
      crash(
          storage.afterProcessDeathDuringPublish(temporary, name),
          promised,
          present,
          where + ", half published");
    }
    commitMeanwhile(operation, name);
  }

  private void crash(CrashStorage left, long promised, long present, String where) {
    Crash crash = new Crash(left, promised, present, where);
    crashes.add(crash);
    if (random.nextInt(++seen) == 0) {
      // One of all is where life goes on, each as likely.
      chosen = new Crash(left.afterProcessDeath(), promised, present, where);
    }
  }

  private void checkCrashes() {
    for (Crash crash : crashes) {
      check.check(
          crash.storage,
          new CrashCheck.Expected(
              crash.promisedLsn, crash.presentLsn, snapshots, graphs, everything, crash.where));
    }
    crashes.clear();
  }

  /** While a checkpoint writes and deletes, commits go on. */
  private void commitMeanwhile(CrashStorage.Operation operation, String name) {
    boolean isCheckpoints =
        name.startsWith("snapshot-") || operation == CrashStorage.Operation.DELETE;
    if (checkpointing && isCheckpoints && !isNested && writer == null && random.nextInt(3) == 0) {
      isNested = true;
      execute(workload.next(last()));
      isNested = false;
    }
  }

  // ---- Work -------------------------------------------------------------------------------------

  /** After each commit. */
  private void committed() {
    Engine current = engine();
    note(current.lastLsn(), current.saveSnapshotToBytes());
    appendedLsn = current.lastLsn();
    if (durability.mode() == Durability.Mode.PER_COMMIT) {
      promisedLsn = current.lastLsn();
    }
  }

  private void step() {
    int choice = random.nextInt(31);
    if (writer != null && choice < 20) {
      stepOfWriter();
      return;
    }
    switch (choice) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> execute(workload.next(last()));
      case 8, 9 -> execute(batches.next(last()));
      case 10, 11, 12, 13, 14 -> {
        writer = engine().begin(Access.WRITE);
        written = last();
      }
      case 15, 16 -> load();
      case 17, 18, 19, 20, 21 -> checkpoint();
      case 22 -> {
        checkpoint();
        engine().truncateLog(engine().logStatus().checkpointLsn());
      }
      case 23 -> {
        engine().sync();
        promisedLsn = graphs.lastKey();
      }
      case 24 -> changeDurability();
      case 25 -> saved.add(new Saved(engine().saveSnapshotToBytes(), last()));
      case 26, 27 -> beginReader();
      case 28 -> export();
      default -> read();
    }
    if (writer == null && engine().checkpointIsDue()) {
      checkpoint();
    }
  }

  private void changeDurability() {
    durability =
        List.of(Durability.PER_COMMIT, Durability.NONE, Durability.group(5)).get(random.nextInt(3));
    engine().setDurability(durability);
    promisedLsn = graphs.lastKey();
  }

  private void checkpoint() {
    checkpointing = true;
    long least = graphs.lastKey();
    SnapshotInfo info = engine().checkpoint();
    checkpointing = false;
    assertTrue(info.walLsn() >= least, where());
    promisedLsn = Math.max(promisedLsn, info.walLsn());
  }

  /** Writes all commits into one file, which is a database of its own. */
  private void export() {
    ByteWriter archive = new ByteWriter();
    SnapshotInfo info = engine().exportArchive(archive::writeBytes);
    assertEquals(graphs.lastKey(), info.walLsn(), where());
    byte[] bytes = archive.toByteArray();
    check.assertHolds(bytes, last(), where() + ", exported");
    BytesReadFile file = new BytesReadFile("archive", bytes, bytes.length);
    VerificationReport report = Verification.ofArchive(file, "archive");
    assertTrue(report.isClean(), report.toText());
    last().assertIn(engine(), where());
  }

  private void load() {
    if (saved.isEmpty()) {
      saved.add(new Saved(engine().saveSnapshotToBytes(), last()));
      return;
    }
    Saved one = saved.get(random.nextInt(saved.size()));
    SnapshotInfo info = engine().loadSnapshotFromBytes(one.bytes);
    assertEquals(graphs.lastKey() + 1, info.walLsn(), where());
    graphs.put(info.walLsn(), one.graph);
    committed();
    promisedLsn = info.walLsn();
    one.graph.assertIn(engine(), where());
  }

  /** Runs a statement that is a transaction by itself. */
  private void execute(SimulatedStatement statement) {
    Prediction prediction = statement.predict(last());
    ErrorCode failure = run(() -> engine().execute(statement.query(), statement.parameters()));
    assertEquals(prediction.failure(), failure, where() + ": " + statement);
    commits(prediction.graphs(), statement);
  }

  private static @Nullable ErrorCode run(Runnable call) {
    try {
      call.run();
      return null;
    } catch (WeftException refused) {
      return refused.code();
    }
  }

  /** Takes note of commits, and holds them against what they must be. */
  private void commits(List<SimulatedGraph> predicted, Object what) {
    String where = where() + ": " + what;
    long before = graphs.lastKey();
    long lsn = engine().lastLsn();
    if (lsn == before && predicted.size() == 1) {
      assertTrue(last().isLike(predicted.get(0)), where);
    } else {
      assertEquals(before + predicted.size(), lsn, where);
      for (int i = 0; i < predicted.size(); i++) {
        graphs.put(before + 1 + i, predicted.get(i));
        if (i + 1 < predicted.size()) {
          check.assertHolds(snapshots.get(before + 1 + i), predicted.get(i), where);
        }
      }
    }
    last().assertIn(engine(), where);
  }

  private void stepOfWriter() {
    Transaction transaction = Objects.requireNonNull(writer);
    int choice = random.nextInt(11);
    if (choice < 6) {
      SimulatedStatement statement = workload.next(written);
      Prediction prediction = statement.predict(written);
      ErrorCode failure = run(() -> transaction.execute(statement.query(), statement.parameters()));
      assertEquals(prediction.failure(), failure, where() + ": " + statement);
      written = prediction.last(written);
      written.assertSeen(transaction::execute, where() + ": " + statement);
      last().assertSeen(engine()::execute, where() + " beside a transaction");
    } else if (choice < 8) {
      savepoints.add(new Back(transaction.savepoint(), written));
    } else if (choice == 8 && !savepoints.isEmpty()) {
      int index = random.nextInt(savepoints.size());
      transaction.rollbackTo(savepoints.get(index).savepoint);
      written = savepoints.get(index).graph;
      savepoints.subList(index + 1, savepoints.size()).clear();
      written.assertSeen(transaction::execute, where() + ": back at a savepoint");
    } else {
      endWriter(transaction, choice < 10);
    }
  }

  private void endWriter(Transaction transaction, boolean commits) {
    writer = null;
    savepoints.clear();
    if (commits) {
      transaction.commit();
      commits(List.of(written), "a commit");
    } else {
      transaction.rollback();
      commits(List.of(), "a rollback");
    }
  }

  private void beginReader() {
    Transaction transaction = engine().begin(Access.READ);
    Result open = null;
    if (random.nextBoolean() && !last().nodes.isEmpty()) {
      open = transaction.execute("MATCH (n) RETURN n.k");
      open.next();
    }
    readers.add(new Reader(transaction, open, last()));
  }

  private void read() {
    if (!readers.isEmpty()) {
      Reader reader = readers.remove(random.nextInt(readers.size()));
      reader.graph.assertSeen(reader.transaction::execute, where() + ", a reader");
      Result open = reader.open;
      if (open == null) {
        readers.add(reader);
        return;
      }
      assertEquals(reader.graph.nodes.size() - 1, open.toList().size(), where());
      reader.transaction.close();
    }
  }

  private void endReaders() {
    while (!readers.isEmpty()) {
      Reader reader = readers.remove(0);
      reader.graph.assertSeen(reader.transaction::execute, where() + ", a reader");
      reader.transaction.close();
    }
    if (writer != null && random.nextBoolean()) {
      writer.rollback();
    }
    writer = null;
    savepoints.clear();
  }

  private void close() {
    engine().close();
    promisedLsn = graphs.lastKey();
    engine = null;
    storage = storage.afterProcessDeath();
    for (int i = 0; i < 3; i++) {
      CrashStorage left = storage.afterPowerCut(random.nextLong());
      crash(left, promisedLsn, promisedLsn, where() + ", closed");
    }
    checkCrashes();
    if (random.nextBoolean()) {
      chosen = null;
    }
  }
}
