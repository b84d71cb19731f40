package org.weftdb.storage;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Files that the host of a program keeps where the program cannot wait for it: every change is
 * handed over as data, in order, and the host does it later.
 *
 * <p>The host gives the files that there are with {@link #give}. They can be read until {@link
 * #releaseContents}; from then on nothing but names is kept, also of files that are written, and
 * {@link #openRead} is {@link ErrorCode#IO_FAILED}. {@link #take} hands the operations over:
 *
 * <pre>
 * operation = kind: byte – {@link #CREATE}, {@link #APPEND}, {@link #SYNC}, {@link #CLOSE}, {@link #PUBLISH}, {@link #DELETE}
 *             name: string – for PUBLISH the temporary, then another string, the final name
 *             for APPEND: varint length, and the bytes
 * string    = varint length in bytes, UTF-8
 * </pre>
 *
 * <p>Not promised: that anything is durable when a method returns. It is when the host has done the
 * operations; whoever tells somebody of a commit waits for that.
 */
public final class HostStorage implements Storage {
  public static final int CREATE = 1;
  public static final int APPEND = 2;
  public static final int SYNC = 3;
  public static final int CLOSE = 4;
  public static final int PUBLISH = 5;
  public static final int DELETE = 6;

  /** The most bytes of a file in one operation. */
  private static final int MAX_APPEND_BYTES = 1 << 20;

  private final FileTable<Content> files = new FileTable<>();
  private final ArrayDeque<Operation> operations = new ArrayDeque<>();
  private boolean released;

  private static final class Content extends FileTable.File {
    /** Null when it is not kept. */
    @Nullable ByteWriter bytes;

    long length;

    Content(@Nullable ByteWriter bytes, boolean open) {
      super(open);
      this.bytes = bytes;
    }
  }

  private record Operation(int kind, String name, String other, byte[] bytes) {
    void write(ByteWriter target) {
      target.writeByte(kind);
      target.writeString(name);
      if (kind == PUBLISH) {
        target.writeString(other);
      } else if (kind == APPEND) {
        target.writeVarint(bytes.length);
        target.writeBytes(bytes, 0, bytes.length);
      }
    }
  }

  /** Adds a closed file that the host has; before anything else is done. */
  public void give(String name, byte[] bytes) {
    Content content = new Content(ByteWriter.behind(bytes), false);
    content.length = bytes.length;
    files.add(name, content);
  }

  /** Forgets what the files contain, which is not needed once a database is open. */
  public void releaseContents() {
    released = true;
    for (Content file : files.all()) {
      file.bytes = null;
    }
  }

  /** Whether there are operations to {@link #take}. */
  public boolean hasOperations() {
    return !operations.isEmpty();
  }

  /**
   * Hands over the next operations, at least one if there is any.
   *
   * @param maxBytes how many bytes the target may have before another is not added
   */
  public void take(ByteWriter target, int maxBytes) {
    Operation next = operations.pollFirst();
    while (next != null) {
      next.write(target);
      if (target.position() >= maxBytes) {
        return;
      }
      next = operations.pollFirst();
    }
  }

  private void emit(int kind, String name) {
    operations.addLast(new Operation(kind, name, "", new byte[0]));
  }

  @Override
  public List<String> list() {
    return files.names();
  }

  @Override
  public boolean exists(String name) {
    return files.has(name);
  }

  @Override
  public AppendFile create(String name) {
    Content content = new Content(released ? null : new ByteWriter(0), true);
    files.add(name, content);
    emit(CREATE, name);
    return new HostAppendFile(name, content);
  }

  @Override
  public ReadFile openRead(String name) {
    ByteWriter bytes = files.closedFile(name).bytes;
    if (bytes == null) {
      throw new WeftException(
          ErrorCode.IO_FAILED, "what the file '" + name + "' contains is with the host");
    }
    return new BytesReadFile(name, bytes.array(), bytes.position());
  }

  @Override
  public void sync(String name) {
    files.closedFile(name);
    emit(SYNC, name);
  }

  @Override
  public void publish(String temporary, String name) {
    files.publish(temporary, name);
    operations.addLast(new Operation(PUBLISH, temporary, name, new byte[0]));
  }

  @Override
  public void delete(String name) {
    files.delete(name);
    emit(DELETE, name);
  }

  @Override
  public void close() {
    files.close();
  }

  private final class HostAppendFile implements AppendFile {
    private final String name;
    private final Content content;

    HostAppendFile(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
      files.checkAppendable(name, content);
      content.length += length;
      ByteWriter kept = content.bytes;
      if (kept != null) {
        kept.writeBytes(bytes, offset, length);
      }
      for (int from = offset; from < offset + length; from += MAX_APPEND_BYTES) {
        int to = Math.min(from + MAX_APPEND_BYTES, offset + length);
        byte[] copy = Arrays.copyOfRange(bytes, from, to);
        operations.addLast(new Operation(APPEND, name, "", copy));
      }
    }

    @Override
    public void sync() {
      files.checkAppendable(name, content);
      emit(SYNC, name);
    }

    @Override
    public long length() {
      return content.length;
    }

    @Override
    public void close() {
      if (content.open) {
        content.open = false;
        emit(CLOSE, name);
      }
    }
  }
}
