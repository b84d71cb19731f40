package org.weftdb.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.Storage;
import org.weftdb.storage.StorageContractTest;

final class FileStorageTest extends StorageContractTest {
  @TempDir Path temporary;

  @Override
  protected Storage createStorage() {
    return FileStorage.open(temporary.resolve("made/on/demand"));
  }

  @Test
  void anotherOpenInTheSameProcessIsRefusedUntilTheFirstCloses() {
    Path directory = temporary.resolve("database");
    FileStorage first = FileStorage.open(directory);
    for (int attempt = 0; attempt < 2; attempt++) {
      WeftException error =
          assertThrows(
              WeftException.class, () -> FileStorage.open(directory.resolve("../database")));
      assertEquals(ErrorCode.DATABASE_LOCKED, error.code());
      assertTrue(error.getMessage().contains(first.directory().toString()), error.getMessage());
      assertTrue(error.getMessage().contains("this process"), error.getMessage());
    }
    first.close();
    FileStorage.open(directory).close();
  }

  @Test
  void anotherProcessIsRefusedAndToldWhoHoldsTheLock() throws Exception {
    Path directory = temporary.resolve("database");
    FileStorage.open(directory).close();
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                locationOf(FileStorage.class) + File.pathSeparator + locationOf(LockHolder.class),
                LockHolder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals('L', holder.getInputStream().read(), "the other process did not lock");
      for (int attempt = 0; attempt < 2; attempt++) {
        WeftException error = assertThrows(WeftException.class, () -> FileStorage.open(directory));
        assertEquals(ErrorCode.DATABASE_LOCKED, error.code());
        assertTrue(error.getMessage().contains("process " + holder.pid()), error.getMessage());
      }
    } finally {
      holder.getOutputStream().close();
      holder.waitFor();
    }
    FileStorage.open(directory).close();
  }

  private static String locationOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Holds the lock of a directory until its input ends. */
  static final class LockHolder {
    public static void main(String[] arguments) throws IOException {
      FileStorage.open(Path.of(arguments[0]));
      System.out.print('L');
      System.out.flush();
      System.in.read();
    }
  }

  @Test
  void theLockFileIsEmptyAndAnotherTellsTheOwner() throws IOException {
    Path directory = temporary.resolve("database");
    Files.createDirectory(directory);
    Files.writeString(directory.resolve(FileStorage.LOCK_FILE), "12345\n");
    FileStorage storage = FileStorage.open(directory);
    assertEquals(0, Files.size(directory.resolve(FileStorage.LOCK_FILE)));
    assertEquals(
        ProcessHandle.current().pid() + "\n",
        Files.readString(directory.resolve(FileStorage.OWNER_FILE)));
    assertEquals(List.of(), storage.list());
    storage.close();
    assertEquals(0, Files.size(directory.resolve(FileStorage.LOCK_FILE)));
  }

  @Test
  void aPathThatIsNoDirectoryIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "text");
    for (Path path : List.of(file, file.resolve("below"))) {
      WeftException error = assertThrows(WeftException.class, () -> FileStorage.open(path));
      assertEquals(ErrorCode.NOT_A_DIRECTORY, error.code(), error.getMessage());
      assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }
  }

  @Test
  void otherEntriesOfTheDirectoryAreNotSeen() throws IOException {
    Path directory = temporary.resolve("database");
    FileStorage storage = FileStorage.open(directory);
    Files.createDirectory(directory.resolve("subdirectory"));
    Files.writeString(directory.resolve(".hidden"), "");
    Files.writeString(directory.resolve("README"), "");
    Files.writeString(directory.resolve("file"), "");
    assertEquals(List.of("file"), storage.list());
    storage.close();
  }

  @Test
  void anInterruptedThreadCanStillWrite() {
    FileStorage storage = FileStorage.open(temporary.resolve("database"));
    AppendFile file = storage.create("data");
    Thread.currentThread().interrupt();
    file.append(new byte[10], 0, 10);
    assertTrue(Thread.interrupted());
    file.sync();
    file.close();
    assertEquals(10, storage.openRead("data").length());
    storage.close();
  }

  @Test
  void theFilesAreThoseOfTheDirectory() throws IOException {
    FileStorage storage = FileStorage.open(temporary);
    AppendFile file = storage.create("data");
    file.append(new byte[] {'h', 'i'}, 0, 2);
    file.close();
    assertEquals("hi", Files.readString(temporary.resolve("data")));
    storage.close();
  }
}
