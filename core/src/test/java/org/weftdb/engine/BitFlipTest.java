package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.WeftException;
import org.weftdb.log.LogFormat;
import org.weftdb.storage.CrashStorage;

/**
 * A bit of each byte of each file of a database is flipped: it is found, or nothing changes; a
 * verification always finds it, but in the last record of a segment, which may be torn. {@code
 * -Dflips.bits=8} flips each of the eight.
 */
final class BitFlipTest {
  private static final int BITS = Integer.getInteger("flips.bits", 2);

  /** How the database was left. */
  enum Left {
    /** Closed, with two snapshots and the log above the older. */
    CLOSED,
    /** The process died. */
    KILLED,
    /** The same, without a snapshot. */
    KILLED_WITHOUT_SNAPSHOT,
    /** The process died some time after a snapshot was loaded. */
    KILLED_AFTER_LOAD
  }

  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(StorageOptions.DEFAULT.withSegmentBytes(500));
  }

  /** A database and its snapshot after each commit. */
  private record Example(CrashStorage storage, TreeMap<Long, byte[]> snapshots) {
    void run(Engine engine, String query) {
      engine.execute(query, Map.of("text", "text of some length"));
      snapshots.put(engine.lastLsn(), engine.saveSnapshotToBytes());
    }
  }

  private static Example example(Left left) {
    CrashStorage storage = new CrashStorage();
    Example example = new Example(storage, new TreeMap<>());
    Engine engine = Engine.open(storage, options());
    example.run(engine, "CREATE CONSTRAINT keys FOR (n:N) REQUIRE n.i IS UNIQUE");
    for (int i = 0; i < 16; i++) {
      if (i % 5 == 4 && left != Left.KILLED_WITHOUT_SNAPSHOT) {
        engine.checkpoint();
      }
      if (i == 11 && left == Left.KILLED_AFTER_LOAD) {
        engine.loadSnapshotFromBytes(engine.saveSnapshotToBytes());
        example.snapshots.put(engine.lastLsn(), engine.saveSnapshotToBytes());
      }
      example.run(engine, "CREATE (:N {i: " + i + ", text: $text})-[:OF {w: 0.5}]->(:M)");
      example.run(engine, "MATCH (n:N {i: " + i / 2 + "}) SET n.list = [n.i, true], n:Other");
    }
    if (left == Left.CLOSED) {
      engine.close();
    }
    return new Example(storage.afterProcessDeath(), example.snapshots);
  }

  @ParameterizedTest
  @EnumSource(Left.class)
  void aFlippedBitIsFoundOrHarmless(Left left) {
    Example example = example(left);
    int found = 0;
    int harmless = 0;
    String lastSegment = "";
    for (String name : example.storage.list()) {
      lastSegment = LogFormat.segmentNumber(name) >= 0 ? name : lastSegment;
    }
    for (String name : example.storage.list()) {
      byte[] bytes = example.storage.bytesOf(name);
      boolean mayBeTorn = name.equals(lastSegment) && left != Left.CLOSED;
      for (int position = 0; position < bytes.length; position++) {
        for (int i = 0; i < BITS; i++) {
          byte[] flipped = bytes.clone();
          flipped[position] ^= (byte) (1 << (position * 3 + i * (8 / BITS)) % 8);
          CrashStorage damaged = example.storage.afterProcessDeath();
          damaged.replaceBytes(name, flipped);
          String where = left + ": " + name + ", byte " + position;
          // Of a segment that is followed by another it is a mark that does not count.
          boolean isInLastRecord =
              LogFormat.segmentNumber(name) >= 0 && position >= lastRecord(bytes);
          // Opening passes over what it does not need; a verification does not.
          assertTrue(isInLastRecord || !Verification.of(damaged).isClean(), where);
          if (isFound(damaged, name, where)) {
            found++;
          } else {
            harmless++;
            long missing = assertHolds(damaged, example, where);
            assertTrue(missing == 0 || missing == 1 && mayBeTorn, where + " misses " + missing);
            assertTrue(missing == 0 || isInLastRecord, where + " takes an acknowledged commit");
          }
        }
      }
    }
    assertTrue(found > 500 && harmless > 10, left + ": " + found + ", " + harmless);
  }

  private static boolean isFound(CrashStorage damaged, String name, String where) {
    try {
      Engine.open(damaged.afterProcessDeath(), options());
      return false;
    } catch (WeftException failure) {
      assertEquals(ErrorCategory.CORRUPTION, failure.code().category(), where);
      assertTrue(failure.getMessage().contains(name), where + ": " + failure.getMessage());
      return true;
    } catch (RuntimeException bug) {
      throw new AssertionError(where, bug);
    }
  }

  /** Where the last record of a segment begins. */
  private static int lastRecord(byte[] segment) {
    int last = 0;
    for (int at = LogFormat.SEGMENT_HEADER_BYTES; at < segment.length; ) {
      int length =
          segment[at + 8] & 0xFF | (segment[at + 9] & 0xFF) << 8 | (segment[at + 10] & 0xFF) << 16;
      last = at;
      at += LogFormat.RECORD_HEADER_BYTES + length;
    }
    return last;
  }

  /** Asserts that a graph of the past is there and lasts; returns how many commits are missing. */
  private static long assertHolds(CrashStorage storage, Example example, String where) {
    Engine engine = Engine.open(storage, options());
    long lsn = engine.lastLsn();
    assertArrayEquals(example.snapshots.get(lsn), engine.saveSnapshotToBytes(), where);
    engine.execute("CREATE (:After)");
    byte[] after = engine.saveSnapshotToBytes();
    engine.close();
    Engine again = Engine.open(storage.afterProcessDeath(), options());
    assertArrayEquals(after, again.saveSnapshotToBytes(), where);
    return example.snapshots.lastKey() - lsn;
  }
}
