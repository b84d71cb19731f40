package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.WeftException;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.ReadOnlyStorage;

/**
 * Salvages what a crash has left: of sound files all that an opening finds, of damaged ones a graph
 * that there was, as the report says.
 */
final class SalvageCheck {
  private final EngineOptions options;
  private final CrashCheck.Expected expected;
  private long salvagedLsn;
  private byte[] salvaged = {};

  SalvageCheck(EngineOptions options, CrashCheck.Expected expected) {
    this.options = options;
    this.expected = expected;
  }

  /** Salvages files that nothing is wrong with. */
  void checkSound(CrashStorage storage) {
    SalvageReport report = salvage(storage);
    String text = expected.where() + "\n" + report.toText();
    assertTrue(report.isComplete(), text);
    assertTrue(report.lastLsn() >= expected.presentLsn(), text);
    salvagedLsn = report.lastLsn();
  }

  /** Asserts that an opening of the same files has found the same. */
  void assertLikeOpened(Engine engine) {
    assertEquals(engine.lastLsn(), salvagedLsn, expected.where() + ", salvaged");
    assertArrayEquals(
        plain(engine.saveSnapshotToBytes()), salvaged, expected.where() + ", salvaged");
  }

  /** Damages a copy of the files, and looks what is found and saved of it. */
  void checkDamaged(CrashStorage storage, Prng random) {
    CrashStorage damaged = storage.afterProcessDeath();
    StringBuilder what = new StringBuilder(expected.where()).append(", damaged");
    for (int i = 1 + random.nextInt(2); i > 0 && !damaged.list().isEmpty(); i--) {
      what.append("; ").append(damage(damaged, random));
    }
    String where = what.toString();
    SalvageReport report = null;
    try {
      report = salvage(damaged);
      assertWas(report.lastLsn(), salvaged, where + "\n" + report.toText());
    } catch (WeftException nothing) {
      assertEquals(ErrorCategory.CORRUPTION, nothing.code().category(), where + ": " + nothing);
    }
    Engine engine = tryOpen(damaged.afterProcessDeath(), where);
    if (damaged.exists(Engine.IDENTITY_FILE)) {
      VerificationReport found = Verification.of(new ReadOnlyStorage(damaged));
      assertEquals(engine != null, found.opens(), where + "\n" + found.toText());
    }
    if (engine != null) {
      assertWas(engine.lastLsn(), plain(engine.saveSnapshotToBytes()), where + ", opened");
      // What an opening finds is the least that is saved.
      assertTrue(report == null || report.lastLsn() >= engine.lastLsn(), where);
    }
  }

  private @Nullable Engine tryOpen(CrashStorage damaged, String where) {
    try {
      return Engine.open(damaged, options);
    } catch (WeftException refused) {
      assertEquals(ErrorCategory.CORRUPTION, refused.code().category(), where + ": " + refused);
      return null;
    }
  }

  /** Asserts that the graph after a commit once was this. */
  private void assertWas(long lsn, byte[] graph, String where) {
    List<byte[]> all = expected.everything().get(lsn);
    assertTrue(all != null, where + ": there was no commit " + lsn);
    for (byte[] one : all) {
      if (Arrays.equals(plain(one), graph)) {
        return;
      }
    }
    throw new AssertionError(where + ": there never was such a graph after commit " + lsn);
  }

  private SalvageReport salvage(CrashStorage storage) {
    Salvage salvage = Salvage.of(new ReadOnlyStorage(storage));
    CrashStorage copy = new CrashStorage();
    salvage.copyTo(copy, options);
    Engine engine = Engine.open(copy.afterWorstPowerCut(), options);
    salvaged = plain(engine.saveSnapshotToBytes());
    SalvageReport report = salvage.report();
    assertEquals(engine.nodeCount(), report.nodes());
    assertEquals(engine.relationshipCount(), report.relationships());
    return report;
  }

  /** The snapshot of the same graph without a number. */
  private byte[] plain(byte[] snapshot) {
    Engine engine = Engine.inMemory(options);
    engine.loadSnapshotFromBytes(snapshot);
    return engine.saveSnapshotToBytes();
  }

  private static String damage(CrashStorage storage, Prng random) {
    List<String> names = storage.list();
    String name = names.get(random.nextInt(names.size()));
    byte[] bytes = storage.bytesOf(name);
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    switch (random.nextInt(bytes.length == 0 ? 1 : 5)) {
      case 0 -> {
        storage.remove(name);
        return name + " removed";
      }
      case 1 -> {
        storage.replaceBytes(name, Arrays.copyOf(bytes, at));
        return name + " cut to " + at;
      }
      case 2 -> {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(200));
        Arrays.fill(bytes, at, end, (byte) 0);
        storage.replaceBytes(name, bytes);
        return name + " zeros from " + at + " to " + end;
      }
      default -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        storage.replaceBytes(name, bytes);
        return name + " flipped at " + at;
      }
    }
  }
}
