package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.LogFormat;
import org.weftdb.log.ScannedSegment;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.ReadOnlyStorage;

/** What a verification finds in the files of databases, sound and damaged. */
final class VerificationTest {
  static EngineOptions options() {
    StorageOptions storage =
        StorageOptions.DEFAULT.withSegmentBytes(400).withCheckpoints(CheckpointPolicy.onlyAsked());
    return EngineOptions.singleThreaded(1, () -> 1_000).withStorage(storage);
  }

  private static void create(Engine engine, int count) {
    create(engine, count, "some text");
  }

  private static void create(Engine engine, int count, String text) {
    for (int i = 0; i < count; i++) {
      engine.execute(
          "CREATE (:N {i: $i})-[:NEXT]->(:End {text: $text})",
          Map.of("i", engine.nodeCount() / 2, "text", text));
    }
  }

  /** 22 commits, checkpoints after the 8th and the 16th, closed. */
  static CrashStorage sample() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    engine.execute("CREATE CONSTRAINT ids FOR (n:N) REQUIRE n.i IS UNIQUE");
    engine.execute("CREATE TEXT INDEX texts FOR (e:End) ON (e.text)");
    create(engine, 6);
    engine.checkpoint();
    create(engine, 8);
    engine.checkpoint();
    create(engine, 6);
    engine.close();
    return storage.afterProcessDeath();
  }

  private static VerificationReport verify(CrashStorage storage) {
    List<String> names = storage.list();
    int operations = storage.operations();
    VerificationReport report = Verification.of(new ReadOnlyStorage(storage));
    assertEquals(names, storage.list());
    assertEquals(operations, storage.operations());
    assertEquals(report.problems().isEmpty(), report.isClean());
    assertTrue(report.toText().endsWith("problems\n"), report.toText());
    return report;
  }

  private static void assertProblem(
      VerificationReport report, String file, ErrorCode code, String inMessage) {
    for (FileProblem problem : report.problems()) {
      if (problem.file().equals(file)
          && problem.code() == code
          && problem.message().contains(inMessage)) {
        return;
      }
    }
    throw new AssertionError(report.toText());
  }

  private static List<String> named(CrashStorage storage, String prefix) {
    List<String> names = new ArrayList<>(storage.list());
    names.removeIf(name -> !name.startsWith(prefix));
    return names;
  }

  @Test
  void aSoundDatabaseIsCleanAndAllOfItIsTold() {
    VerificationReport report = verify(sample());
    assertEquals(List.of(), report.problems());
    assertTrue(report.opens());
    assertEquals(32, report.databaseId().length());
    assertEquals(22, report.lastLsn());
    assertEquals(40, report.nodes());
    assertEquals(20, report.relationships());
    assertEquals(0, report.tornBytes());
    assertEquals(List.of(), report.garbage());
    assertEquals(List.of(8L, 16L), report.snapshots().stream().map(s -> s.lsn()).toList());
    long last = 0;
    for (ScannedSegment segment : report.segments()) {
      assertEquals(ScannedSegment.Use.COUNTS, segment.use());
      assertTrue(segment.linked());
      if (segment.lastLsn() > 0) {
        assertTrue(segment.firstLsn() >= last && segment.lastLsn() <= 22, report.toText());
        last = segment.lastLsn();
      }
    }
    assertEquals(22, last);
  }

  @Test
  void anEmptyDatabaseIsCleanAndAnEmptyStorageIsNone() {
    CrashStorage storage = new CrashStorage();
    assertEquals(
        ErrorCode.NOT_OUR_FORMAT, assertThrows(WeftException.class, () -> verify(storage)).code());
    Engine.open(storage, options()).close();
    VerificationReport report = verify(storage.afterProcessDeath());
    assertTrue(report.isClean() && report.opens(), report.toText());
    assertEquals(0, report.lastLsn());
  }

  @Test
  void aTornEndAndWhatACrashLeftUndeletedAreNoProblems() {
    CrashStorage storage = sample();
    Engine engine = Engine.open(storage, options());
    create(engine, 1);
    CrashStorage torn = storage.afterProcessDeath();
    List<String> logs = named(torn, "log-");
    String last = logs.get(logs.size() - 1);
    byte[] bytes = torn.bytesOf(last);
    torn.replaceBytes(last, Arrays.copyOf(bytes, bytes.length - 3));
    torn.replaceBytes("log-00000000000000ff.weft", new byte[50]);
    torn.replaceBytes("snapshot-0000000000000099.weft.tmp", new byte[7]);
    VerificationReport report = verify(torn);
    assertEquals(List.of(), report.problems());
    assertEquals(22, report.lastLsn());
    assertTrue(report.tornBytes() > 50, report.toText());
    assertEquals(
        List.of("snapshot-0000000000000099.weft.tmp", "log-00000000000000ff.weft"),
        report.garbage());
  }

  @Test
  void segmentsBehindAGapThatAreNotNeededAreNoProblems() {
    CrashStorage before = sample();
    CrashStorage storage = before.afterProcessDeath();
    Engine engine = Engine.open(storage, options());
    engine.checkpoint();
    engine.truncateLog(22);
    engine.close();
    CrashStorage undone = storage.afterProcessDeath();
    String first = named(before, "log-").get(0);
    byte[] bytes = before.bytesOf(first);
    bytes[200] ^= 1;
    undone.replaceBytes(first, bytes);
    VerificationReport report = verify(undone);
    assertEquals(List.of(), report.problems());
    assertEquals(List.of(first), report.garbage());
  }

  @Test
  void everyFlippedBitIsFoundOrHarmless() {
    CrashStorage storage = sample();
    byte[] expected = Engine.open(storage.afterProcessDeath(), options()).saveSnapshotToBytes();
    int harmless = 0;
    int bit = 0;
    for (String name : storage.list()) {
      byte[] whole = storage.bytesOf(name);
      int step = name.startsWith("snapshot-") ? 5 : 1;
      for (int position = 0; position < whole.length; position += step) {
        byte[] bytes = Arrays.copyOf(whole, whole.length);
        bytes[position] ^= (byte) (1 << bit++ % 8);
        CrashStorage damaged = storage.afterProcessDeath();
        damaged.replaceBytes(name, bytes);
        VerificationReport report = verify(damaged);
        if (report.isClean()) {
          harmless++;
          Engine opened = Engine.open(damaged.afterProcessDeath(), options());
          assertTrue(Arrays.equals(expected, opened.saveSnapshotToBytes()), name + position);
        } else {
          assertTrue(report.toText().contains(name), report.toText());
          boolean opens = true;
          try {
            Engine.open(damaged.afterProcessDeath(), options());
          } catch (WeftException refused) {
            opens = false;
          }
          assertEquals(opens, report.opens(), name + position + report.toText());
        }
      }
    }
    // The marks at the ends of segments, behind which nothing stands that could vouch for them.
    int marks = named(storage, "log-").size() * LogFormat.RECORD_HEADER_BYTES;
    assertTrue(harmless > 0 && harmless <= marks, harmless + " of " + marks);
  }

  @Test
  void allDamageIsToldWithFileOffsetAndCommit() {
    CrashStorage storage = sample();
    List<String> logs = named(storage, "log-");
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < logs.size(); i += 2) {
      byte[] bytes = storage.bytesOf(logs.get(i));
      bytes[96 + 40] ^= 1;
      storage.replaceBytes(logs.get(i), bytes);
      places.add(i);
    }
    String snapshot = named(storage, "snapshot-").get(0);
    byte[] bytes = storage.bytesOf(snapshot);
    bytes[100] ^= 1;
    storage.replaceBytes(snapshot, bytes);
    VerificationReport report = verify(storage);
    assertFalse(report.opens());
    assertProblem(report, snapshot, ErrorCode.CORRUPTED, "checksum");
    FileProblem ofSnapshot = report.problems().get(0);
    assertEquals(snapshot, ofSnapshot.file());
    assertTrue(
        ofSnapshot.message().contains(" at offset " + ofSnapshot.offset() + " is damaged"),
        ofSnapshot.message());
    assertTrue(ofSnapshot.offset() > 24 && ofSnapshot.offset() <= 100, ofSnapshot.message());
    for (int i : places) {
      assertProblem(report, logs.get(i), ErrorCode.CORRUPTED, "damaged at offset 96");
    }
    FileProblem second = null;
    for (FileProblem problem : report.problems()) {
      second = problem.file().equals(logs.get(2)) ? problem : second;
    }
    assertEquals(96, second.offset());
    assertTrue(second.lsn() > 1 && second.lsn() < 22, second.toString());
    assertFalse(report.snapshots().get(0).isSound());
    assertTrue(report.snapshots().get(1).isSound());
  }

  @Test
  void damageInWhatOpeningDoesNotNeedIsFound() {
    CrashStorage storage = sample();
    String first = named(storage, "log-").get(0);
    byte[] bytes = storage.bytesOf(first);
    bytes[140] ^= 1;
    storage.replaceBytes(first, bytes);
    VerificationReport report = verify(storage);
    assertTrue(report.opens());
    assertProblem(report, first, ErrorCode.CORRUPTED, "damaged at offset ");
    String second = named(storage, "log-").get(1);
    storage.remove(second);
    report = verify(storage);
    // What is behind a gap that is not needed is not believed, and not missed.
    assertTrue(report.opens(), report.toText());
  }

  @Test
  void aSnapshotThatIsSoundButNotOfThisLogIsFound() {
    CrashStorage storage = sample();
    CrashStorage otherStorage = new CrashStorage();
    Engine other = Engine.open(otherStorage, options());
    other.execute("CREATE CONSTRAINT ids FOR (n:N) REQUIRE n.i IS UNIQUE");
    other.execute("CREATE TEXT INDEX texts FOR (e:End) ON (e.text)");
    create(other, 13);
    create(other, 1, "another text");
    other.checkpoint();
    other.close();
    // The graph of the same commit of another history of the database.
    String newest = named(storage, "snapshot-").get(1);
    storage.replaceBytes(newest, otherStorage.bytesOf(newest));
    VerificationReport report = verify(storage);
    assertProblem(report, newest, ErrorCode.CORRUPTED, "has not the graph that the log gives");
  }

  @Test
  void aDirectoryWithoutItsIdentityIsCheckedByTheIdOfItsFiles() {
    CrashStorage storage = sample();
    String id = verify(storage).databaseId();
    storage.remove(Engine.IDENTITY_FILE);
    VerificationReport report = verify(storage);
    assertEquals(id, report.databaseId());
    assertFalse(report.opens());
    assertEquals(1, report.problems().size(), report.toText());
    assertProblem(report, Engine.IDENTITY_FILE, ErrorCode.CORRUPTED, "is missing");
  }
}
