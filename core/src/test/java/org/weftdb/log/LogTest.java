package org.weftdb.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.Storage;

final class LogTest {
  private static final DatabaseId ID = new DatabaseId(0x1111, 0x2222);
  private static final LogOptions SMALL = new LogOptions(ID, 400, 100);

  /** The bytes of a commit in these tests, different for each. */
  private static byte[] changes(long lsn, int length) {
    byte[] bytes = new byte[length];
    new Prng(lsn * 1000 + length).nextBytes(bytes, 0, length);
    return bytes;
  }

  private static final class Log {
    final List<byte[]> commits = new ArrayList<>();
    final LogEnd end;

    Log(Storage storage, long afterLsn) {
      end =
          LogReader.read(
              storage,
              ID,
              afterLsn,
              (lsn, bytes) -> {
                assertEquals(afterLsn + commits.size() + 1, lsn);
                commits.add(bytes.readBytes(bytes.length()));
              });
    }
  }

  private static LogWriter open(Storage storage, LogOptions options) {
    return new LogWriter(storage, options, new Log(storage, 0).end);
  }

  /** Appends and syncs commits of these lengths. */
  private static void commit(LogWriter writer, int... lengths) {
    for (int length : lengths) {
      writer.append(changes(writer.lastLsn() + 1, length), 0, length);
      writer.sync();
    }
  }

  private static void assertHolds(Storage storage, int... lengths) {
    Log log = new Log(storage, 0);
    assertEquals(lengths.length, log.commits.size());
    assertEquals(lengths.length, log.end.lastLsn());
    for (int i = 0; i < lengths.length; i++) {
      assertArrayEquals(changes(i + 1, lengths[i]), log.commits.get(i), "commit " + (i + 1));
    }
  }

  private static String lastSegment(CrashStorage storage) {
    List<String> names = storage.list();
    return names.get(names.size() - 1);
  }

  private static void assertFails(ErrorCode code, String inMessage, CrashStorage storage) {
    WeftException error = assertThrows(WeftException.class, () -> new Log(storage, 0));
    assertEquals(code, error.code(), error.getMessage());
    assertTrue(error.getMessage().contains(inMessage), error.getMessage());
  }

  @Test
  void anEmptyStorageIsAnEmptyLogAndOpeningItWritesNothing() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, SMALL);
    assertEquals(0, writer.lastLsn());
    writer.close();
    writer.close();
    assertEquals(List.of(), storage.list());
    assertThrows(WeftException.class, () -> commit(writer, 1));
  }

  @Test
  void commitsOfAllSizesAreReadBackThroughSegmentsAndOpenings() {
    CrashStorage storage = new CrashStorage();
    int[] lengths = {0, 1, 10, 99, 100, 101, 200, 201, 1000, 5, 1500, 0, 50, 60, 70, 80};
    for (int from = 0; from < lengths.length; from += 4) {
      LogWriter writer = open(storage, SMALL);
      assertEquals(from, writer.lastLsn());
      commit(writer, Arrays.copyOfRange(lengths, from, from + 4));
      assertEquals(from + 4, writer.syncedLsn());
      writer.close();
      assertHolds(storage, Arrays.copyOf(lengths, from + 4));
    }
    assertTrue(storage.list().size() > 8, storage.list().toString());
  }

  @Test
  void commitsUpToTheSnapshotAreNotHandedOutAndTheirSegmentsMayBeGone() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, SMALL);
    commit(writer, 90, 90, 90, 90, 90, 350, 90, 90);
    writer.appendCheckpoint(6);
    commit(writer, 90);
    writer.close();
    for (int after = 0; after <= 9; after++) {
      Log log = new Log(storage, after);
      assertEquals(9 - after, log.commits.size());
      assertEquals(9, log.end.lastLsn());
    }
    storage.remove(LogFormat.segmentName(1));
    assertFails(ErrorCode.SEGMENT_MISSING, LogFormat.segmentName(1), storage);
    assertEquals(6, new Log(storage, 3).commits.size());
  }

  @Test
  void aSegmentCutAnywhereAtTheEndIsATornTailAndTheLogGoesOn() {
    CrashStorage whole = new CrashStorage();
    LogWriter writer = open(whole, new LogOptions(ID, 100_000, 100));
    commit(writer, 10, 250, 20);
    byte[] bytes = whole.bytesOf(LogFormat.segmentName(1));
    int[] ends = {96, 96 + 42, 96 + 42 + 250 + 3 * 32, bytes.length};
    for (int length = 0; length <= bytes.length; length++) {
      CrashStorage storage = new CrashStorage();
      storage.replaceBytes(LogFormat.segmentName(1), Arrays.copyOf(bytes, length));
      int left = length == bytes.length ? 3 : length >= ends[2] ? 2 : length >= ends[1] ? 1 : 0;
      Log log = new Log(storage, 0);
      assertEquals(left, log.commits.size(), "cut at " + length);
      if (length >= 96) {
        assertEquals(length - ends[left], log.end.tornBytes());
      }
      LogWriter next = open(storage, SMALL);
      commit(next, 7, 8);
      next.close();
      Log after = new Log(storage, 0);
      assertEquals(left + 2, after.commits.size());
      assertArrayEquals(changes(left + 1, 7), after.commits.get(left));
      LogWriter third = open(storage, SMALL);
      commit(third, 9);
      assertEquals(left + 3, new Log(storage.afterProcessDeath(), 0).commits.size());
    }
  }

  @Test
  void everyFlippedBitThatSomethingVouchesForIsCorruption() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, new LogOptions(ID, 300, 60));
    commit(writer, 10, 100, 20, 30);
    writer.close();
    List<String> names = storage.list();
    assertEquals(2, names.size());
    int lastMark = LogFormat.RECORD_HEADER_BYTES;
    for (String name : names) {
      byte[] bytes = storage.bytesOf(name);
      // What vouches for all, and for which nothing does: the mark of the end.
      int vouched = bytes.length - lastMark;
      for (int bit = 0; bit < 8 * bytes.length; bit++) {
        byte[] damaged = Arrays.copyOf(bytes, bytes.length);
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        CrashStorage copy = storage.afterProcessDeath();
        copy.replaceBytes(name, damaged);
        if (bit / 8 >= vouched) {
          assertHolds(copy, 10, 100, 20, 30);
        } else {
          WeftException error =
              assertThrows(WeftException.class, () -> new Log(copy, 0), "bit " + bit);
          ErrorCode expected = bit < 64 ? ErrorCode.NOT_OUR_FORMAT : ErrorCode.CORRUPTED;
          assertEquals(expected, error.code(), error.getMessage());
          assertTrue(error.getMessage().contains(name), error.getMessage());
        }
      }
    }
  }

  @Test
  void damageIsReportedWithItsFileOffsetAndChecksums() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, new LogOptions(ID, 10_000, 1000));
    commit(writer, 10, 20, 30);
    byte[] bytes = storage.bytesOf(LogFormat.segmentName(1));
    bytes[96 + 42 + 40] ^= 1;
    CrashStorage damaged = storage.afterProcessDeath();
    damaged.replaceBytes(LogFormat.segmentName(1), bytes);
    assertFails(
        ErrorCode.CORRUPTED,
        "log-0000000000000001.weft: damaged at offset 138: a record's checksum ",
        damaged);
  }

  @Test
  void damageInWhatWasNeverPromisedIsATornTail() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, new LogOptions(ID, 10_000, 1000));
    commit(writer, 10);
    writer.append(changes(2, 20), 0, 20);
    writer.append(changes(3, 30), 0, 30);
    byte[] bytes = storage.bytesOf(LogFormat.segmentName(1));
    // As when the medium wrote the third but not the second.
    Arrays.fill(bytes, 138, 138 + 52, (byte) 0);
    CrashStorage damaged = new CrashStorage();
    damaged.replaceBytes(LogFormat.segmentName(1), bytes);
    assertHolds(damaged, 10);
  }

  @Test
  void aRecordCopiedToAnotherPlaceIsNotValid() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, new LogOptions(ID, 10_000, 1000));
    commit(writer, 10);
    byte[] bytes = storage.bytesOf(LogFormat.segmentName(1));
    byte[] twice = Arrays.copyOf(bytes, bytes.length + 42);
    System.arraycopy(bytes, 96, twice, bytes.length, 42);
    CrashStorage copied = new CrashStorage();
    copied.replaceBytes(LogFormat.segmentName(1), twice);
    assertHolds(copied, 10);
    assertEquals(42, new Log(copied, 0).end.tornBytes());
  }

  @Test
  void aLogWithinACommitIsNotTakenForTheLog() {
    CrashStorage inner = new CrashStorage();
    LogWriter innerWriter = open(inner, new LogOptions(ID, 10_000, 1000));
    commit(innerWriter, 10, 20);
    byte[] payload = inner.bytesOf(LogFormat.segmentName(1));
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, new LogOptions(ID, 10_000, 1000));
    writer.append(payload, 0, payload.length);
    byte[] bytes = storage.bytesOf(LogFormat.segmentName(1));
    bytes[100] ^= 1;
    CrashStorage torn = new CrashStorage();
    torn.replaceBytes(LogFormat.segmentName(1), bytes);
    assertHolds(torn);
  }

  @Test
  void everyMissingSegmentIsRecognised() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, SMALL);
    commit(writer, 90, 90, 90, 90, 350, 90, 90, 90, 90);
    writer.close();
    List<String> names = storage.list();
    assertTrue(names.size() >= 4);
    for (int i = 0; i < names.size(); i++) {
      CrashStorage copy = storage.afterProcessDeath();
      copy.remove(names.get(i));
      boolean isLast = i == names.size() - 1;
      assertFails(ErrorCode.SEGMENT_MISSING, names.get(isLast ? i - 1 : i), copy);
    }
  }

  @Test
  void aSegmentOfAnotherDatabaseOrUnderAnotherNameIsRecognised() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, SMALL);
    commit(writer, 90, 90, 90, 90);
    writer.close();
    CrashStorage other = new CrashStorage();
    LogWriter otherWriter =
        new LogWriter(other, new LogOptions(new DatabaseId(9, 9), 400, 100), LogEnd.EMPTY);
    commit(otherWriter, 90, 90, 90, 90);
    otherWriter.close();
    List<String> names = storage.list();
    for (String name : names) {
      CrashStorage copy = storage.afterProcessDeath();
      copy.replaceBytes(name, other.bytesOf(name));
      assertFails(ErrorCode.FOREIGN_FILE, name, copy);
    }
    CrashStorage renamed = storage.afterProcessDeath();
    renamed.replaceBytes(LogFormat.segmentName(9), storage.bytesOf(names.get(0)));
    assertFails(ErrorCode.CORRUPTED, "segment 1 under a name not its own", renamed);
  }

  @Test
  void anySegmentShorterThanWhatCountsIsCorrupted() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, SMALL);
    commit(writer, 90, 90, 90, 90);
    writer.close();
    String first = LogFormat.segmentName(1);
    byte[] bytes = storage.bytesOf(first);
    // The mark at a segment's end is not needed where the next segment is there.
    int counting = bytes.length - LogFormat.RECORD_HEADER_BYTES;
    for (int length = 0; length < bytes.length; length++) {
      CrashStorage copy = storage.afterProcessDeath();
      copy.replaceBytes(first, Arrays.copyOf(bytes, length));
      if (length >= counting) {
        assertHolds(copy, 90, 90, 90, 90);
      } else {
        WeftException error = assertThrows(WeftException.class, () -> new Log(copy, 0));
        assertTrue(
            error.code() == ErrorCode.CORRUPTED
                || length < 96 && error.code() == ErrorCode.TRUNCATED,
            length + ": " + error.getMessage());
      }
    }
  }

  @Test
  void aFailedOperationPoisonsTheLog() {
    CrashStorage counting = new CrashStorage();
    LogWriter whole = open(counting, SMALL);
    commit(whole, 90, 350, 90);
    int operations = counting.operations();
    for (int operation = 1; operation <= operations; operation++) {
      CrashStorage storage = new CrashStorage();
      LogWriter writer = open(storage, SMALL);
      storage.failOnceAt(operation);
      WeftException error = assertThrows(WeftException.class, () -> commit(writer, 90, 350, 90));
      assertEquals(ErrorCode.LOG_FAILED, error.code());
      long before = writer.syncedLsn();
      for (int again = 0; again < 2; again++) {
        WeftException later = assertThrows(WeftException.class, () -> commit(writer, 5));
        assertEquals(ErrorCode.LOG_FAILED, later.code());
        assertEquals(
            ErrorCode.IO_FAILED, ((WeftException) later.getCause()).code(), later.getMessage());
        assertThrows(WeftException.class, writer::sync);
      }
      writer.close();
      assertTrue(new Log(storage, 0).end.lastLsn() >= before);
    }
  }

  @Test
  void aLoadedSnapshotCutsTheLog() {
    CrashStorage storage = new CrashStorage();
    LogWriter writer = open(storage, SMALL);
    commit(writer, 10, 20);
    assertThrows(IllegalArgumentException.class, () -> writer.continueAfter(4));
    writer.continueAfter(3);
    commit(writer, 30, 40);
    writer.close();
    assertFails(ErrorCode.CORRUPTED, "continues a snapshot of commit 3", storage);
    Log log = new Log(storage, 3);
    assertEquals(2, log.commits.size());
    assertArrayEquals(changes(5, 40), log.commits.get(1));
    assertEquals(5, log.end.lastLsn());
  }

  @Test
  void durabilityWithAnIntervalNeedsOne() {
    assertEquals(5, Durability.group(5).intervalMillis());
    assertThrows(IllegalArgumentException.class, () -> Durability.group(0));
    assertThrows(IllegalArgumentException.class, () -> new Durability(Durability.Mode.NONE, 1));
  }
}
