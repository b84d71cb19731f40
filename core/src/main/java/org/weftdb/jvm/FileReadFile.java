package org.weftdb.jvm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.StorageErrors;

/** A file on disk, open for reading; it has the length that it had when it was opened. */
final class FileReadFile implements ReadFile {
  /** The JDK copies through a buffer outside the heap as large as the call. */
  private static final int TRANSFER_BYTES = 1 << 20;

  private final Path path;
  private final String name;
  private final FileChannel channel;
  private final long length;
  private volatile boolean ended;

  FileReadFile(Path path) throws IOException {
    this.path = path;
    this.name = path.getFileName().toString();
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    this.length = channel.size();
  }

  @Override
  public void readAt(long position, byte[] target, int offset, int count) {
    if (ended) {
      throw StorageErrors.fileClosed(name);
    }
    if (position < 0) {
      throw new WeftException(ErrorCode.INVALID_USE, "position " + position + " in '" + name + "'");
    }
    if (position > length - count) {
      throw StorageErrors.endsBefore(name, position, count, length);
    }
    try {
      int done = 0;
      while (done < count) {
        int wanted = Math.min(TRANSFER_BYTES, count - done);
        int read = channel.read(ByteBuffer.wrap(target, offset + done, wanted), position + done);
        if (read < 0) {
          throw new EOFException("the file became shorter");
        }
        done += read;
      }
    } catch (IOException failure) {
      throw FileStorage.failed("reading " + path, failure);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    ended = true;
    try {
      channel.close();
    } catch (IOException failure) {
      // Nothing was written through this channel, so nothing is lost.
      return;
    }
  }
}
