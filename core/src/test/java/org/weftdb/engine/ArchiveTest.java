package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.Durability;
import org.weftdb.log.LogFormat;
import org.weftdb.storage.ArchiveStorage;
import org.weftdb.storage.ArchiveWriter;
import org.weftdb.storage.BytesReadFile;
import org.weftdb.storage.CrashStorage;
import org.weftdb.storage.MemoryStorage;
import org.weftdb.storage.Storage;

/**
 * Databases in one file, written here or put together of a directory's files, with and without a
 * log.
 *
 * <p>The npm package's tests read {@code fixtures/archive} as well; {@code -Dfixtures.rewrite=true}
 * writes it anew.
 */
final class ArchiveTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/archive");

  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 1_000)
        .withStorage(StorageOptions.DEFAULT.withSegmentBytes(400));
  }

  private static Engine engine() {
    return Engine.inMemory(options());
  }

  private static void fill(Engine engine) {
    engine.execute(
        "CREATE (a:Person {name: 'Ada', born: 1815})-[:KNOWS {since: 1833}]->(:Person {name: 'Bea'})");
    engine.execute("CREATE INDEX byBirth FOR (p:Person) ON (p.born)");
    engine.execute("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.name IS UNIQUE");
  }

  /**
   * The files of a database that was closed: a loaded snapshot, and commits in several segments.
   */
  private static CrashStorage directory() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    engine.execute("CREATE (:Gone)");
    Engine source = engine();
    fill(source);
    engine.loadSnapshotFromBytes(source.saveSnapshotToBytes());
    for (int i = 0; i < 12; i++) {
      engine.execute("CREATE (:Later {i: " + i + ", text: 'some text that fills a segment'})");
    }
    engine.execute("MATCH (l:Later) WHERE l.i % 3 = 0 DETACH DELETE l");
    engine.execute("MATCH (p:Person {name: 'Ada'}) SET p.died = 1852 SET p:Author");
    engine.close();
    return storage.afterProcessDeath();
  }

  private static byte[] archive(Storage storage, Predicate<String> wanted) {
    ByteWriter target = new ByteWriter();
    ArchiveWriter writer = new ArchiveWriter(target::writeBytes);
    for (String name : storage.list()) {
      if (wanted.test(name)) {
        writer.addFile(storage, name);
      }
    }
    writer.finish();
    return target.toByteArray();
  }

  private static byte[] export(Engine engine) {
    ByteWriter target = new ByteWriter();
    engine.exportArchive(target::writeBytes);
    return target.toByteArray();
  }

  private static Engine loaded(byte[] archive) {
    Engine engine = engine();
    engine.execute("CREATE (:Old)");
    engine.loadSnapshotFromBytes(archive);
    return engine;
  }

  private static byte[] graph(Storage storage) {
    Engine opened = Engine.open(storage, options());
    Engine copy = engine();
    copy.loadSnapshotFromBytes(opened.saveSnapshotToBytes());
    return copy.saveSnapshotToBytes();
  }

  private static WeftException assertFails(ErrorCode code, Executable call) {
    WeftException error = assertThrows(WeftException.class, call);
    assertEquals(code, error.code(), error.getMessage());
    return error;
  }

  @Test
  void anExportedGraphIsLoaded() {
    Engine engine = engine();
    fill(engine);
    byte[] archive = export(engine);
    assertArrayEquals(archive, export(engine));
    Engine other = loaded(archive);
    assertArrayEquals(engine.saveSnapshotToBytes(), other.saveSnapshotToBytes());
    assertFails(
        ErrorCode.CONSTRAINT_VIOLATED, () -> other.execute("CREATE (:Person {name: 'Ada'})"));
    Engine empty = engine();
    assertArrayEquals(empty.saveSnapshotToBytes(), loaded(export(empty)).saveSnapshotToBytes());
  }

  private static ArchiveStorage opened(byte[] archive) {
    return ArchiveStorage.open(new BytesReadFile("test", archive, archive.length), "test");
  }

  @Test
  void theSnapshotAndTheLogThatAreThereAreExported() {
    CrashStorage storage = directory();
    Engine engine = Engine.open(storage, options());
    for (int round = 0; round < 6; round++) {
      byte[] archive = export(engine);
      byte[] graph = loaded(archive).saveSnapshotToBytes();
      assertArrayEquals(copy(engine), graph);
      assertEquals(engine.lastLsn(), Recovery.read(opened(archive)).lsn());
      assertEquals(engine.lastLsn(), engine.exportArchive((bytes, offset, length) -> {}).walLsn());
      engine.execute("CREATE (:Round {number: " + round + "})");
      assertArrayEquals(graph, loaded(archive).saveSnapshotToBytes());
      if (round == 2) {
        engine.checkpoint();
        assertEquals(3, opened(export(engine)).list().size(), "the log up to there is not needed");
      } else if (round == 4) {
        engine = Engine.open(storage.afterPowerCut(round), options());
      }
    }
  }

  @Test
  void aLongLogIsLeftOutForASnapshotOfItsOwn() {
    Engine engine =
        Engine.open(
            new CrashStorage(),
            options().withStorage(StorageOptions.DEFAULT.withDurability(Durability.NONE)));
    String query = "UNWIND range(1, 30) AS i CREATE (:Long {text: $text})";
    for (int i = 0; i < 2; i++) {
      engine.execute(query, Map.of("text", "x".repeat(20_000)));
    }
    engine.execute("MATCH (n) DELETE n");
    engine.execute("CREATE (:Left)");
    byte[] archive = export(engine);
    assertTrue(archive.length < 10_000, archive.length + " bytes");
    assertEquals(
        List.of(DatabaseFiles.IDENTITY, DatabaseFiles.snapshotName(4)), opened(archive).list());
    assertArrayEquals(copy(engine), loaded(archive).saveSnapshotToBytes());
  }

  /** An archive's own checksums would make the damage look sound. */
  @Test
  void damageOfTheFilesIsNotCopied() {
    for (boolean checkpointed : new boolean[] {false, true}) {
      CrashStorage storage = new CrashStorage();
      Engine engine = Engine.open(storage, options());
      fill(engine);
      for (int i = 0; i < 5; i++) {
        engine.execute("CREATE (:Later {text: 'some text that fills a segment'})");
        if (checkpointed && i == 2) {
          engine.checkpoint();
        }
      }
      byte[] graph = copy(engine);
      List<String> copied = opened(export(engine)).list();
      int damaged = 0;
      for (String name : copied) {
        byte[] sound = storage.bytesOf(name);
        if (sound.length <= LogFormat.SEGMENT_HEADER_BYTES) {
          continue; // database.weft and the open segment are written from memory
        }
        for (int at = 0; at < sound.length; at += 7) {
          byte[] bytes = Arrays.copyOf(sound, sound.length);
          bytes[at] ^= (byte) (1 << at % 8);
          storage.replaceBytes(name, bytes);
          assertArrayEquals(graph, loaded(export(engine)).saveSnapshotToBytes(), name + " " + at);
          damaged++;
        }
        storage.remove(name);
        assertArrayEquals(graph, loaded(export(engine)).saveSnapshotToBytes(), name);
        storage.replaceBytes(name, sound);
      }
      assertTrue(damaged > 100, "only " + damaged + " bytes");
    }
  }

  @Test
  void anExportThatFailsLeavesTheDatabaseAsItWas() {
    CrashStorage storage = directory();
    Engine engine = Engine.open(storage, options());
    WeftException full = new WeftException(ErrorCode.IO_FAILED, "no room");
    for (int pieces = 0; pieces < 6; pieces++) {
      int[] left = {pieces};
      assertFails(
          ErrorCode.IO_FAILED,
          () ->
              engine.exportArchive(
                  (bytes, offset, length) -> {
                    if (left[0]-- == 0) {
                      throw full;
                    }
                  }));
      engine.execute("CREATE (:After)");
    }
    assertArrayEquals(copy(engine), loaded(export(engine)).saveSnapshotToBytes());
  }

  /** The graph in a snapshot without a number. */
  private static byte[] copy(Engine engine) {
    Engine copy = engine();
    copy.loadSnapshotFromBytes(engine.saveSnapshotToBytes());
    return copy.saveSnapshotToBytes();
  }

  @Test
  void anArchiveIsAStorageWithTheFilesOfADatabase() {
    Engine engine = Engine.open(new MemoryStorage(), options());
    fill(engine);
    byte[] bytes = export(engine);
    ArchiveStorage archive =
        ArchiveStorage.open(new BytesReadFile("test", bytes, bytes.length), "test");
    assertEquals(
        List.of(DatabaseFiles.IDENTITY, LogFormat.segmentName(1), LogFormat.segmentName(2)),
        archive.list());
    assertEquals(new DatabaseId(1, ~1L), DatabaseFiles.readIdentity(archive));
    assertEquals(3, Recovery.read(archive).lsn());
  }

  @Test
  void aDatabaseThatIsInUseIsExportedAsItIs() {
    Engine engine = Engine.open(new MemoryStorage(), options());
    fill(engine);
    Transaction writing = engine.begin(Access.WRITE);
    writing.execute("CREATE (:Uncommitted)");
    byte[] archive = export(engine);
    writing.commit();
    assertEquals(2, loaded(archive).nodeCount());
    assertEquals(3, loaded(export(engine)).nodeCount());
  }

  @Test
  void theLogAboveTheSnapshotIsReplayed() {
    Storage storage = directory();
    byte[] archive = archive(storage, name -> true);
    byte[] expected = graph(storage);
    Engine memory = loaded(archive);
    assertArrayEquals(expected, memory.saveSnapshotToBytes());
    assertEquals(10, memory.nodeCount());

    CrashStorage kept = new CrashStorage();
    Engine durable = Engine.open(kept, options());
    durable.execute("CREATE (:Old)");
    SnapshotInfo info = durable.loadSnapshotFromBytes(archive);
    assertEquals(new SnapshotInfo(2, 10, 1, 2), info);
    durable.execute("CREATE (:New)");
    durable.close();
    assertEquals(11, Engine.open(kept.afterProcessDeath(), options()).nodeCount());
  }

  @Test
  void aLogWithoutASnapshotIsReplayed() {
    CrashStorage storage = new CrashStorage();
    Engine engine = Engine.open(storage, options());
    fill(engine);
    engine.close();
    Storage files = storage.afterProcessDeath();
    byte[] archive = archive(files, name -> true);
    assertArrayEquals(graph(files), loaded(archive).saveSnapshotToBytes());
  }

  @Test
  void whatATornEndHadIsNotThere() throws IOException {
    MemoryStorage storage = new MemoryStorage();
    try (var files = Files.list(Path.of("src/test/resources/fixtures/2/database"))) {
      for (Path path : files.toList()) {
        byte[] bytes = Files.readAllBytes(path);
        var file = storage.create(path.getFileName().toString());
        file.append(bytes, 0, bytes.length);
        file.close();
      }
    }
    byte[] archive = archive(storage, name -> true);
    assertArrayEquals(graph(storage), loaded(archive).saveSnapshotToBytes());
  }

  @Test
  void filesThatAreMissingOrForeignAreFound() {
    Storage storage = directory();
    Engine engine = engine();
    engine.execute("CREATE (:Old)");
    byte[] noIdentity = archive(storage, name -> !name.equals(DatabaseFiles.IDENTITY));
    assertFails(ErrorCode.CORRUPTED, () -> engine.loadSnapshotFromBytes(noIdentity));
    byte[] nothing = archive(storage, name -> false);
    assertFails(ErrorCode.CORRUPTED, () -> engine.loadSnapshotFromBytes(nothing));
    List<String> segments = new ArrayList<>(storage.list());
    segments.removeIf(name -> LogFormat.segmentNumber(name) < 0);
    assertTrue(segments.size() > 3, "" + segments);
    for (int i = 1; i < segments.size(); i++) {
      String missing = segments.get(i);
      byte[] archive = archive(storage, name -> !name.equals(missing));
      assertFails(ErrorCode.SEGMENT_MISSING, () -> engine.loadSnapshotFromBytes(archive));
    }
    byte[] noSnapshot = archive(storage, name -> DatabaseFiles.snapshotLsn(name) < 0);
    assertFails(ErrorCode.CORRUPTED, () -> engine.loadSnapshotFromBytes(noSnapshot));

    ByteWriter other = new ByteWriter();
    ArchiveWriter writer = new ArchiveWriter(other::writeBytes);
    ByteWriter identity = DatabaseFiles.encode(new DatabaseId(5, 6));
    writer.addFile(DatabaseFiles.IDENTITY, identity.array(), identity.position());
    String snapshot = DatabaseFiles.snapshotName(2);
    writer.addFile(storage, snapshot);
    writer.finish();
    assertFails(ErrorCode.FOREIGN_FILE, () -> engine.loadSnapshotFromBytes(other.toByteArray()));
    assertEquals(1, engine.nodeCount());
  }

  @Test
  void everyFlippedByteAndEveryTruncationIsFoundAndTheOldGraphStays() {
    byte[] archive = archive(directory(), name -> true);
    Engine engine = engine();
    engine.execute("CREATE (:Old)");
    byte[] before = engine.saveSnapshotToBytes();
    Set<ErrorCode> codes = new TreeSet<>();
    for (int at = 0; at < archive.length; at++) {
      byte[] damaged = Arrays.copyOf(archive, archive.length);
      damaged[at] ^= (byte) (1 << at % 8);
      WeftException error =
          assertThrows(WeftException.class, () -> engine.loadSnapshotFromBytes(damaged));
      codes.add(error.code());
      byte[] cut = Arrays.copyOf(archive, at);
      assertFails(ErrorCode.TRUNCATED, () -> engine.loadSnapshotFromBytes(cut));
    }
    assertEquals(Set.of(ErrorCode.NOT_OUR_FORMAT, ErrorCode.CORRUPTED, ErrorCode.TRUNCATED), codes);
    assertArrayEquals(before, engine.saveSnapshotToBytes());
  }

  /** What somebody makes up has right checksums, and can still do no harm. */
  @Test
  void filesWithImpossibleContentAreRefusedWithoutAnyOtherFailure() {
    CrashStorage storage = directory();
    Prng random = new Prng(11);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      ByteWriter target = new ByteWriter();
      ArchiveWriter writer = new ArchiveWriter(target::writeBytes);
      List<String> names = storage.list();
      String changed = names.get(random.nextInt(names.size()));
      for (String name : names) {
        byte[] bytes = storage.bytesOf(name);
        if (name.equals(changed)) {
          bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(20));
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        writer.addFile(name, bytes, bytes.length);
      }
      writer.finish();
      Engine engine = engine();
      try {
        engine.loadSnapshotFromBytes(target.toByteArray());
      } catch (WeftException error) {
        assertEquals(ErrorCategory.CORRUPTION, error.code().category(), error.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 200, "only " + refused + " were refused");
  }

  @Test
  void theFixtureOpensAndIsWhatIsWritten() throws IOException {
    Path file = FIXTURES.resolve("log.weft");
    Path exported = FIXTURES.resolve("exported.weft");
    Path graph = FIXTURES.resolve("graph.weft");
    Engine engine = loaded(archive(directory(), name -> true));
    if (Boolean.getBoolean("fixtures.rewrite")) {
      Files.createDirectories(FIXTURES);
      Files.write(file, archive(directory(), name -> true));
      Files.write(exported, export(engine));
      Files.write(graph, engine.saveSnapshotToBytes());
    }
    byte[] expected = Files.readAllBytes(graph);
    assertArrayEquals(expected, loaded(Files.readAllBytes(file)).saveSnapshotToBytes());
    assertArrayEquals(expected, loaded(Files.readAllBytes(exported)).saveSnapshotToBytes());
    assertArrayEquals(
        Files.readAllBytes(exported),
        export(engine),
        "the format has changed: before its release rewrite it, afterwards it is a new version");
  }
}
