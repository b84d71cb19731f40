package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;
import org.weftdb.log.LogFormat;
import org.weftdb.storage.CrashStorage;

/**
 * The table of damage in docs/formats.md, a row in a test: what an opening says to it, that a
 * verification says the same, and how much is saved.
 */
final class DamageTest {
  private static final int COMMITS = 22;
  private static final String FIRST_LOG = LogFormat.segmentName(1);

  private final CrashStorage storage = VerificationTest.sample();
  private final List<String> logs = named("log-");
  private final List<String> snapshots = named("snapshot-");

  private List<String> named(String prefix) {
    List<String> names = new ArrayList<>(storage.list());
    names.removeIf(name -> !name.startsWith(prefix));
    return names;
  }

  private String lastLog() {
    return logs.get(logs.size() - 1);
  }

  private void flip(String name, int position) {
    byte[] bytes = storage.bytesOf(name);
    bytes[position] ^= 4;
    storage.replaceBytes(name, bytes);
  }

  private void cut(String name, int bytesLeft) {
    storage.replaceBytes(name, Arrays.copyOf(storage.bytesOf(name), bytesLeft));
  }

  private static Engine open(CrashStorage storage) {
    return Engine.open(storage.afterProcessDeath(), VerificationTest.options());
  }

  /** Asserts that the database cannot be opened for this reason, and what is saved of it. */
  private void assertRefused(ErrorCode code, long savedLsn) {
    WeftException refused = assertThrows(WeftException.class, () -> open(storage));
    assertEquals(code, refused.code(), refused.getMessage());
    VerificationReport report = Verification.of(storage);
    assertFalse(report.opens());
    assertTrue(
        report.problems().stream().anyMatch(problem -> problem.code() == code), report.toText());
    assertEquals(savedLsn, Salvage.of(storage).report().lastLsn());
  }

  private void assertOpens(long lastLsn, boolean isClean) {
    Engine engine = open(storage);
    assertEquals(lastLsn, engine.lastLsn());
    VerificationReport report = Verification.of(storage);
    assertTrue(report.opens());
    assertEquals(isClean, report.isClean(), report.toText());
    SalvageReport saved = Salvage.of(storage).report();
    assertEquals(lastLsn, saved.lastLsn());
    assertEquals(engine.nodeCount(), saved.nodes());
  }

  @Test
  void aTornTail() {
    Engine engine = Engine.open(storage, VerificationTest.options());
    engine.execute("CREATE (:N {i: 1000})");
    CrashStorage torn = storage.afterProcessDeath();
    List<String> names = torn.list();
    names.removeIf(name -> !name.startsWith("log-"));
    String last = names.get(names.size() - 1);
    torn.replaceBytes(last, Arrays.copyOf(torn.bytesOf(last), LogFormat.SEGMENT_HEADER_BYTES + 40));
    assertEquals(COMMITS, open(torn).lastLsn());
    VerificationReport report = Verification.of(torn);
    assertTrue(report.isClean());
    assertEquals(40, report.tornBytes());
  }

  @Test
  void damageInTheMiddle() {
    flip(lastLog(), LogFormat.SEGMENT_HEADER_BYTES + 50);
    long saved = Salvage.of(storage).report().lastLsn();
    assertTrue(saved >= 16 && saved < COMMITS, "commit " + saved);
    assertRefused(ErrorCode.CORRUPTED, saved);
  }

  @Test
  void damageInAPartOfTheLogThatASnapshotHas() {
    flip(logs.get(0), LogFormat.SEGMENT_HEADER_BYTES + 50);
    assertOpens(COMMITS, false);
  }

  @Test
  void aDamagedSegmentHeader() {
    flip(lastLog(), 50);
    // All its records are found by what is left of it.
    assertRefused(ErrorCode.CORRUPTED, COMMITS);
  }

  @Test
  void aMissingSegment() {
    storage.remove(logs.get(logs.size() - 2));
    WeftException refused = assertThrows(WeftException.class, () -> open(storage));
    assertTrue(String.valueOf(refused.getMessage()).contains(logs.get(logs.size() - 2)));
    assertRefused(ErrorCode.SEGMENT_MISSING, Salvage.of(storage).report().lastLsn());
  }

  @Test
  void aMissingLastSegment() {
    storage.remove(lastLog());
    assertRefused(ErrorCode.SEGMENT_MISSING, Salvage.of(storage).report().lastLsn());
  }

  @Test
  void aDoubledSegmentBehindTheLast() {
    storage.replaceBytes(LogFormat.segmentName(500), storage.bytesOf(lastLog()));
    assertRefused(ErrorCode.CORRUPTED, COMMITS);
  }

  @Test
  void aDoubledSegmentInPlaceOfAnother() {
    storage.replaceBytes(logs.get(logs.size() - 2), storage.bytesOf(lastLog()));
    assertRefused(ErrorCode.CORRUPTED, Salvage.of(storage).report().lastLsn());
  }

  @Test
  void aDoubledSegmentUnderANumberThatDoesNotCount() {
    storage.replaceBytes(LogFormat.segmentName(1), storage.bytesOf(lastLog()));
    assertOpens(COMMITS, false);
  }

  /** A log of six commits, of which a power cut has torn the fourth. */
  private static CrashStorage torn() {
    CrashStorage past = new CrashStorage();
    Engine engine = Engine.open(past, VerificationTest.options());
    engine.setDurability(Durability.NONE);
    long beforeTorn = 0;
    for (int i = 1; i <= 6; i++) {
      engine.execute("CREATE (:Past), (:Past)");
      beforeTorn = i == 3 ? engine.logStatus().bytes() : beforeTorn;
    }
    CrashStorage crashed = past.afterProcessDeath();
    byte[] log = crashed.bytesOf(FIRST_LOG);
    log[(int) beforeTorn + 30] ^= 4;
    crashed.replaceBytes(FIRST_LOG, log);
    assertEquals(3, open(crashed).lastLsn());
    return crashed;
  }

  private void use(CrashStorage other) {
    for (String name : storage.list()) {
      storage.remove(name);
    }
    for (String name : other.list()) {
      storage.replaceBytes(name, other.bytesOf(name));
    }
  }

  @Test
  void aDeletedSegmentThatCameBack() {
    CrashStorage crashed = torn();
    final byte[] past = crashed.bytesOf(FIRST_LOG);
    Engine engine = Engine.open(crashed, VerificationTest.options());
    engine.execute("CREATE (:Second)");
    Engine other = Engine.inMemory(VerificationTest.options());
    other.execute("CREATE (:Loaded)");
    engine.loadSnapshotFromBytes(other.saveSnapshotToBytes());
    engine.execute("CREATE (:New)");
    engine.close();
    CrashStorage ended = crashed.afterProcessDeath();
    Engine.open(ended, VerificationTest.options()).close();
    use(ended.afterProcessDeath());
    assertFalse(storage.exists(FIRST_LOG), "nothing needs it");
    storage.replaceBytes(FIRST_LOG, past);
    // It has a commit 6 of a past that the crash has ended.
    assertOpens(6, true);
    assertTrue(Salvage.of(storage).report().isComplete());
  }

  @Test
  void aDamagedSegmentHeaderBehindATornEnd() {
    CrashStorage crashed = torn();
    Engine engine = Engine.open(crashed, VerificationTest.options());
    engine.execute("CREATE (:New), (:New)");
    engine.execute("CREATE (:New), (:New)");
    engine.checkpoint();
    engine.execute("CREATE (:New), (:New)");
    engine.close();
    use(crashed.afterProcessDeath());
    List<String> segments = named("log-");
    assertEquals(FIRST_LOG, segments.get(0));
    for (String name : segments.subList(1, segments.size())) {
      byte[] bytes = storage.bytesOf(name);
      Arrays.fill(bytes, 0, LogFormat.SEGMENT_HEADER_BYTES, (byte) 0);
      storage.replaceBytes(name, bytes);
    }
    // The snapshot has commit 5; the log has a commit 6 of a past that the crash has ended.
    assertEquals(5, Salvage.of(storage).report().lastLsn());
  }

  @Test
  void aSegmentOfAnotherDatabase() {
    CrashStorage other = new CrashStorage();
    Engine engine = Engine.open(other, SalvageTest.options(8));
    for (int i = 0; i < 60; i++) {
      engine.execute("CREATE (:Other)-[:NEXT]->(:Other)");
    }
    engine.close();
    storage.replaceBytes(lastLog(), other.bytesOf(lastLog()));
    assertRefused(ErrorCode.FOREIGN_FILE, Salvage.of(storage).report().lastLsn());
  }

  @Test
  void aSnapshotThatIsNewerThanTheLog() {
    for (String name : logs) {
      storage.remove(name);
    }
    assertRefused(ErrorCode.SEGMENT_MISSING, 16);
  }

  @Test
  void aSnapshotThatIsOlderThanTheBeginningOfTheLog() {
    storage.remove(snapshots.get(1));
    storage.remove(logs.get(0));
    storage.remove(logs.get(1));
    assertRefused(ErrorCode.SEGMENT_MISSING, 8);
  }

  @Test
  void aSegmentThatIsCutShort() {
    String name = logs.get(logs.size() - 2);
    cut(name, storage.bytesOf(name).length - 60);
    assertRefused(ErrorCode.CORRUPTED, Salvage.of(storage).report().lastLsn());
  }

  @Test
  void aLastSegmentThatIsCutShort() {
    cut(lastLog(), LogFormat.SEGMENT_HEADER_BYTES + 20);
    // Nothing is left that could tell this from what a crash leaves.
    assertOpens(Salvage.of(storage).report().lastLsn(), true);
    assertTrue(Salvage.of(storage).report().tornBytes() > 0);
  }

  @Test
  void aDamagedOrMissingIdentity() {
    byte[] whole = storage.bytesOf(Engine.IDENTITY_FILE);
    flip(Engine.IDENTITY_FILE, 30);
    assertRefused(ErrorCode.CORRUPTED, COMMITS);
    flip(Engine.IDENTITY_FILE, 30);
    flip(Engine.IDENTITY_FILE, 3);
    assertRefused(ErrorCode.NOT_OUR_FORMAT, COMMITS);
    storage.replaceBytes(Engine.IDENTITY_FILE, Arrays.copyOf(whole, 10));
    assertRefused(ErrorCode.TRUNCATED, COMMITS);
    storage.remove(Engine.IDENTITY_FILE);
    assertRefused(ErrorCode.CORRUPTED, COMMITS);
  }

  @Test
  void aDamagedSnapshotWithAStandIn() {
    flip(snapshots.get(1), 100);
    assertOpens(COMMITS, false);
    flip(snapshots.get(1), 100);
    flip(snapshots.get(1), 2);
    assertOpens(COMMITS, false);
    cut(snapshots.get(1), 100);
    assertOpens(COMMITS, false);
    storage.remove(snapshots.get(1));
    assertOpens(COMMITS, true);
  }

  @Test
  void aDamagedSnapshotWithoutAStandIn() {
    storage.remove(snapshots.get(0));
    flip(snapshots.get(1), 100);
    WeftException refused = assertThrows(WeftException.class, () -> open(storage));
    assertEquals(ErrorCode.CORRUPTED, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(snapshots.get(1)));
    assertFalse(Verification.of(storage).opens());
    refused = assertThrows(WeftException.class, () -> Salvage.of(storage));
    assertEquals(ErrorCode.CORRUPTED, refused.code());
  }
}
