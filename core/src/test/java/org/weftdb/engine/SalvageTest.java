package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogFormat;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.ReadOnlyStorage;

/**
 * What is saved of damaged databases: always a graph that there was, and as late a one as can be.
 */
final class SalvageTest {
  private static final int MANY_BYTES = 1_300_000;

  /** A database and the graph after each of its commits. */
  private static final class History {
    final CrashStorage storage = new CrashStorage();
    final List<byte[]> graphs = new ArrayList<>();
    private final Engine engine;
    private int count;

    History(long id) {
      engine = Engine.open(storage, options(id));
      graphs.add(graph(engine));
    }

    void execute(String query) {
      engine.execute(query, Map.of("i", count++, "text", "x".repeat(MANY_BYTES)));
      graphs.add(graph(engine));
    }

    void create(int commits) {
      for (int i = 0; i < commits; i++) {
        execute("CREATE (:N {i: $i})-[:NEXT]->(:End {text: 'some text'})");
      }
    }

    void load() {
      Engine other = Engine.inMemory(options(9));
      other.execute("CREATE (:Loaded {i: -1}), (:N {i: -2})");
      engine.loadSnapshotFromBytes(other.saveSnapshotToBytes());
      graphs.add(graph(engine));
    }

    CrashStorage closed() {
      engine.close();
      return storage.afterProcessDeath();
    }

    int lastLsn() {
      return graphs.size() - 1;
    }
  }

  /** Options for a database of an id. */
  static EngineOptions options(long id) {
    StorageOptions storage =
        StorageOptions.DEFAULT.withSegmentBytes(400).withCheckpoints(CheckpointPolicy.onlyAsked());
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(storage)
        .withDatabaseId(new DatabaseId(id, id));
  }

  /** The bytes of a graph, whatever its commits are numbered. */
  private static byte[] graph(Engine engine) {
    Engine plain = Engine.inMemory(options(1));
    plain.loadSnapshotFromBytes(engine.saveSnapshotToBytes());
    return plain.saveSnapshotToBytes();
  }

  /** 22 commits with checkpoints after the 8th and 16th. */
  private static History checkpointed() {
    return history(true);
  }

  /** The same commits without any checkpoint. */
  private static History plain() {
    return history(false);
  }

  private static History history(boolean checkpoints) {
    History history = new History(1);
    history.execute("CREATE CONSTRAINT ids FOR (n:N) REQUIRE n.i IS UNIQUE");
    history.execute("CREATE TEXT INDEX texts FOR (e:End) ON (e.text)");
    history.create(5);
    history.execute("MATCH (n:N) WHERE n.i % 2 = 0 SET n.other = n.i REMOVE n:N");
    if (checkpoints) {
      history.engine.checkpoint();
    }
    history.create(8);
    if (checkpoints) {
      history.engine.checkpoint();
    }
    history.create(6);
    return history;
  }

  /** 8 commits, a loaded snapshot as the 9th, and 7 more. */
  private static History loaded() {
    History history = new History(1);
    history.create(8);
    history.load();
    history.create(7);
    return history;
  }

  /** 7 commits without any snapshot, two of which are written in several parts. */
  private static History large() {
    History history = new History(1);
    history.create(2);
    history.execute("CREATE (:Big {i: $i, text: $text})");
    history.create(1);
    history.execute("CREATE (:Big {i: $i, text: $text + $text})");
    history.create(2);
    return history;
  }

  /** Salvages, and checks what must always be so. */
  private static SalvageReport salvage(CrashStorage damaged, List<byte[]> graphs, String where) {
    List<String> names = damaged.list();
    int operations = damaged.operations();
    Salvage salvage = Salvage.of(new ReadOnlyStorage(damaged));
    SalvageReport report = salvage.report();
    CrashStorage copy = new CrashStorage();
    salvage.copyTo(copy, options(77));
    assertEquals(names, damaged.list());
    assertEquals(operations, damaged.operations());
    String text = where + "\n" + report.toText();
    assertTrue(report.lastLsn() < graphs.size(), text);
    CrashStorage closed = copy.afterProcessDeath();
    VerificationReport verified = Verification.of(closed);
    assertTrue(verified.isClean(), text + verified.toText());
    assertEquals(new DatabaseId(77, 77).toString(), verified.databaseId());
    Engine engine = Engine.open(closed, options(78));
    byte[] expected = graphs.get((int) report.lastLsn());
    assertTrue(Arrays.equals(expected, graph(engine)), text);
    assertEquals(engine.nodeCount(), report.nodes());
    assertEquals(engine.relationshipCount(), report.relationships());
    engine.execute("CREATE (:N {i: 1000})");
    long next = report.lastLsn() + 1;
    boolean lastIsReadable = true;
    for (SalvageReport.LostCommits lost : report.lost()) {
      assertEquals(next, lost.first(), text);
      assertTrue(lost.last() >= lost.first(), text);
      assertTrue(next == report.lastLsn() + 1 || lastIsReadable != lost.isReadable(), text);
      lastIsReadable = lost.isReadable();
      next = lost.last() + 1;
    }
    assertEquals(report.lost().isEmpty(), report.isComplete());
    return report;
  }

  private static void assertNothingCanBeSaved(CrashStorage damaged, String inMessage) {
    WeftException failure =
        assertThrows(WeftException.class, () -> Salvage.of(new ReadOnlyStorage(damaged)));
    assertEquals(ErrorCode.CORRUPTED, failure.code(), failure.getMessage());
    assertTrue(failure.getMessage().contains(inMessage), failure.getMessage());
  }

  private static List<String> named(CrashStorage storage, String prefix) {
    List<String> names = new ArrayList<>(storage.list());
    names.removeIf(name -> !name.startsWith(prefix));
    return names;
  }

  private static void flip(CrashStorage storage, String name, int position) {
    byte[] bytes = storage.bytesOf(name);
    bytes[position] ^= 0x10;
    storage.replaceBytes(name, bytes);
  }

  @Test
  void ofASoundDatabaseAllIsSaved() {
    for (History history : List.of(checkpointed(), loaded(), large(), new History(1))) {
      CrashStorage storage = history.closed();
      SalvageReport report = salvage(storage, history.graphs, "sound");
      assertTrue(report.isComplete(), report.toText());
      assertEquals(List.of(), report.problems());
      assertEquals(history.lastLsn(), report.lastLsn());
    }
  }

  @Test
  void anyOneFlippedBitCostsAtMostWhatComesAfterIt() {
    for (History history : List.of(checkpointed(), loaded())) {
      CrashStorage storage = history.closed();
      int lossless = 0;
      int all = 0;
      for (String name : storage.list()) {
        int length = storage.bytesOf(name).length;
        for (int position = 0; position < length; position += name.startsWith("log-") ? 3 : 11) {
          CrashStorage damaged = storage.afterProcessDeath();
          flip(damaged, name, position);
          if (name.startsWith("snapshot-") && named(damaged, "snapshot-").size() == 1) {
            assertNothingCanBeSaved(damaged, "no snapshot is sound");
            continue;
          }
          SalvageReport report = salvage(damaged, history.graphs, name + " at " + position);
          boolean complete = report.lastLsn() == history.lastLsn();
          lossless += complete ? 1 : 0;
          all++;
          assertTrue(!report.isComplete() || complete || report.tornBytes() > 0, report.toText());
          boolean isInHeader = position < LogFormat.SEGMENT_HEADER_BYTES;
          if (name.startsWith("snapshot-") && history.lastLsn() == 22
              || name.equals(Engine.IDENTITY_FILE)
              || name.startsWith("log-") && isInHeader) {
            assertTrue(complete, name + " at " + position + "\n" + report.toText());
          }
        }
      }
      assertTrue(lossless > all / 3, lossless + " of " + all);
    }
  }

  @Test
  void commitsBehindAGapAreNotAppliedButTold() {
    History history = plain();
    CrashStorage storage = history.closed();
    List<String> logs = named(storage, "log-");
    String damaged = logs.get(3);
    flip(storage, damaged, LogFormat.SEGMENT_HEADER_BYTES + 40);
    SalvageReport report = salvage(storage, history.graphs, damaged);
    assertTrue(report.lastLsn() > 2 && report.lastLsn() < 16, report.toText());
    assertEquals("", report.snapshot());
    assertEquals(report.lastLsn(), report.commits());
    assertEquals(2, report.lost().size(), report.toText());
    SalvageReport.LostCommits gap = report.lost().get(0);
    assertFalse(gap.isReadable());
    assertEquals(gap.first(), gap.last());
    SalvageReport.LostCommits rest = report.lost().get(1);
    assertTrue(rest.isReadable());
    assertEquals(22, rest.last());
    FileProblem problem = report.problems().get(0);
    assertEquals(damaged, problem.file());
    assertEquals(LogFormat.SEGMENT_HEADER_BYTES, problem.offset());
    assertEquals(gap.first(), problem.lsn());
  }

  @Test
  void aLaterSnapshotBridgesTheGap() {
    History history = checkpointed();
    CrashStorage storage = history.closed();
    List<String> logs = named(storage, "log-");
    flip(storage, logs.get(0), 150);
    storage.remove(logs.get(1));
    SalvageReport report = salvage(storage, history.graphs, "the log is damaged in front");
    assertEquals(22, report.lastLsn(), report.toText());
    assertEquals("snapshot-0000000000000010.weft", report.snapshot());
    assertEquals(6, report.commits());
    flip(storage, "snapshot-0000000000000010.weft", 70);
    report = salvage(storage, history.graphs, "and without the newest snapshot");
    assertEquals("snapshot-0000000000000008.weft", report.snapshot());
  }

  @Test
  void everyMissingSegmentAndSnapshotIsSurvived() {
    for (History history : List.of(checkpointed(), plain(), loaded(), large())) {
      CrashStorage storage = history.closed();
      for (String name : storage.list()) {
        CrashStorage damaged = storage.afterProcessDeath();
        damaged.remove(name);
        boolean isBase = name.equals(LogFormat.segmentName(1)) || name.startsWith("snapshot-");
        if (isBase && named(damaged, "snapshot-").isEmpty()) {
          assertNothingCanBeSaved(damaged, "no snapshot is sound, and the log has not the first");
          continue;
        }
        SalvageReport report = salvage(damaged, history.graphs, "without " + name);
        assertTrue(report.lastLsn() > 0, report.toText());
      }
    }
  }

  @Test
  void aSnapshotThatIsNewerThanTheLogIsEnough() {
    History history = checkpointed();
    CrashStorage storage = history.closed();
    for (String name : named(storage, "log-")) {
      storage.remove(name);
    }
    SalvageReport report = salvage(storage, history.graphs, "without the log");
    assertEquals(16, report.lastLsn());
    assertTrue(report.isComplete(), "of later commits nothing is known");
  }

  @Test
  void whatWasBeforeALoadedSnapshotIsSavedWhenThatIsDamagedAndNothingFromBehindIt() {
    History history = loaded();
    CrashStorage storage = history.closed();
    String snapshot = named(storage, "snapshot-").get(0);
    flip(storage, snapshot, 60);
    // The log before it was deleted when it was loaded.
    assertNothingCanBeSaved(storage, "no snapshot is sound");
    CrashStorage before = new CrashStorage();
    Engine engine = Engine.open(before, options(1));
    engine.execute("CREATE (:N)");
    CrashStorage withLog = storage.afterProcessDeath();
    for (String name : named(before, "log-")) {
      withLog.replaceBytes(name, before.afterProcessDeath().bytesOf(name));
    }
    Salvage salvage = Salvage.of(withLog);
    assertEquals(1, salvage.report().lastLsn());
    assertEquals(1, salvage.report().nodes());
    List<SalvageReport.LostCommits> lost = salvage.report().lost();
    assertEquals(new SalvageReport.LostCommits(2, 9, false), lost.get(0));
    assertEquals(new SalvageReport.LostCommits(10, 16, true), lost.get(1));
  }

  @Test
  void theIdentityIsTakenFromTheOtherFilesWhenItIsMissingOrOfAnotherDatabase() {
    History history = checkpointed();
    CrashStorage storage = history.closed();
    History other = new History(5);
    other.create(3);
    CrashStorage otherStorage = other.closed();
    String id = new DatabaseId(1, 1).toString();
    CrashStorage without = storage.afterProcessDeath();
    without.remove(Engine.IDENTITY_FILE);
    SalvageReport report = salvage(without, history.graphs, "no identity");
    assertEquals(22, report.lastLsn());
    assertEquals(id, report.databaseId());
    CrashStorage foreign = storage.afterProcessDeath();
    foreign.replaceBytes(Engine.IDENTITY_FILE, otherStorage.bytesOf(Engine.IDENTITY_FILE));
    report = salvage(foreign, history.graphs, "another identity");
    assertEquals(22, report.lastLsn());
    assertEquals(id, report.databaseId());
    assertEquals(ErrorCode.FOREIGN_FILE, report.problems().get(0).code());
    CrashStorage tie = new CrashStorage();
    String own = named(storage, "log-").get(0);
    tie.replaceBytes(own, storage.bytesOf(own));
    tie.replaceBytes(LogFormat.segmentName(1), otherStorage.bytesOf(LogFormat.segmentName(1)));
    assertNothingCanBeSaved(tie, "nothing tells of which database");
  }

  @Test
  void segmentsOfAnotherDatabaseAreLeftOutAndCopiesStandIn() {
    History history = plain();
    CrashStorage storage = history.closed();
    History other = new History(5);
    other.create(22);
    CrashStorage otherStorage = other.closed();
    List<String> logs = named(storage, "log-");
    String second = logs.get(1);
    String third = logs.get(2);
    CrashStorage foreign = storage.afterProcessDeath();
    foreign.replaceBytes(third, otherStorage.bytesOf(third));
    SalvageReport report = salvage(foreign, history.graphs, "foreign segment");
    assertTrue(report.lastLsn() < 22 && report.lastLsn() > 0, report.toText());
    assertTrue(report.toText().contains("belongs to the database"), report.toText());
    for (String copyName : List.of(LogFormat.segmentName(200), "log-0000000000000000.weft")) {
      CrashStorage doubled = storage.afterProcessDeath();
      doubled.replaceBytes(copyName, storage.bytesOf(second));
      report = salvage(doubled, history.graphs, "doubled as " + copyName);
      assertEquals(22, report.lastLsn(), report.toText());
      assertTrue(report.toText().contains("under a name not its own"), report.toText());
      flip(doubled, second, 150);
      report = salvage(doubled, history.graphs, "and the first is damaged");
      assertEquals(22, report.lastLsn(), report.toText());
      doubled.remove(second);
      report = salvage(doubled, history.graphs, "renamed to " + copyName);
      assertEquals(22, report.lastLsn(), report.toText());
    }
  }

  @Test
  void aTornEndIsLeftOutAndTold() {
    History history = large();
    CrashStorage storage = history.storage.afterProcessDeath();
    List<String> logs = named(storage, "log-");
    String last = logs.get(logs.size() - 1);
    byte[] bytes = storage.bytesOf(last);
    storage.replaceBytes(last, Arrays.copyOf(bytes, bytes.length - 1));
    SalvageReport report = salvage(storage, history.graphs, "torn");
    assertEquals(6, report.lastLsn());
    assertTrue(report.tornBytes() > 0);
    assertEquals(List.of(), report.problems());
  }

  @Test
  void filesOfALaterVersionAreLeftToIt() {
    CrashStorage storage = checkpointed().closed();
    String last = named(storage, "log-").get(1);
    byte[] bytes = storage.bytesOf(last);
    bytes[12] = 99;
    ByteWriter checksum = new ByteWriter();
    checksum.writeInt(Crc32c.of(bytes, 0, 20));
    System.arraycopy(checksum.array(), 0, bytes, 20, 4);
    storage.replaceBytes(last, bytes);
    WeftException failure = assertThrows(WeftException.class, () -> Salvage.of(storage));
    assertEquals(ErrorCode.FORMAT_TOO_NEW, failure.code());
    CrashStorage empty = new CrashStorage();
    failure = assertThrows(WeftException.class, () -> Salvage.of(empty));
    assertEquals(ErrorCode.NOT_OUR_FORMAT, failure.code());
  }

  @Test
  void whateverIsDamagedWhatIsSavedWasThere() {
    List<History> histories = List.of(checkpointed(), plain(), loaded(), large());
    History other = new History(5);
    other.create(20);
    List<CrashStorage> storages = new ArrayList<>();
    for (History history : histories) {
      storages.add(history.closed());
    }
    CrashStorage otherStorage = other.closed();
    int saved = 0;
    int rounds = Integer.getInteger("salvage.rounds", 300);
    for (int seed = 0; seed < rounds; seed++) {
      Prng random = new Prng(seed);
      int which = random.nextInt(histories.size());
      CrashStorage damaged = storages.get(which).afterProcessDeath();
      int times = 1 + random.nextInt(5);
      for (int i = 0; i < times && !damaged.list().isEmpty(); i++) {
        damage(damaged, otherStorage, random);
      }
      try {
        SalvageReport report = salvage(damaged, histories.get(which).graphs, "seed " + seed);
        saved += report.lastLsn() > 0 ? 1 : 0;
      } catch (WeftException refused) {
        assertEquals(ErrorCategory.CORRUPTION, refused.code().category(), "seed " + seed + refused);
      }
    }
    assertTrue(saved > rounds / 2, saved + " of " + rounds);
  }

  private static void damage(CrashStorage storage, CrashStorage other, Prng random) {
    List<String> names = storage.list();
    String name = names.get(random.nextInt(names.size()));
    byte[] bytes = storage.bytesOf(name);
    if (bytes.length == 0) {
      return;
    }
    int place = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0, 1 -> flip(storage, name, place);
      case 2 -> storage.replaceBytes(name, Arrays.copyOf(bytes, place));
      case 3 -> storage.remove(name);
      case 4 -> {
        int length = Math.min(bytes.length - place, 1 + random.nextInt(300));
        if (random.nextBoolean()) {
          Arrays.fill(bytes, place, place + length, (byte) 0);
        } else {
          random.nextBytes(bytes, place, length);
        }
        storage.replaceBytes(name, bytes);
      }
      case 5 -> storage.replaceBytes(LogFormat.segmentName(1 + random.nextInt(12)), bytes);
      default -> {
        List<String> others = other.list();
        String from = others.get(random.nextInt(others.size()));
        if (!from.equals(Engine.IDENTITY_FILE)) {
          storage.replaceBytes(random.nextBoolean() ? from : name, other.bytesOf(from));
        }
      }
    }
  }

  @Test
  void theGraphsOfAHistoryDiffer() {
    List<byte[]> graphs = checkpointed().graphs;
    for (int i = 1; i < graphs.size(); i++) {
      assertFalse(Arrays.equals(graphs.get(i - 1), graphs.get(i)));
    }
    assertArrayEquals(graphs.get(0), graph(Engine.inMemory(options(3))));
  }
}
