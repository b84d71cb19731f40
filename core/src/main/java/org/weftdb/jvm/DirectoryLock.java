package org.weftdb.jvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The exclusive use of a directory: an operating-system lock on the file {@code LOCK} in it.
 *
 * <p>The file holds the holder's process id as decimal digits and a line end, for messages only. It
 * stays when the lock is given up, since deleting it would let two holders lock two files. The
 * operating system gives up the lock when the process dies.
 *
 * <p>Not promised: exclusion on network file systems without locks, and among class loaders of one
 * process after a refused second attempt.
 */
final class DirectoryLock {
  static final String FILE_NAME = "LOCK";

  /**
   * The directories locked by this process. POSIX gives up all locks of a process on a file when
   * the process closes any descriptor of it, so a second attempt must not even open the file.
   */
  private static final Set<Path> LOCKED_HERE = new HashSet<>();

  private final Path directory;
  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Locks a directory.
   *
   * @param directory its real path
   * @throws WeftException {@link ErrorCode#DATABASE_LOCKED} naming the directory and the holder
   */
  static DirectoryLock acquire(Path directory) throws IOException {
    synchronized (LOCKED_HERE) {
      if (!LOCKED_HERE.add(directory)) {
        throw locked(directory, "this process");
      }
    }
    boolean acquired = false;
    try {
      DirectoryLock result = tryAcquire(directory);
      acquired = true;
      return result;
    } finally {
      if (!acquired) {
        forget(directory);
      }
    }
  }

  private static DirectoryLock tryAcquire(Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = tryLock(channel);
      if (lock == null) {
        throw locked(directory, holder(file));
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return new DirectoryLock(directory, channel, lock);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private static String holder(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException unreadable) {
      // Some systems do not let a locked file be read; the message then goes without the id.
      text = "";
    }
    boolean isNumber = !text.isEmpty() && text.length() < 20;
    for (int i = 0; i < text.length(); i++) {
      isNumber &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return isNumber ? "process " + text : "another process";
  }

  private static WeftException locked(Path directory, String holder) {
    return new WeftException(
        ErrorCode.DATABASE_LOCKED,
        "the directory " + directory + " is in use: it is open in " + holder + " already");
  }

  private static void forget(Path directory) {
    synchronized (LOCKED_HERE) {
      LOCKED_HERE.remove(directory);
    }
  }

  /** Gives up the lock. */
  void release() throws IOException {
    try {
      lock.release();
    } finally {
      try {
        channel.close();
      } finally {
        forget(directory);
      }
    }
  }
}
