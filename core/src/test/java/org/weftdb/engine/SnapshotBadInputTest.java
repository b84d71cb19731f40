package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.snapshot.SectionIds;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.snapshot.SnapshotWriter;

/** Snapshots of a graph with something in every section, damaged in every way. */
final class SnapshotBadInputTest {
  private static final long SEEDS = Long.getLong("crash.seeds", 40);

  private static Engine engine() {
    return Engine.inMemory(EngineOptions.singleThreaded(1, () -> 1_000));
  }

  private static byte[] example() {
    Engine engine = engine();
    engine.execute(
        """
        CREATE (a:Person:Author {name: 'Ada', born: 1815, score: 1.5, alive: false, tags: ['x', 2]}),
               (b:Person {name: 'Charles', born: 1791}), (c:Machine {name: 'Engine \uD83D\uDE00'}),
               (a)-[:KNOWS {since: 1833, how: 'letters'}]->(b), (b)-[:BUILT {ok: false}]->(c),
               (a)-[:KNOWS]->(a)
        """);
    engine.execute("CREATE INDEX byName FOR (p:Person) ON (p.name)");
    engine.execute("MATCH (m:Machine) CREATE (m)-[:HAS]->(:Part), (m)-[:HAS]->(:Part)");
    engine.execute("MATCH (p:Part) WITH p LIMIT 1 DETACH DELETE p");
    return engine.saveSnapshotToBytes();
  }

  /** An engine with a graph of its own that a failed load must leave. */
  private static Engine target() {
    Engine engine = engine();
    engine.execute("CREATE (:Old)");
    return engine;
  }

  @Test
  void cutAtEveryByteItIsTruncatedAndTheOldGraphStays() {
    byte[] bytes = example();
    Engine engine = target();
    byte[] before = engine.saveSnapshotToBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      WeftException error =
          assertThrows(WeftException.class, () -> engine.loadSnapshotFromBytes(cut));
      assertEquals(ErrorCode.TRUNCATED, error.code(), error.getMessage());
    }
    assertArrayEquals(before, engine.saveSnapshotToBytes());
    engine.loadSnapshotFromBytes(bytes);
    assertArrayEquals(bytes, engine.saveSnapshotToBytes());
  }

  @Test
  void aFlippedBitInAnySectionIsCorruptionAndTheOldGraphStays() {
    byte[] bytes = example();
    SnapshotReader reader = new SnapshotReader(bytes, "example");
    assertTrue(reader.sectionCount() >= 8, "sections " + reader.sectionCount());
    Engine engine = target();
    byte[] before = engine.saveSnapshotToBytes();
    Set<ErrorCode> codes = new TreeSet<>();
    for (int position = 0; position < bytes.length; position++) {
      byte[] damaged = Arrays.copyOf(bytes, bytes.length);
      damaged[position] ^= (byte) (1 << position % 8);
      WeftException error =
          assertThrows(WeftException.class, () -> engine.loadSnapshotFromBytes(damaged));
      codes.add(error.code());
    }
    assertEquals(Set.of(ErrorCode.NOT_OUR_FORMAT, ErrorCode.CORRUPTED, ErrorCode.TRUNCATED), codes);
    assertArrayEquals(before, engine.saveSnapshotToBytes());
  }

  @Test
  void foreignBytesAndLaterVersionsHaveErrorsOfTheirOwn() {
    Engine engine = target();
    byte[] text = org.weftdb.bytes.Utf8.encode("MATCH (n) RETURN n");
    WeftException error =
        assertThrows(WeftException.class, () -> engine.loadSnapshotFromBytes(text));
    assertEquals(ErrorCode.NOT_OUR_FORMAT, error.code());
    byte[] later = example();
    later[12] = 9;
    ByteWriter checksum = new ByteWriter();
    checksum.writeInt(org.weftdb.bytes.Crc32c.of(later, 0, 20));
    System.arraycopy(checksum.array(), 0, later, 20, 4);
    error = assertThrows(WeftException.class, () -> engine.loadSnapshotFromBytes(later));
    assertEquals(ErrorCode.FORMAT_TOO_NEW, error.code());
    assertEquals(1, engine.nodeCount());
  }

  /** Sections whose checksums fit but whose content was made up, as a bug or a forger would. */
  @Test
  void sectionsWithImpossibleContentAreRefusedWithoutAnyOtherFailure() {
    byte[] bytes = example();
    SnapshotReader reader = new SnapshotReader(bytes, "example");
    Engine engine = target();
    int refused = 0;
    for (int index = 0; index < reader.sectionCount(); index++) {
      int id = reader.sectionIdAt(index);
      if (id == SectionIds.MANIFEST) {
        continue;
      }
      int length = reader.section(id).bytes().length();
      for (int position = 0; position < length; position++) {
        for (long seed = 0; seed < Math.max(1, SEEDS / 20); seed++) {
          byte[] forged = forged(reader, id, position, new Prng(seed * 31 + position));
          try {
            engine.loadSnapshotFromBytes(forged);
            engine
                .execute(
                    "MATCH (n) WITH n ORDER BY n.name OPTIONAL MATCH (n)-[r]-(m) RETURN n, r, m,"
                        + " size([(n)-[:KNOWS]->(x) | x.name])")
                .toList();
            assertArrayEquals(engine.saveSnapshotToBytes(), engine.saveSnapshotToBytes());
          } catch (WeftException error) {
            refused++;
            assertEquals(ErrorCategory.CORRUPTION, error.code().category(), error.getMessage());
          } catch (RuntimeException bug) {
            throw new AssertionError("section " + id + ", byte " + position + ": " + bug, bug);
          }
        }
      }
    }
    assertTrue(refused > 500, "only " + refused + " were refused");
  }

  private static byte[] forged(SnapshotReader source, int changedId, int position, Prng random) {
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer = new SnapshotWriter(source.manifest(), written::writeBytes);
    for (int i = 0; i < source.sectionCount(); i++) {
      int id = source.sectionIdAt(i);
      if (id == SectionIds.MANIFEST) {
        continue;
      }
      ByteReader content = source.section(id).bytes();
      byte[] section = content.readBytes(content.length());
      if (id == changedId) {
        section[position] = (byte) (random.nextInt(4) == 0 ? 0xFF : random.nextInt());
      }
      writer.beginSection(id).bytes().writeBytes(section);
    }
    writer.finish();
    return written.toByteArray();
  }
}
