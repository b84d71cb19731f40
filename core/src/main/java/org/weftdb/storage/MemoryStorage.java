package org.weftdb.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;

/**
 * Files in memory. Everything is "durable" as long as the object lives.
 *
 * <p>A file is at most as long as an array ({@link ErrorCode#VALUE_TOO_LARGE} beyond). Not
 * promised: anything after the process ends.
 */
public final class MemoryStorage implements Storage {
  private final TreeMap<String, Content> files = new TreeMap<>();
  private boolean closed;

  private static final class Content {
    final ByteWriter bytes = new ByteWriter(0);
    boolean open = true;
  }

  @Override
  public synchronized List<String> list() {
    checkOpen();
    return new ArrayList<>(files.keySet());
  }

  @Override
  public synchronized boolean exists(String name) {
    checkOpen();
    return files.containsKey(FileNames.checked(name));
  }

  @Override
  public synchronized AppendFile create(String name) {
    checkOpen();
    if (files.containsKey(FileNames.checked(name))) {
      throw StorageErrors.alreadyExists(name);
    }
    Content content = new Content();
    files.put(name, content);
    return new MemoryAppendFile(name, content);
  }

  @Override
  public synchronized ReadFile openRead(String name) {
    ByteWriter content = closedFile(name).bytes;
    return new BytesReadFile(name, content.array(), content.position());
  }

  @Override
  public synchronized void sync(String name) {
    closedFile(name);
  }

  @Override
  public synchronized void publish(String temporary, String name) {
    Content content = closedFile(temporary);
    if (FileNames.checked(name).equals(temporary)) {
      throw StorageErrors.sameName(name);
    }
    Content replaced = files.get(name);
    if (replaced != null && replaced.open) {
      throw StorageErrors.stillOpen(name);
    }
    files.remove(temporary);
    files.put(name, content);
  }

  @Override
  public synchronized void delete(String name) {
    closedFile(name);
    files.remove(name);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw StorageErrors.storageClosed();
    }
  }

  private Content closedFile(String name) {
    checkOpen();
    Content content = files.get(FileNames.checked(name));
    if (content == null) {
      throw StorageErrors.notFound(name);
    }
    if (content.open) {
      throw StorageErrors.stillOpen(name);
    }
    return content;
  }

  private final class MemoryAppendFile implements AppendFile {
    private final String name;
    private final Content content;

    MemoryAppendFile(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    private void checkAppendable() {
      checkOpen();
      if (!content.open) {
        throw StorageErrors.fileClosed(name);
      }
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
      synchronized (MemoryStorage.this) {
        checkAppendable();
        content.bytes.writeBytes(bytes, offset, length);
      }
    }

    @Override
    public void sync() {
      synchronized (MemoryStorage.this) {
        checkAppendable();
      }
    }

    @Override
    public long length() {
      synchronized (MemoryStorage.this) {
        return content.bytes.position();
      }
    }

    @Override
    public void close() {
      synchronized (MemoryStorage.this) {
        content.open = false;
      }
    }
  }
}
