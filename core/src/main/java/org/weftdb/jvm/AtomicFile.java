package org.weftdb.jvm;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.ByteSink;
import org.weftdb.storage.ReadFile;

/**
 * Single files anywhere, written as a whole or not at all.
 *
 * <p>A crash can leave a file whose name ends with {@code .tmp} beside the one that was written.
 */
public final class AtomicFile {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final int TRANSFER_BYTES = 1 << 20;

  private AtomicFile() {}

  /**
   * Writes the first bytes of an array, durably, in place of what was there.
   *
   * @throws WeftException {@link ErrorCode#IO_FAILED}; then what was there before still is, unless
   *     only the last sync of the directory failed
   */
  public static void write(Path file, byte[] bytes, int length) {
    write(
        file,
        sink -> {
          sink.write(bytes, 0, length);
          return length;
        });
  }

  /**
   * Writes what a caller gives to a sink, durably, in place of what was there; nothing is changed
   * when the caller throws.
   *
   * @return what the caller answers
   * @throws WeftException as {@link #write(Path, byte[], int)}
   */
  public static <T> T write(Path file, Function<ByteSink, T> content) {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null || Files.isDirectory(target)) {
      throw new WeftException(ErrorCode.IO_FAILED, target + " is a directory");
    }
    Path temporary =
        directory.resolve(
            target.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "-"
                + COUNTER.incrementAndGet()
                + ".tmp");
    try {
      T answer;
      try {
        answer = writeAndSync(temporary, content);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      FileStorage.syncDirectory(directory);
      return answer;
    } catch (IOException failure) {
      throw failed("writing " + file, failure);
    }
  }

  private static <T> T writeAndSync(Path file, Function<ByteSink, T> content) throws IOException {
    try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
      T answer =
          content.apply(
              (bytes, offset, length) -> {
                try {
                  write(stream, bytes, offset, length);
                } catch (IOException failure) {
                  throw failed("writing " + file, failure);
                }
              });
      stream.getFD().sync();
      return answer;
    }
  }

  private static void write(FileOutputStream stream, byte[] bytes, int offset, int length)
      throws IOException {
    for (long at = 0; at < length; at += TRANSFER_BYTES) {
      int piece = (int) Math.min(TRANSFER_BYTES, length - at);
      stream.write(bytes, offset + (int) at, piece);
    }
  }

  /**
   * Reads the first bytes of a file, all when there are fewer.
   *
   * @throws WeftException {@link ErrorCode#FILE_NOT_FOUND} or {@link ErrorCode#IO_FAILED}
   */
  public static byte[] readStart(Path file, int length) {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.readNBytes(length);
    } catch (NoSuchFileException missing) {
      throw notFound(file, missing);
    } catch (IOException failure) {
      throw failed("reading " + file, failure);
    }
  }

  /**
   * Opens a file for reading by positions.
   *
   * @throws WeftException {@link ErrorCode#FILE_NOT_FOUND} or {@link ErrorCode#IO_FAILED}
   */
  public static ReadFile openRead(Path file) {
    try {
      return new FileReadFile(file);
    } catch (NoSuchFileException missing) {
      throw notFound(file, missing);
    } catch (IOException failure) {
      throw failed("reading " + file, failure);
    }
  }

  /**
   * Reads a whole file.
   *
   * @throws WeftException {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#VALUE_TOO_LARGE} or
   *     {@link ErrorCode#IO_FAILED}
   */
  public static byte[] read(Path file) {
    try {
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE - 64) {
        throw new WeftException(
            ErrorCode.VALUE_TOO_LARGE, file + " has " + size + " bytes, over 2 GiB");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw notFound(file, missing);
    } catch (IOException failure) {
      throw failed("reading " + file, failure);
    }
  }

  private static WeftException notFound(Path file, NoSuchFileException missing) {
    return new WeftException(ErrorCode.FILE_NOT_FOUND, "there is no file " + file, null, missing);
  }

  private static WeftException failed(String what, IOException failure) {
    return new WeftException(ErrorCode.IO_FAILED, what + " failed: " + failure, null, failure);
  }
}
