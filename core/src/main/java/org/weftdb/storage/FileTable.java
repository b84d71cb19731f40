package org.weftdb.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The files of a storage that keeps them itself, with what {@link Storage} asks of names, of files
 * that are still written and of a storage that was closed.
 *
 * <p>Not safe for use by several threads.
 */
final class FileTable<F extends FileTable.File> {
  /** What a storage knows of a file. */
  static class File {
    /** Whether it is still appended to. */
    boolean open;

    File(boolean open) {
      this.open = open;
    }
  }

  private final TreeMap<String, F> files = new TreeMap<>();
  private boolean closed;

  List<String> names() {
    checkOpen();
    return new ArrayList<>(files.keySet());
  }

  /** All files, also of a storage that was closed. */
  Iterable<F> all() {
    return files.values();
  }

  boolean has(String name) {
    checkOpen();
    return files.containsKey(FileNames.checked(name));
  }

  /** Adds a file under a name that there is not yet. */
  void add(String name, F file) {
    if (has(name)) {
      throw StorageErrors.alreadyExists(name);
    }
    files.put(name, file);
  }

  /** A file that is not appended to any more. */
  F closedFile(String name) {
    checkOpen();
    F file = files.get(FileNames.checked(name));
    if (file == null) {
      throw StorageErrors.notFound(name);
    }
    if (file.open) {
      throw StorageErrors.stillOpen(name);
    }
    return file;
  }

  /** Gives a file another name, in place of the file that had it. */
  void publish(String temporary, String name) {
    F file = closedFile(temporary);
    if (FileNames.checked(name).equals(temporary)) {
      throw StorageErrors.sameName(name);
    }
    F replaced = files.get(name);
    if (replaced != null && replaced.open) {
      throw StorageErrors.stillOpen(name);
    }
    files.remove(temporary);
    files.put(name, file);
  }

  void delete(String name) {
    closedFile(name);
    files.remove(name);
  }

  void checkAppendable(String name, F file) {
    checkOpen();
    if (!file.open) {
      throw StorageErrors.fileClosed(name);
    }
  }

  void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw StorageErrors.storageClosed();
    }
  }
}
