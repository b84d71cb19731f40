package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.engine.SnapshotInfo;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.jvm.SnapshotOptions;
import org.weftdb.log.Durability;

/** Databases that are saved, exported and imported as files. */
final class ExportedDatabaseTest {
  @TempDir Path temporary;

  private static WeftException assertFails(ErrorCode code, Executable call) {
    WeftException error = assertThrows(WeftException.class, call);
    assertEquals(code, error.code(), error.getMessage());
    return error;
  }

  @Test
  void snapshotsAreCompressedAndEncrypted() throws IOException {
    Path file = temporary.resolve("graph.weft");
    SnapshotOptions quick = SnapshotOptions.plain().iterations(1000);
    try (Database database = Database.open(temporary.resolve("database"));
        Database other = Database.inMemory();
        SnapshotOptions locked = quick.gzip(9).password("password".toCharArray());
        SnapshotOptions wrong = quick.password("passwort".toCharArray())) {
      database.execute("UNWIND range(1, 1000) AS i CREATE (:N {text: 'the text ' + i})");
      SnapshotInfo info = database.saveSnapshot(file, locked);
      assertEquals(1000, info.nodeCount());
      assertTrue(Files.size(file) < database.saveSnapshotToBytes().length / 2);
      assertEquals(1000, other.loadSnapshot(file, locked).nodeCount());
      database.execute("CREATE (:Later)");
      assertFails(ErrorCode.WRONG_KEY, () -> database.loadSnapshot(file, wrong));
      assertFails(ErrorCode.KEY_REQUIRED, () -> database.loadSnapshot(file));
      assertEquals(1001, database.nodeCount());
      database.loadSnapshot(file, locked);
      assertEquals(1000, database.nodeCount());
      byte[] small = database.saveSnapshotToBytes(SnapshotOptions.plain().gzip(1));
      assertEquals(1000, other.loadSnapshotFromBytes(small).nodeCount());
      byte[] secret = database.saveSnapshotToBytes(locked);
      assertEquals(1000, other.loadSnapshotFromBytes(secret, locked).nodeCount());
      assertFails(ErrorCode.NOT_ENCRYPTED, () -> other.loadSnapshotFromBytes(small, locked));
    }
    try (Database database = Database.open(temporary.resolve("database"))) {
      assertEquals(1000, database.nodeCount());
    }
  }

  @Test
  void aDatabaseIsExportedToOneFileAndImportedElsewhere() throws IOException {
    Path archive = temporary.resolve("people.weft");
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    try (Database database = Database.open(first)) {
      database.execute("CREATE (:Person {name: 'Ada'})");
      database.execute("CREATE (:Person {name: 'Bea'})");
      assertEquals(2, database.exportArchive(archive).walLsn());
      database.execute("CREATE (:Person {name: 'Cid'})");
    }
    byte[] bytes = Files.readAllBytes(archive);
    try (Database imported = Database.importArchive(archive, second)) {
      assertEquals(2, imported.nodeCount());
      imported.execute("CREATE (:Person {name: 'Dot'})");
    }
    assertArrayEquals(bytes, Files.readAllBytes(archive));
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(first.resolve("database.weft")),
            Files.readAllBytes(second.resolve("database.weft"))));
    WeftException error =
        assertFails(ErrorCode.FILE_ALREADY_EXISTS, () -> Database.importArchive(archive, second));
    assertTrue(error.getMessage().contains("loadSnapshot"), error.getMessage());
    try (Database database = Database.open(second)) {
      assertEquals(3, database.nodeCount());
      database.loadSnapshot(archive);
      assertEquals(2, database.nodeCount());
      assertEquals(2, database.loadSnapshotFromBytes(bytes).nodeCount());
    }
    Path none = temporary.resolve("none");
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> Database.importArchive(none, none));
    Files.write(archive, Arrays.copyOf(bytes, bytes.length - 1));
    assertFails(ErrorCode.TRUNCATED, () -> Database.importArchive(archive, none));
    try (Database database = Database.importArchive(archive(bytes), none)) {
      assertEquals(2, database.nodeCount());
    }
  }

  private Path archive(byte[] bytes) throws IOException {
    return Files.write(temporary.resolve("archive.weft"), bytes);
  }

  @Test
  void everyArchiveThatIsExportedWhileOthersCommitHoldsWhatItSays() throws Exception {
    Path archive = temporary.resolve("people.weft");
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Database database =
            Database.builder()
                .durability(Durability.NONE)
                .segmentBytes(300)
                .open(temporary.resolve("database"));
        Database other = Database.inMemory()) {
      Future<?> writer =
          executor.submit(
              () -> {
                while (!done.get()) {
                  database.execute("CREATE (:Person {name: 'the name of somebody'})");
                }
              });
      try {
        for (int i = 0; i < 40; i++) {
          SnapshotInfo info = database.exportArchive(archive);
          assertEquals(info.walLsn(), info.nodeCount());
          assertEquals(info.nodeCount(), other.loadSnapshot(archive).nodeCount());
          if (i == 20) {
            database.checkpoint();
          }
        }
      } finally {
        done.set(true);
      }
      writer.get();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void anArchiveIsCompressedAndEncrypted() {
    Path archive = temporary.resolve("people.weft");
    SnapshotOptions locked =
        SnapshotOptions.plain().iterations(1000).gzip(6).password("password".toCharArray());
    try (Database database = Database.inMemory()) {
      database.execute("UNWIND range(1, 100) AS i CREATE (:Person {name: 'Ada ' + i})");
      database.exportArchive(archive, locked);
      database.execute("MATCH (p) DELETE p");
      assertEquals(100, database.loadSnapshot(archive, locked).nodeCount());
    }
    Path directory = temporary.resolve("database");
    assertFails(ErrorCode.KEY_REQUIRED, () -> Database.importArchive(archive, directory));
    assertFalse(Files.exists(directory));
    try (Database database = Database.builder().importArchive(archive, locked, directory)) {
      assertEquals(100, database.nodeCount());
    }
  }

  @Test
  void anArchiveIsNotOpenedAsIfItCouldBeWritten() throws IOException {
    Path archive = temporary.resolve("people.weft");
    try (Database database = Database.inMemory()) {
      database.exportArchive(archive);
    }
    WeftException error = assertFails(ErrorCode.NOT_A_DIRECTORY, () -> Database.open(archive));
    assertTrue(error.getMessage().contains("importArchive"), error.getMessage());
    Files.writeString(archive, "text");
    error = assertFails(ErrorCode.NOT_A_DIRECTORY, () -> Database.open(archive));
    assertFalse(error.getMessage().contains("importArchive"), error.getMessage());
  }
}
