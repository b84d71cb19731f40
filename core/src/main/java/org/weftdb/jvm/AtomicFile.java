package org.weftdb.jvm;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

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
      try {
        writeAndSync(temporary, bytes, length);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      FileStorage.syncDirectory(directory);
    } catch (IOException failure) {
      throw failed("writing " + file, failure);
    }
  }

  private static void writeAndSync(Path file, byte[] bytes, int length) throws IOException {
    try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
      for (long at = 0; at < length; at += TRANSFER_BYTES) {
        stream.write(bytes, (int) at, (int) Math.min(TRANSFER_BYTES, length - at));
      }
      stream.getFD().sync();
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
      throw new WeftException(ErrorCode.FILE_NOT_FOUND, "there is no file " + file, null, missing);
    } catch (IOException failure) {
      throw failed("reading " + file, failure);
    }
  }

  private static WeftException failed(String what, IOException failure) {
    return new WeftException(ErrorCode.IO_FAILED, what + " failed: " + failure, null, failure);
  }
}
