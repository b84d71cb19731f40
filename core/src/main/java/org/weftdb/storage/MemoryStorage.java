package org.weftdb.storage;

import java.util.List;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;

/**
 * Files in memory. Everything is "durable" as long as the object lives.
 *
 * <p>A file is at most as long as an array ({@link ErrorCode#VALUE_TOO_LARGE} beyond). Not
 * promised: anything after the process ends.
 */
public final class MemoryStorage implements Storage {
  private final FileTable<Content> files = new FileTable<>();

  private static final class Content extends FileTable.File {
    final ByteWriter bytes = new ByteWriter(0);

    Content() {
      super(true);
    }
  }

  @Override
  public synchronized List<String> list() {
    return files.names();
  }

  @Override
  public synchronized boolean exists(String name) {
    return files.has(name);
  }

  @Override
  public synchronized AppendFile create(String name) {
    Content content = new Content();
    files.add(name, content);
    return new MemoryAppendFile(name, content);
  }

  @Override
  public synchronized ReadFile openRead(String name) {
    ByteWriter content = files.closedFile(name).bytes;
    return new BytesReadFile(name, content.array(), content.position());
  }

  @Override
  public synchronized void sync(String name) {
    files.closedFile(name);
  }

  @Override
  public synchronized void publish(String temporary, String name) {
    files.publish(temporary, name);
  }

  @Override
  public synchronized void delete(String name) {
    files.delete(name);
  }

  @Override
  public synchronized void close() {
    files.close();
  }

  private final class MemoryAppendFile implements AppendFile {
    private final String name;
    private final Content content;

    MemoryAppendFile(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
      synchronized (MemoryStorage.this) {
        files.checkAppendable(name, content);
        content.bytes.writeBytes(bytes, offset, length);
      }
    }

    @Override
    public void sync() {
      synchronized (MemoryStorage.this) {
        files.checkAppendable(name, content);
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
