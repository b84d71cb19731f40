package org.weftdb.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.Database;
import org.weftdb.engine.SalvageReport;
import org.weftdb.engine.VerificationReport;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.Storage;

/** A directory that is opened for reading is not changed, and nobody writes into it meanwhile. */
final class ReadOnlyDirectoryTest {
  @TempDir Path temporary;

  private static void assertFails(ErrorCode code, Executable call) {
    WeftException failure = assertThrows(WeftException.class, call);
    assertEquals(code, failure.code(), failure.getMessage());
  }

  private Path database() {
    Path directory = temporary.resolve("people");
    try (Database database = Database.open(directory)) {
      database.execute("CREATE (:Person {name: 'Ada'})-[:KNOWS]->(:Person {name: 'Charles'})");
    }
    return directory;
  }

  /** Names, contents and times of change. */
  private static Map<String, String> content(Path directory) throws IOException {
    Map<String, String> content = new TreeMap<>();
    content.put(".", Files.getLastModifiedTime(directory).toString());
    try (var files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        FileTime time = Files.getLastModifiedTime(file);
        content.put(file.toString(), time + java.util.Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  @Test
  void aVerificationChangesNothingAndAPlainReadOnlyDirectoryWillDo() throws IOException {
    Path directory = database();
    Map<String, String> before = content(directory);
    VerificationReport report = Database.verify(directory);
    assertTrue(report.isClean(), report.toText());
    assertEquals(2, report.nodes());
    assertEquals(before, content(directory));
    Files.delete(directory.resolve(FileStorage.LOCK_FILE));
    assertTrue(Database.verify(directory).isClean());
    assertFalse(Files.exists(directory.resolve(FileStorage.LOCK_FILE)));
    assertTrue(directory.toFile().setWritable(false));
    try {
      assertTrue(Database.verify(directory).isClean());
    } finally {
      assertTrue(directory.toFile().setWritable(true));
    }
  }

  @Test
  void whoReadsAndWhoWritesKeepEachOtherOut() {
    Path directory = database();
    try (Database database = Database.open(directory)) {
      assertFails(ErrorCode.DATABASE_LOCKED, () -> Database.verify(directory));
      assertEquals(2, database.nodeCount());
    }
    Storage storage = FileStorage.openForReading(directory);
    assertFails(ErrorCode.DATABASE_LOCKED, () -> Database.open(directory));
    String name = storage.list().get(0);
    assertFails(ErrorCode.INVALID_USE, () -> storage.create("x"));
    assertFails(ErrorCode.INVALID_USE, () -> storage.sync(name));
    assertFails(ErrorCode.INVALID_USE, () -> storage.delete(name));
    assertFails(ErrorCode.INVALID_USE, () -> storage.publish(name, "x"));
    assertTrue(storage.exists(name));
    storage.openRead(name).close();
    storage.close();
    Database.open(directory).close();
  }

  @Test
  void whatIsNoDatabaseIsNotVerified() throws IOException {
    assertFails(ErrorCode.FILE_NOT_FOUND, () -> Database.verify(temporary.resolve("nowhere")));
    assertFails(ErrorCode.NOT_OUR_FORMAT, () -> Database.verify(temporary));
    Path file = Files.createFile(temporary.resolve("file"));
    VerificationReport report = Database.verify(file);
    assertFalse(report.opens());
    assertEquals(ErrorCode.TRUNCATED, report.problems().get(0).code());
  }

  @Test
  void aDamagedDatabaseIsSalvagedIntoANewDirectory() throws IOException {
    Path directory = database();
    Path log = directory.resolve("log-0000000000000001.weft");
    try (Database database = Database.open(directory)) {
      database.execute("CREATE (:Person {name: 'Grace'})");
    }
    byte[] bytes = Files.readAllBytes(log);
    bytes[40] ^= 1;
    Files.write(log, bytes);
    assertFails(ErrorCode.CORRUPTED, () -> Database.open(directory));
    Map<String, String> before = content(directory);
    Path copy = temporary.resolve("copy");
    SalvageReport report = Database.salvage(directory, copy);
    assertTrue(report.isComplete(), report.toText());
    assertEquals(3, report.nodes());
    assertEquals(before, content(directory));
    try (Database database = Database.open(copy)) {
      assertEquals(3, database.nodeCount());
      assertEquals(1, database.relationshipCount());
    }
    assertTrue(Database.verify(copy).isClean());
    assertFails(ErrorCode.FILE_ALREADY_EXISTS, () -> Database.salvage(directory, copy));
    assertFails(ErrorCode.INVALID_USE, () -> Database.salvage(directory, directory.resolve("in")));
    assertFails(ErrorCode.NOT_A_DIRECTORY, () -> Database.salvage(directory, log));
    assertFails(
        ErrorCode.FILE_NOT_FOUND,
        () -> Database.salvage(temporary.resolve("nowhere"), temporary.resolve("other")));
    // Of a salvage that fails nothing is left, so that it can be tried again.
    Files.delete(log);
    assertFails(ErrorCode.CORRUPTED, () -> Database.salvage(directory, temporary.resolve("other")));
    assertFalse(Files.exists(temporary.resolve("other")));
  }

  @Test
  void anArchiveIsVerifiedLikeADirectory() throws IOException {
    Path archive = temporary.resolve("people.weft");
    try (Database database = Database.open(database())) {
      database.exportArchive(archive);
      database.execute("CREATE (:Person)");
      database.checkpoint();
      database.exportArchive(temporary.resolve("later.weft"));
    }
    VerificationReport report = Database.verify(archive);
    assertTrue(report.isClean() && report.opens(), report.toText());
    assertEquals(2, report.nodes());
    report = Database.verify(temporary.resolve("later.weft"));
    assertTrue(report.isClean() && report.opens(), report.toText());
    assertEquals(3, report.nodes());
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    Files.write(archive, bytes);
    report = Database.verify(archive);
    assertFalse(report.opens());
    assertEquals(archive.toString(), report.problems().get(0).file());
    assertEquals(ErrorCode.CORRUPTED, report.problems().get(0).code());
  }
}
