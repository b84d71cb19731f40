package org.weftdb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.weftdb.engine.Engine;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.jvm.AtomicFile;
import org.weftdb.jvm.FileStorage;
import org.weftdb.storage.FormatHeader;

/** Whether a path may become the directory of a database. */
final class DatabaseDirectory {
  private DatabaseDirectory() {}

  /**
   * Refuses a file, and a directory that is used for something else, before anything is put into
   * it.
   *
   * @throws WeftException {@link ErrorCode#NOT_A_DIRECTORY} or {@link ErrorCode#NOT_OUR_FORMAT}
   */
  static void check(Path path) {
    if (Files.isRegularFile(path)) {
      throw noDirectory(path);
    }
    if (!Files.isDirectory(path) || Files.exists(path.resolve(Engine.IDENTITY_FILE))) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean harmless =
            name.startsWith(".")
                || name.equals(FileStorage.LOCK_FILE)
                || name.equals(FileStorage.OWNER_FILE)
                || name.equals("lost+found")
                || name.endsWith(".weft")
                || name.endsWith(".weft.tmp");
        if (!harmless) {
          throw new WeftException(
              ErrorCode.NOT_OUR_FORMAT,
              path + " is not the directory of a database: there is " + name + " in it");
        }
      }
    } catch (IOException failure) {
      throw new WeftException(
          ErrorCode.IO_FAILED, "listing " + path + " failed: " + failure, null, failure);
    }
  }

  /**
   * Refuses a directory with anything in it.
   *
   * @throws WeftException {@link ErrorCode#NOT_A_DIRECTORY} or {@link
   *     ErrorCode#FILE_ALREADY_EXISTS}
   */
  static void checkIsEmpty(Path path) {
    if (Files.isRegularFile(path)) {
      throw new WeftException(ErrorCode.NOT_A_DIRECTORY, path + " is a file and no directory");
    }
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        throw new WeftException(
            ErrorCode.FILE_ALREADY_EXISTS,
            "an empty directory is needed, but there is " + entry + " already");
      }
    } catch (IOException failure) {
      throw new WeftException(
          ErrorCode.IO_FAILED, "listing " + path + " failed: " + failure, null, failure);
    }
  }

  /** Says what can be done with a file, when it is one of WeftDB's. */
  private static WeftException noDirectory(Path file) {
    byte[] start = AtomicFile.readStart(file, FormatHeader.LENGTH_BYTES);
    try {
      FormatHeader.formatOf(start, file.toString());
    } catch (WeftException foreign) {
      return new WeftException(
          ErrorCode.NOT_A_DIRECTORY, file + " is not a directory", null, foreign);
    }
    return new WeftException(
        ErrorCode.NOT_A_DIRECTORY,
        file
            + " is a file and no directory, so that nothing could be written to it:"
            + " importArchive makes a database of it, loadSnapshot loads it into one");
  }
}
