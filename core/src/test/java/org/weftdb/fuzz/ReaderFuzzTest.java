package org.weftdb.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.bytes.Prng;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.engine.StorageOptions;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphInvariants;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphSnapshotCodec;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphVerifier;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogFormat;
import org.weftdb.log.LogReader;
import org.weftdb.snapshot.Manifest;
import org.weftdb.snapshot.SectionIds;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.snapshot.SnapshotWriter;
import org.weftdb.storage.ArchiveWriter;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.FormatFooter;
import org.weftdb.value.Node;
import org.weftdb.value.Path;
import org.weftdb.value.Relationship;
import org.weftdb.value.ValueCodec;

/**
 * What holds of every reader of bytes, whatever they are, also when their checksums fit: it ends
 * with what they mean or with an error of corruption, soon, and without memory beyond a multiple of
 * their number.
 *
 * <p>{@code -Dfuzz.files=N} tries so many for each reader, {@code -Dfuzz.seed=S} those from a seed
 * on.
 */
@Timeout(600)
final class ReaderFuzzTest {
  private static final int FILES = Integer.getInteger("fuzz.files", 4_000);
  private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);

  /** Sections of a snapshot. */
  private static final int NODES = 18;

  private static final int RELATIONSHIPS = 19;

  private static final int ARCHIVE_TABLE_TAIL_BYTES = 16;

  /** What reading may allocate in any case, and for each byte. */
  private static final long FREE_BYTES = 2 << 20;

  private static final long BYTES_PER_BYTE = 100;
  private static final long MAX_NANOS = 5_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private interface Reading {
    void run();
  }

  private int refused;
  private int read;

  /** Reads something; what it does otherwise than promised is a failure. */
  private void read(long seed, long inputBytes, Reading reading) {
    String where = "-Dfuzz.seed=" + seed + " -Dfuzz.files=1";
    long nanos = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reading.run();
      read++;
    } catch (WeftException failure) {
      refused++;
      assertEquals(ErrorCategory.CORRUPTION, failure.code().category(), where + ": " + failure);
    } catch (RuntimeException | Error bug) {
      throw new AssertionError(where + ": " + bug, bug);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        allocated <= FREE_BYTES + BYTES_PER_BYTE * inputBytes,
        where + ": " + allocated + " bytes allocated for " + inputBytes);
    assertTrue(System.nanoTime() - nanos < MAX_NANOS, where + " takes too long");
  }

  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(StorageOptions.DEFAULT.withSegmentBytes(400));
  }

  private static void fill(Engine engine) {
    engine.execute("CREATE INDEX FOR (p:Person) ON (p.name)");
    engine.execute("CREATE INDEX FOR (p:Person) ON (p.born, p.name)");
    engine.execute("CREATE TEXT INDEX FOR (p:Person) ON (p.name)");
    engine.execute("CREATE POINT INDEX FOR (p:Person) ON (p.at)");
    engine.execute("CREATE INDEX FOR ()-[k:KNOWS]-() ON (k.since)");
    engine.execute("CREATE CONSTRAINT FOR (m:Machine) REQUIRE m.name IS NODE KEY");
    engine.execute("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.born IS :: INTEGER");
    engine.execute(
        """
        CREATE (a:Person:Author {name: 'Ada', born: 1815, score: 1.5, alive: false, tags: ['x', 2],
                                 at: point({x: 1, y: 2}), on: date('1815-12-10')}),
               (b:Person {name: 'Charles', born: 1791, v: vector([1, 2], 2, INTEGER8)}),
               (c:Machine {name: 'Engine \uD83D\uDE00', bytes: [1, 2]::BYTES}),
               (a)-[:KNOWS {since: 1833, how: 'letters'}]->(b), (b)-[:BUILT {ok: false}]->(c),
               (a)-[:KNOWS]->(a)
        """);
    engine.execute(
        "MATCH (m:Machine) UNWIND range(1, 20) AS i CREATE (m)-[:HAS {w: i}]->(:Part {i: i})");
    engine.execute("MATCH (p:Part) WHERE p.i < 5 DETACH DELETE p");
    engine.execute("MATCH (p:Part) WHERE p.i > 15 SET p.i = 'text ' + p.i, p:Other");
  }

  // ---- Snapshots --------------------------------------------------------------------------------

  private static void decodeSnapshot(byte[] bytes) {
    GraphSnapshot graph = GraphSnapshotCodec.decode(new SnapshotReader(bytes, "fuzzed"));
    GraphInvariants.check(graph);
  }

  /** The snapshot with one section changed, and checksums that fit. */
  private static byte[] withChangedSection(SnapshotReader source, Prng random) {
    int changed = 1 + random.nextInt(source.sectionCount() - 1);
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer = new SnapshotWriter(source.manifest(), written::writeBytes);
    for (int i = 0; i < source.sectionCount(); i++) {
      int id = source.sectionIdAt(i);
      if (id != SectionIds.MANIFEST) {
        ByteReader content = source.section(id).bytes();
        byte[] section = content.readBytes(content.length());
        writer
            .beginSection(id)
            .bytes()
            .writeBytes(i == changed ? ByteMutator.mutate(section, 0, random) : section);
      }
    }
    writer.finish();
    return written.toByteArray();
  }

  @Test
  void snapshots() {
    Engine engine = Engine.inMemory(options());
    fill(engine);
    byte[] bytes = engine.saveSnapshotToBytes();
    SnapshotReader source = new SnapshotReader(bytes, "source");
    decodeSnapshot(bytes);
    for (int i = 0; i < FILES; i++) {
      long seed = FIRST_SEED + i;
      Prng random = new Prng(seed);
      byte[] changed =
          random.nextInt(8) == 0
              ? ByteMutator.mutate(bytes, 0, random)
              : withChangedSection(source, random);
      read(seed, changed.length, () -> decodeSnapshot(changed));
    }
    assertTried();
  }

  private void assertTried() {
    assertTrue(FILES < 100 || refused > FILES / 20 && read > FILES / 100, refused + ", " + read);
  }

  /** Sections 18 and 19 of a snapshot whose others are those of an empty graph. */
  private static byte[] snapshotOf(byte[] nodes, byte[] relationships) {
    Engine engine = Engine.inMemory(options());
    engine.execute("CREATE CONSTRAINT FOR (n:N) REQUIRE n.i IS UNIQUE");
    engine.execute("CREATE CONSTRAINT FOR ()-[r:R]-() REQUIRE r.i IS NOT NULL");
    engine.execute("CREATE TEXT INDEX FOR (n:N) ON (n.t)");
    engine.execute("CREATE TEXT INDEX FOR ()-[r:R]-() ON (r.t)");
    SnapshotReader source = new SnapshotReader(engine.saveSnapshotToBytes(), "source");
    ByteWriter written = new ByteWriter();
    SnapshotWriter writer = new SnapshotWriter(Manifest.of(0, 0, 0), written::writeBytes);
    for (int i = 1; i < source.sectionCount(); i++) {
      int id = source.sectionIdAt(i);
      if (id == NODES || id == RELATIONSHIPS) {
        writer.beginSection(id).bytes().writeBytes(id == NODES ? nodes : relationships);
      } else {
        writer.copySection(source, id);
      }
    }
    writer.finish();
    return written.toByteArray();
  }

  @Test
  void idsThatNothingHasTakeNoMemoryAndNoTime() {
    ByteWriter many = new ByteWriter();
    many.writeVarint(Integer.MAX_VALUE - 4095);
    many.writeBytes(new byte[] {0});
    ByteWriter none = new ByteWriter();
    none.writeBytes(new byte[] {1, 1, 0, 0, 0});
    ByteWriter manyRelationships = new ByteWriter();
    manyRelationships.writeVarint(Integer.MAX_VALUE - 4095);
    manyRelationships.writeBytes(new byte[] {0, 0, 0});
    byte[] bytes = snapshotOf(many.toByteArray(), none.toByteArray());
    decodeSnapshot(snapshotOf(new byte[] {0, 0}, none.toByteArray()));
    Reading decode = () -> GraphSnapshotCodec.decode(new SnapshotReader(bytes, "many nodes"));
    read(0, bytes.length, decode);
    byte[] others = snapshotOf(new byte[] {0, 0}, manyRelationships.toByteArray());
    decode = () -> GraphSnapshotCodec.decode(new SnapshotReader(others, "many relationships"));
    read(0, others.length, decode);
  }

  // ---- Changes and values -----------------------------------------------------------------------

  @Test
  void changes() {
    CrashStorage storage = logged();
    List<byte[]> commits = new ArrayList<>();
    LogReader.read(storage, id(), 0, (lsn, bytes) -> commits.add(bytes.readBytes(bytes.length())));
    for (int i = 0; i < FILES; i++) {
      long seed = FIRST_SEED + i;
      Prng random = new Prng(seed);
      int changed = random.nextInt(commits.size());
      GraphTransaction transaction = GraphSnapshot.empty().begin();
      for (int before = 0; before < changed; before++) {
        transaction.apply(new ByteReader(commits.get(before)));
      }
      byte[] bytes = ByteMutator.mutate(commits.get(changed), 0, random);
      read(
          seed,
          bytes.length,
          () -> {
            transaction.apply(new ByteReader(bytes));
            // Whoever has logged changes has checked the constraints.
            List<String> problems = new ArrayList<>(GraphVerifier.problems(transaction));
            problems.removeIf(problem -> problem.startsWith("constraint "));
            assertEquals(List.of(), problems);
          });
    }
    assertTried();
  }

  private static List<Object> values() {
    Engine engine = Engine.inMemory(options());
    fill(engine);
    List<Object> values = new ArrayList<>();
    engine
        .execute("MATCH p = (a)-[r]->(b) RETURN [a, r, properties(b), p, duration('P1M'), time()]")
        .forEach(row -> values.add(row.get(0)));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("deep", List.of(List.of(List.of(Map.of("x", List.of(1L, 2.5, "text"))))));
    values.add(map);
    Node node = new Node(1, List.of("A", "B"), map);
    Relationship relationship = new Relationship(2, "T", 1, 1, map);
    values.add(new Path(List.of(node, node), List.of(relationship)));
    return values;
  }

  @Test
  void valuesOfAllTypes() {
    ByteWriter writer = new ByteWriter();
    ValueCodec.encode(values(), writer);
    byte[] bytes = writer.toByteArray();
    for (int i = 0; i < 4 * FILES; i++) {
      long seed = FIRST_SEED + i;
      byte[] changed = ByteMutator.mutate(bytes, 0, new Prng(seed));
      read(seed, changed.length, () -> ValueCodec.decode(new ByteReader(changed)));
    }
    assertTried();
  }

  @Test
  void countsInNestedListsTakeNoMemory() {
    byte[] bytes = new byte[1 << 20];
    ByteWriter counted = new ByteWriter();
    for (int depth = 0; depth < ValueCodec.MAX_NESTING; depth++) {
      counted.writeByte(ValueCodec.LIST);
      counted.writeVarint(bytes.length - 5_000);
    }
    System.arraycopy(counted.array(), 0, bytes, 0, counted.position());
    read(0, bytes.length, () -> ValueCodec.decode(new ByteReader(bytes)));
  }

  // ---- Logs and whole databases -----------------------------------------------------------------

  private static DatabaseId id() {
    return options().newDatabaseId();
  }

  private static CrashStorage logged() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    fill(engine);
    return storage.afterProcessDeath();
  }

  /** A segment with changes in records or its header, and checksums that fit. */
  private static byte[] changedSegment(byte[] segment, Prng random) {
    List<byte[]> parts = new ArrayList<>();
    byte[] header = Arrays.copyOf(segment, LogFormat.SEGMENT_HEADER_BYTES);
    if (random.nextInt(4) == 0) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        header[24 + random.nextInt(68)] = (byte) (random.nextInt(3) - 1);
      }
      put(header, 92, Crc32c.of(header, 0, 92));
    }
    parts.add(header);
    int offset = header.length;
    for (int at = header.length; at < segment.length; ) {
      int length = LogFormat.RECORD_HEADER_BYTES + (int) numberAt(segment, at + 8);
      byte[] record = Arrays.copyOfRange(segment, at, at + length);
      at += length;
      if (random.nextInt(4) == 0) {
        record = ByteMutator.mutate(record, random.nextInt(3) == 0 ? 8 : 32, random);
      }
      if (record.length >= LogFormat.RECORD_HEADER_BYTES) {
        if (random.nextInt(8) > 0) {
          put(record, 8, record.length - LogFormat.RECORD_HEADER_BYTES);
        }
        put(record, 4, checksum((int) numberAt(header, 92), offset, record));
      }
      parts.add(record);
      offset += record.length;
    }
    ByteWriter all = new ByteWriter();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static int checksum(int segmentChecksum, long offset, byte[] record) {
    ByteWriter place = new ByteWriter();
    place.writeInt(segmentChecksum);
    place.writeLong(offset);
    int checksum = Crc32c.of(place.toByteArray());
    return Crc32c.update(checksum, record, 8, record.length - 8);
  }

  private static long numberAt(byte[] bytes, int at) {
    return new ByteReader(bytes, at, 4).readInt();
  }

  private static void put(byte[] bytes, int at, int number) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (number >> 8 * i);
    }
  }

  @Test
  void logs() {
    CrashStorage storage = logged();
    List<String> segments = new ArrayList<>(storage.list());
    segments.removeIf(name -> LogFormat.segmentNumber(name) < 0);
    assertTrue(segments.size() > 2, segments.toString());
    for (int i = 0; i < FILES; i++) {
      long seed = FIRST_SEED + i;
      Prng random = new Prng(seed);
      CrashStorage changed = storage.afterProcessDeath();
      String name = segments.get(random.nextInt(segments.size()));
      byte[] bytes = storage.bytesOf(name);
      changed.replaceBytes(
          name,
          random.nextInt(6) == 0
              ? ByteMutator.mutate(bytes, 0, random)
              : changedSegment(bytes, random));
      read(seed, length(changed), () -> LogReader.read(changed, id(), 0, new Applied()::commit));
    }
    assertTried();
  }

  /** A graph that is made of commits. */
  private static final class Applied {
    private final GraphTransaction transaction = GraphSnapshot.empty().begin();

    void commit(long lsn, ByteReader changes) {
      transaction.apply(changes);
    }
  }

  private static long length(CrashStorage storage) {
    long length = 0;
    for (String name : storage.list()) {
      length += storage.bytesOf(name).length;
    }
    return length;
  }

  @Test
  void databases() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    fill(engine);
    engine.checkpoint();
    engine.execute("MATCH (p:Part) SET p.after = true");
    engine.checkpoint();
    engine.execute("CREATE (:Part)");
    CrashStorage left = storage.afterProcessDeath();
    List<String> names = left.list();
    for (int i = 0; i < FILES; i++) {
      long seed = FIRST_SEED + i;
      Prng random = new Prng(seed);
      CrashStorage changed = left.afterProcessDeath();
      for (int files = random.nextInt(2); files >= 0; files--) {
        String name = names.get(random.nextInt(names.size()));
        changed.replaceBytes(name, changedFile(name, left.bytesOf(name), random));
      }
      read(
          seed,
          length(changed),
          () -> {
            Engine opened = Engine.open(changed, options());
            opened.execute("MATCH (n) OPTIONAL MATCH (n)-[r]-(m) RETURN n, r, m").toList();
            opened.execute("CREATE (:After)");
          });
    }
    assertTried();
  }

  @Test
  void archives() {
    CrashStorage left = logged();
    for (int i = 0; i < FILES; i++) {
      long seed = FIRST_SEED + i;
      Prng random = new Prng(seed);
      List<String> names = left.list();
      String changed = names.get(random.nextInt(names.size()));
      ByteWriter target = new ByteWriter();
      ArchiveWriter writer = new ArchiveWriter(target::writeBytes);
      for (String name : names) {
        byte[] bytes = left.bytesOf(name);
        bytes = name.equals(changed) ? changedFile(name, bytes, random) : bytes;
        writer.addFile(name, bytes, bytes.length);
      }
      writer.finish();
      byte[] whole = target.toByteArray();
      byte[] archive =
          switch (random.nextInt(6)) {
            case 0 -> ByteMutator.mutate(whole, 0, random);
            case 1, 2 -> withChangedTable(whole, random);
            default -> whole;
          };
      Engine engine = Engine.inMemory(options());
      read(seed, archive.length, () -> engine.loadSnapshotFromBytes(archive));
    }
    assertTried();
  }

  /** An archive with changes in its table, and checksums that fit. */
  private static byte[] withChangedTable(byte[] archive, Prng random) {
    int footer = archive.length - FormatFooter.LENGTH_BYTES;
    int table = footer - ARCHIVE_TABLE_TAIL_BYTES - (int) numberAt(archive, footer - 16);
    byte[] changed = ByteMutator.mutate(Arrays.copyOfRange(archive, table, footer), 0, random);
    ByteWriter bytes = new ByteWriter();
    bytes.writeBytes(archive, 0, table);
    bytes.writeBytes(changed);
    FormatFooter.write(bytes, bytes.position() + FormatFooter.LENGTH_BYTES, Crc32c.of(changed));
    return bytes.toByteArray();
  }

  private static byte[] changedFile(String name, byte[] bytes, Prng random) {
    if (LogFormat.segmentNumber(name) >= 0) {
      return changedSegment(bytes, random);
    }
    return name.startsWith("snapshot-")
        ? withChangedSection(new SnapshotReader(bytes, name), random)
        : ByteMutator.mutate(bytes, 0, random);
  }
}
