package org.weftdb.jvm;

import java.io.IOException;
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
 * <p>The file is empty and stays when the lock is given up, since deleting it would let two holders
 * lock two files. The operating system gives up the lock when the process dies. JavaScript locks
 * the same file by SQLite, for which an empty file is a valid database and other text is not. The
 * file {@code OWNER} has the holder's process id as decimal digits and a line end, for messages
 * only.
 *
 * <p>Not promised: exclusion on network file systems without locks, and among class loaders of one
 * process after a refused second attempt.
 */
final class DirectoryLock {
  static final String FILE_NAME = "LOCK";
  static final String OWNER_FILE_NAME = "OWNER";

  /**
   * The directories locked by this process. POSIX gives up all locks of a process on a file when
   * the process closes any descriptor of it, so a second attempt must not even open the file.
   */
  private static final Set<Path> LOCKED_HERE = new HashSet<>();

  private final Path directory;
  private final @Nullable FileChannel channel;
  private final @Nullable FileLock lock;

  private DirectoryLock(Path directory, @Nullable FileChannel channel, @Nullable FileLock lock) {
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
    return acquire(directory, false);
  }

  /**
   * Locks a directory for reading and changes nothing in it: several processes can at once, as long
   * as none has locked it otherwise. A directory without the file, or one that this process cannot
   * write to and whose file it cannot lock, is taken without a lock.
   *
   * @param directory its real path
   * @throws WeftException {@link ErrorCode#DATABASE_LOCKED} naming the directory and the holder
   */
  static DirectoryLock acquireForReading(Path directory) throws IOException {
    return acquire(directory, true);
  }

  private static DirectoryLock acquire(Path directory, boolean forReading) throws IOException {
    synchronized (LOCKED_HERE) {
      if (!LOCKED_HERE.add(directory)) {
        throw locked(directory, "this process");
      }
    }
    boolean acquired = false;
    try {
      DirectoryLock result = forReading ? tryAcquireForReading(directory) : tryAcquire(directory);
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
      lock = tryLock(channel, false);
      if (lock == null) {
        throw locked(directory, holder(directory));
      }
      // Former versions kept the process id here.
      channel.truncate(0);
      tellOwner(directory);
      return new DirectoryLock(directory, channel, lock);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static void tellOwner(Path directory) {
    String pid = ProcessHandle.current().pid() + "\n";
    try {
      Files.writeString(directory.resolve(OWNER_FILE_NAME), pid, StandardCharsets.US_ASCII);
    } catch (IOException noRoom) {
      // Messages go without the id; a disk that is full is no reason not to open.
    }
  }

  private static DirectoryLock tryAcquireForReading(Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return new DirectoryLock(directory, null, null);
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      lock = tryLock(channel, true);
      if (lock == null) {
        throw locked(directory, holder(directory));
      }
      return new DirectoryLock(directory, channel, lock);
    } catch (IOException failure) {
      if (Files.isWritable(directory)) {
        throw failure;
      }
      return new DirectoryLock(directory, null, null);
    } finally {
      if (lock == null && channel != null) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private static String holder(Path directory) {
    String text;
    try {
      text =
          Files.readString(directory.resolve(OWNER_FILE_NAME), StandardCharsets.ISO_8859_1).strip();
    } catch (IOException unreadable) {
      // The message then goes without the id.
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
      if (lock != null) {
        lock.release();
      }
    } finally {
      try {
        if (channel != null) {
          channel.close();
        }
      } finally {
        forget(directory);
      }
    }
  }
}
