package org.weftdb.jvm;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.FileNames;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.ReadOnlyStorage;
import org.weftdb.storage.Storage;
import org.weftdb.storage.StorageErrors;

/**
 * The files of one directory, locked for the use of this object alone.
 *
 * <p>Syncs go through {@code fsync} of the file, and of the directory where a name is to become
 * durable. Entries of the directory that are no regular files or whose names {@link FileNames} does
 * not allow are not seen; {@code LOCK} and {@code OWNER} are among these.
 *
 * <p>Not promised: durability on media that lie about {@code fsync}, or on systems whose
 * directories cannot be synced (Windows), where the file system's own journal has to keep names.
 */
public final class FileStorage implements Storage {
  /** The file that is locked; it is never deleted. */
  public static final String LOCK_FILE = DirectoryLock.FILE_NAME;

  /** The file with the process id of the last who locked it, for messages. */
  public static final String OWNER_FILE = DirectoryLock.OWNER_FILE_NAME;

  private static final boolean DIRECTORIES_CAN_BE_SYNCED = File.separatorChar == '/';

  /** The JDK copies through a buffer outside the heap as large as the call. */
  private static final int TRANSFER_BYTES = 1 << 20;

  private final Path directory;
  private final DirectoryLock lock;
  private final Map<String, FileAppendFile> appending = new LinkedHashMap<>();
  private boolean closed;

  private FileStorage(Path directory, DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Opens a directory, which is made (with its parents) when it does not exist.
   *
   * @throws WeftException {@link ErrorCode#NOT_A_DIRECTORY} when the path is something else, {@link
   *     ErrorCode#DATABASE_LOCKED} when it is open already here or in another process
   */
  public static FileStorage open(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new WeftException(ErrorCode.NOT_A_DIRECTORY, path + " is not a directory");
    }
    try {
      if (!Files.isDirectory(path)) {
        createDirectories(path.toAbsolutePath());
      }
      Path directory = path.toRealPath();
      return new FileStorage(directory, DirectoryLock.acquire(directory));
    } catch (FileAlreadyExistsException notDirectory) {
      throw new WeftException(
          ErrorCode.NOT_A_DIRECTORY,
          notDirectory.getFile() + " is not a directory",
          null,
          notDirectory);
    } catch (IOException failure) {
      throw failed("opening the directory " + path, failure);
    }
  }

  /**
   * Opens a directory for reading alone: nothing in it is changed, not even its lock, and nobody
   * can open it otherwise until this is closed. Not promised: the latter, for a directory that was
   * never opened, or that this process cannot write to and whose lock it cannot read.
   *
   * @throws WeftException {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#NOT_A_DIRECTORY}, or
   *     {@link ErrorCode#DATABASE_LOCKED} when it is open already here, or otherwise than for
   *     reading in another process
   */
  public static Storage openForReading(Path path) {
    if (!Files.exists(path)) {
      throw new WeftException(ErrorCode.FILE_NOT_FOUND, "there is no directory " + path);
    }
    if (!Files.isDirectory(path)) {
      throw new WeftException(ErrorCode.NOT_A_DIRECTORY, path + " is not a directory");
    }
    try {
      Path directory = path.toRealPath();
      DirectoryLock lock = DirectoryLock.acquireForReading(directory);
      return new ReadOnlyStorage(new FileStorage(directory, lock));
    } catch (IOException failure) {
      throw failed("opening the directory " + path, failure);
    }
  }

  private static void createDirectories(Path path) throws IOException {
    Path existing = path;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw new WeftException(ErrorCode.NOT_A_DIRECTORY, existing + " is not a directory");
    }
    Files.createDirectories(path);
    for (Path made = path.getParent(); made != null; made = made.getParent()) {
      syncDirectory(made);
      if (made.equals(existing)) {
        break;
      }
    }
  }

  /** The real path of the directory. */
  public Path directory() {
    return directory;
  }

  @Override
  public synchronized List<String> list() {
    checkOpen();
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (FileNames.isValid(name) && Files.isRegularFile(entry)) {
          names.add(name);
        }
      }
    } catch (IOException failure) {
      throw failed("listing " + directory, failure);
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public synchronized boolean exists(String name) {
    checkOpen();
    return Files.isRegularFile(path(name));
  }

  @Override
  public synchronized AppendFile create(String name) {
    checkOpen();
    Path path = path(name);
    try {
      Files.createFile(path);
      // Not a channel: a thread's interrupt closes channels, and would so break the log.
      FileOutputStream stream = new FileOutputStream(path.toFile(), true);
      FileAppendFile file = new FileAppendFile(name, stream);
      appending.put(name, file);
      return file;
    } catch (FileAlreadyExistsException exists) {
      throw StorageErrors.alreadyExists(name);
    } catch (IOException failure) {
      throw failed("creating " + path, failure);
    }
  }

  @Override
  public synchronized ReadFile openRead(String name) {
    Path path = closedFile(name);
    try {
      return new FileReadFile(path);
    } catch (NoSuchFileException missing) {
      throw StorageErrors.notFound(name);
    } catch (IOException failure) {
      throw failed("opening " + path, failure);
    }
  }

  @Override
  public synchronized void sync(String name) {
    Path path = closedFile(name);
    try {
      force(path, StandardOpenOption.WRITE);
      syncDirectory(directory);
    } catch (IOException failure) {
      throw failed("syncing " + path, failure);
    }
  }

  @Override
  public synchronized void publish(String temporary, String name) {
    Path from = closedFile(temporary);
    Path to = path(name);
    if (name.equals(temporary)) {
      throw StorageErrors.sameName(name);
    }
    if (appending.containsKey(name)) {
      throw StorageErrors.stillOpen(name);
    }
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory(directory);
    } catch (IOException failure) {
      throw failed("publishing " + from + " as " + to, failure);
    }
  }

  @Override
  public synchronized void delete(String name) {
    Path path = closedFile(name);
    try {
      Files.delete(path);
    } catch (IOException failure) {
      throw failed("deleting " + path, failure);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      for (FileAppendFile file : List.copyOf(appending.values())) {
        file.close();
      }
      try {
        lock.release();
      } catch (IOException failure) {
        throw failed("unlocking " + directory, failure);
      }
    }
  }

  private void checkOpen() {
    if (closed) {
      throw StorageErrors.storageClosed();
    }
  }

  private Path path(String name) {
    return directory.resolve(FileNames.checked(name));
  }

  private Path closedFile(String name) {
    checkOpen();
    Path path = path(name);
    if (appending.containsKey(name)) {
      throw StorageErrors.stillOpen(name);
    }
    if (!Files.isRegularFile(path)) {
      throw StorageErrors.notFound(name);
    }
    return path;
  }

  static void syncDirectory(Path directory) throws IOException {
    if (DIRECTORIES_CAN_BE_SYNCED) {
      force(directory, StandardOpenOption.READ);
    }
  }

  /**
   * Syncs a file or a directory, also in a thread that is interrupted: it stays so, but a commit
   * that is half done must not fail for it, since that would end the use of the database.
   */
  private static void force(Path path, StandardOpenOption access) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      boolean synced = false;
      while (!synced) {
        try (FileChannel channel = FileChannel.open(path, access)) {
          channel.force(true);
          synced = true;
        } catch (ClosedByInterruptException again) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static WeftException failed(String what, IOException failure) {
    return new WeftException(
        ErrorCode.IO_FAILED, what + " failed: " + failure.getMessage(), null, failure);
  }

  private final class FileAppendFile implements AppendFile {
    private final String name;
    private final FileOutputStream stream;
    private volatile long length;
    private boolean nameSynced;
    private volatile boolean failed;
    private volatile boolean ended;

    FileAppendFile(String name, FileOutputStream stream) {
      this.name = name;
      this.stream = stream;
    }

    private void checkUsable() {
      if (ended) {
        throw StorageErrors.fileClosed(name);
      }
      if (failed) {
        throw new WeftException(
            ErrorCode.IO_FAILED, "an earlier write to the file '" + name + "' failed");
      }
    }

    @Override
    public void append(byte[] bytes, int offset, int count) {
      checkUsable();
      try {
        for (long done = 0; done < count; done += TRANSFER_BYTES) {
          int chunk = (int) Math.min(TRANSFER_BYTES, count - done);
          stream.write(bytes, offset + (int) done, chunk);
        }
        length += count;
      } catch (IOException failure) {
        failed = true;
        throw FileStorage.failed("appending to " + directory.resolve(name), failure);
      }
    }

    @Override
    public void sync() {
      checkUsable();
      try {
        stream.getFD().sync();
        if (!nameSynced) {
          syncDirectory(directory);
          nameSynced = true;
        }
      } catch (IOException failure) {
        failed = true;
        throw FileStorage.failed("syncing " + directory.resolve(name), failure);
      }
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        synchronized (FileStorage.this) {
          appending.remove(name);
        }
        try {
          stream.close();
        } catch (IOException failure) {
          throw FileStorage.failed("closing " + directory.resolve(name), failure);
        }
      }
    }
  }
}
